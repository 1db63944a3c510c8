internal import Messages

/// Something that happened in a run, in the past tense.
///
/// The only way training speaks to the outside.
public struct TrainingEvent: Hashable, Sendable {
  /// Where it happened; for a start, where the run begins or goes on from.
  public var position: RunPosition
  /// What happened.
  public var kind: Kind

  /// Something that happened at `position`.
  public init(_ kind: Kind, at position: RunPosition) {
    self.position = position
    self.kind = kind
  }

  /// The run it happened in.
  public var run: RunID { position.run }

  /// What can happen.
  public enum Kind: Hashable, Sendable {
    /// The run has its weights and begins.
    ///
    /// What was told of it beyond the event's position is taken back: it was restarted, or goes on from a checkpoint.
    case runStarted(RunStarted)
    /// One step, or several merged ones, were made.
    case stepsCompleted(StepsCompleted)
    /// An epoch ended and its weights were measured with dropout off.
    case epochEvaluated(EpochEvaluated)
    /// The network's answers to the test images were noted, for a run that is observed.
    case testPredicted(TestPredicted)
    /// What the network of a regression gives was noted, for a run that is observed.
    case samplesFitted(SamplesFitted)
    /// The state of the layers was noted, for a run that is observed.
    case layersObserved(LayersObserved)
    /// Gradients and activations of the step that was just made were measured, layer by layer.
    case layersMeasured(LayersMeasured)
    /// The weights were looked at, because a person asked for it.
    case weightsObserved(WeightsObserved)
    /// Some test images were looked at with Monte-Carlo dropout, because a person asked for it.
    case imagesExamined(ImagesExamined)
    /// All test images were passed with Monte-Carlo dropout, because a person asked for it.
    case uncertaintyMeasured(UncertaintyMeasured)
    /// Filters and what a layer makes of a test image were pictured, because a person looks at them.
    case featureMapsPictured(FeatureMapsPictured)
    /// A live change took effect: the next step is the first with the new value.
    case settingChanged(SettingChanged)
    /// The run waits for a command.
    case paused(Paused)
    /// The run goes on, after a pause or because epochs were added to a complete run.
    case resumed(Resumed)
    /// A person gave the run another name.
    case runRenamed(RunRenamed)
    /// A person took the run out of the session; what it did is kept in the folder.
    case runRemoved(RunRemoved)
    /// The run is over; no event of it follows, unless it is resumed.
    case runEnded(RunEnded)

    /// What is told of the event beyond its position.
    package var details: any EventDetails {
      switch self {
      case .runStarted(let details): details
      case .stepsCompleted(let details): details
      case .epochEvaluated(let details): details
      case .testPredicted(let details): details
      case .samplesFitted(let details): details
      case .layersObserved(let details): details
      case .layersMeasured(let details): details
      case .weightsObserved(let details): details
      case .imagesExamined(let details): details
      case .uncertaintyMeasured(let details): details
      case .featureMapsPictured(let details): details
      case .settingChanged(let details): details
      case .paused(let details): details
      case .resumed(let details): details
      case .runRenamed(let details): details
      case .runRemoved(let details): details
      case .runEnded(let details): details
      }
    }

    /// How each kind is read, by its name in files.
    fileprivate static let readers = [
      reader(Kind.runStarted), reader(Kind.stepsCompleted), reader(Kind.epochEvaluated),
      reader(Kind.testPredicted), reader(Kind.samplesFitted), reader(Kind.layersObserved),
      reader(Kind.imagesExamined), reader(Kind.uncertaintyMeasured), reader(Kind.featureMapsPictured),
      reader(Kind.settingChanged), reader(Kind.paused), reader(Kind.layersMeasured),
      reader(Kind.weightsObserved), reader(Kind.resumed), reader(Kind.runRenamed),
      reader(Kind.runRemoved), reader(Kind.runEnded),
    ].reduce(into: [:]) { $0[$1.name] = $1.read }

    private static func reader<Details: EventDetails>(
      _ kind: @escaping @Sendable (Details) -> Kind
    ) -> (name: String, read: @Sendable (FieldDecoder, RunPosition) throws -> Kind) {
      (Details.name, { try kind(Details($0, at: $1)) })
    }
  }
}

extension Positioned {
  /// The event of a kind that tells this.
  package func event(_ kind: (Details) -> TrainingEvent.Kind) -> TrainingEvent {
    TrainingEvent(kind(details), at: position)
  }
}

/// What a kind of event tells beyond its position, and how it stands in a line.
package protocol EventDetails: Hashable, Sendable {
  /// The kind's name in files.
  static var name: String { get }
  /// Whether it is seen in passing and too large for lines that scripts read: only recordings hold it.
  static var isPassing: Bool { get }
  /// Reads the fields, and checks all that can be known without the data.
  init(_ fields: FieldDecoder, at position: RunPosition) throws
  /// Adds the fields.
  func add(to object: inout JSONObject)
}

extension EventDetails {
  package static var isPassing: Bool { false }
}

extension TrainingEvent {
  /// The version of the lines; within one keys are only ever added.
  package static let schema = 2

  /// Whether it is seen in passing and too large for lines that scripts read: only recordings hold it.
  package var isPassing: Bool { type(of: kind.details).isPassing }

  /// The event as it stands in a line of standard output, `metrics.jsonl`, `commands.jsonl` or a recording; those of files
  /// also say when it happened.
  package func json(time: Double? = nil) -> JSONObject {
    let details = kind.details
    var object = JSONObject(event: type(of: details).name)
    if let time { object.add("time", (time * 1e6).rounded() / 1e6) }
    object.add(position)
    details.add(to: &object)
    return object
  }

  /// Reads the fields of a line.
  package init(_ fields: FieldDecoder) throws {
    guard let schema = try fields.decodeIfPresent(Int.self, forKey: "schema"), schema >= Self.schema else {
      throw fields.fault(
        "schema",
        says(
          "an older version of the program wrote it, and this one reads schema \(Self.schema)",
          "它由旧版本的程序写成，而本版本读取 schema \(Self.schema)"))
    }
    guard schema == Self.schema else {
      throw fields.fault(
        "schema",
        says("it is \(schema), and this version reads \(Self.schema)", "它是 \(schema)，而本版本读取 \(Self.schema)"))
    }
    let name = try fields.decode(String.self, forKey: "event")
    guard let read = Kind.readers[name] else {
      throw fields.fault("event", says("'\(name)' is not known", "不认识“\(name)”"))
    }
    position = try fields.position()
    kind = try read(fields, position)
  }
}

extension JSONObject {
  /// A line's beginning.
  package init(event name: String) {
    self.init()
    add("schema", TrainingEvent.schema)
    add("event", name)
  }
}
