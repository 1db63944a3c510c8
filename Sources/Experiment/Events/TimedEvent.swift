/// An event and when it happened: a line of `metrics.jsonl`, of `commands.jsonl` or of a recording.
public struct TimedEvent: Hashable, Sendable {
  /// Seconds: since 1970 in a session's folder, since the session began in a recording.
  public var time: Double
  /// The event.
  public var event: TrainingEvent

  /// An event that happened at `time`.
  public init(_ event: TrainingEvent, time: Double) {
    self.time = time
    self.event = event
  }

  /// The line without its line break.
  package var line: String { event.json(time: time).text }
}

extension TimedEvent: Decodable {
  /// Reads the fields of a line.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    event = try TrainingEvent(fields)
    time = try fields.time("time")
  }
}
