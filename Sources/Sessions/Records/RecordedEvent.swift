public import Experiment

/// A line of `metrics.jsonl` or `commands.jsonl`: an event and when it was recorded.
///
/// The fields are those of the program's JSON Lines output, with these added: `time`, and in `run_started` the `step` that
/// the run goes on from (0 for a new one). What the same run's earlier lines tell of later steps is taken back by it:
/// the run was restarted, or continued from a checkpoint. A fork that begins takes back all that was told of its letter.
/// `scheduled_changes` in `run_started` are changes that the run will make at their steps, each with the fields of a
/// `setting_changed`.
public struct RecordedEvent: Hashable, Sendable {
  /// Seconds since 1970.
  public var time: Double
  /// The event.
  public var event: TrainingEvent
  /// For a run's start, the updates made before it.
  public var firstStep = 0

  /// An event and its time.
  public init(_ event: TrainingEvent, time: Double, firstStep: Int = 0) {
    self.event = event
    self.time = time
    self.firstStep = firstStep
  }
}

extension RecordedEvent: Encodable {
  /// Writes the fields of a line.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Field.self)
    try fields.encode((time * 1000).rounded() / 1000, forKey: "time")
    switch event {
    case .runStarted(let event):
      try fields.encode("run_started", forKey: "event")
      try fields.encode(firstStep, forKey: "step")
      try Self.encode(event, into: &fields)
    case .stepsCompleted(let event):
      try fields.encode("steps_completed", forKey: "event")
      try Self.encode(event, into: &fields)
    case .epochEvaluated(let event):
      try fields.encode("epoch_evaluated", forKey: "event")
      try RecordedEpoch(event).encode(into: &fields)
    case .settingChanged(let event):
      try fields.encode("setting_changed", forKey: "event")
      try Self.encode(event, into: &fields)
    case .paused(let position):
      try fields.encode("paused", forKey: "event")
      try fields.encode(position)
    case .resumed(let position):
      try fields.encode("resumed", forKey: "event")
      try fields.encode(position)
    case .runRenamed(let event):
      try fields.encode("run_renamed", forKey: "event")
      try fields.encode(event.run.letter, forKey: "run")
      try fields.encode(event.name, forKey: "name")
    case .runRemoved(let run):
      try fields.encode("run_removed", forKey: "event")
      try fields.encode(run.letter, forKey: "run")
    case .runEnded(let event):
      try fields.encode("run_ended", forKey: "event")
      try fields.encode(event.position)
      let (reason, message) = event.reason.fields
      try fields.encode(reason, forKey: "reason")
      try fields.encode(message, forKey: "message")
      try fields.encodeIfPresent(event.restoredEpoch, forKey: "restored_epoch")
    case .testPredicted, .layersObserved, .imagesExamined, .uncertaintyMeasured:
      throw EncodingError.invalidValue(
        event, .init(codingPath: [], debugDescription: "what is seen in passing is not recorded"))
    }
  }

  private static func encode(_ event: RunStarted, into fields: inout FieldEncoder) throws {
    try fields.encode(event.run.letter, forKey: "run")
    try fields.encode(event.name, forKey: "name")
    try fields.encode(event.configuration)
    try fields.encode(event.parameterCount, forKey: "parameters")
    try fields.encode(event.trainCount, forKey: "train_images")
    try fields.encode(event.testCount, forKey: "test_images")
    try fields.encode(event.stepsPerEpoch, forKey: "steps_per_epoch")
    try fields.encode(event.threads, forKey: "threads")
    try fields.encode(event.forkedFrom)
    guard let scheduled = event.scheduled else { return }
    var list = fields.nestedUnkeyedContainer(forKey: "scheduled_changes")
    for change in scheduled {
      var fields = list.nestedContainer(keyedBy: Field.self)
      try encode(change, into: &fields)
    }
  }

  private static func encode(_ event: StepsCompleted, into fields: inout FieldEncoder) throws {
    try fields.encode(event.position)
    try fields.encode(event.count, forKey: "count")
    try fields.encode(event.samples, forKey: "samples")
    try fields.encode(event.measurements)
    try fields.encode(event.trainingSeconds, forKey: "training_seconds")
  }

  private static func encode(_ event: SettingChanged, into fields: inout FieldEncoder) throws {
    try fields.encode(event.position)
    try fields.encode(event.setting.key, forKey: "setting")
    try fields.encode(event.layer.map { $0 + 1 }, forKey: "layer")
    try fields.encode(event.oldValue, forKey: "old_value")
    try fields.encode(event.newValue, forKey: "new_value")
  }
}

extension RunEnded.Reason {
  /// The name, and the message if there is one.
  var fields: (reason: String, message: String?) {
    switch self {
    case .completed: ("completed", nil)
    case .stopped: ("stopped", nil)
    case .diverged(let message): ("diverged", message)
    case .failed(let message): ("failed", message)
    }
  }
}
