internal import Messages

/// One step's figures, or those of several neighbouring steps of one epoch merged.
///
/// Dropout is on and the weights move: these are the running training figures.
public struct StepsCompleted: Hashable, Sendable {
  /// How many steps are merged here.
  public var count: Int
  /// Images in these steps.
  public var samples: Int
  /// Sum of the per-sample losses.
  public var lossSum: Double
  /// Correct predictions; `nil` where there are no classes.
  public var correct: Int?
  /// Seconds of training since the run began, without evaluation and pauses.
  public var trainingSeconds: Double

  /// The figures of `count` steps.
  public init(count: Int, samples: Int, lossSum: Double, correct: Int?, trainingSeconds: Double) {
    self.count = count
    self.samples = samples
    self.lossSum = lossSum
    self.correct = correct
    self.trainingSeconds = trainingSeconds
  }

  /// No steps yet.
  public static let none = StepsCompleted(count: 0, samples: 0, lossSum: 0, correct: 0, trainingSeconds: 0)

  /// Mean loss and accuracy over the samples of these steps.
  public var measurements: Measurements {
    Measurements(
      .runningTrain, loss: lossSum / Double(samples), accuracy: correct.map { Double($0) / Double(samples) })
  }

  /// The figures of these steps and the `later` ones together.
  public func merged(with later: StepsCompleted) -> StepsCompleted {
    StepsCompleted(
      count: count + later.count,
      samples: samples + later.samples,
      lossSum: lossSum + later.lossSum,
      correct: correct.flatMap { correct in later.correct.map { correct + $0 } },
      trainingSeconds: later.trainingSeconds)
  }
}

extension StepsCompleted: EventDetails {
  package static var name: String { "steps_completed" }

  package init(_ fields: FieldDecoder, at position: RunPosition) throws {
    try self.init(fields)
    guard samples > 0 else { throw fields.fault("samples", says("a step has a sample", "一步至少有一个样本")) }
  }

  /// Reads the figures of any number of steps, also of none.
  package init(_ fields: FieldDecoder) throws {
    try self.init(
      count: fields.count("count"), samples: fields.count("samples"), lossSum: fields.number("loss_sum"),
      correct: fields.contains("correct") ? fields.count("correct") : nil,
      trainingSeconds: fields.seconds("training_seconds"))
    guard count <= samples, correct ?? 0 <= samples else {
      throw fields.fault(
        "samples", says("\(samples) are too few for these figures", "对这些指标来说 \(samples) 个太少"))
    }
  }

  package func add(to object: inout JSONObject) {
    object.add("count", count)
    object.add("samples", samples)
    if samples > 0 { object.add(measurements) }
    object.add("loss_sum", lossSum)
    if let correct { object.add("correct", correct) }
    object.add("training_seconds", trainingSeconds)
  }
}
