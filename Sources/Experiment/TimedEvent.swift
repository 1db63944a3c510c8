/// An event and when it arrived.
public struct TimedEvent: Codable, Hashable, Sendable {
  /// Seconds since the start of the session.
  public var seconds: Double
  /// The event.
  public var event: TrainingEvent

  /// An event that arrived at the time `seconds`.
  public init(seconds: Double, event: TrainingEvent) {
    self.seconds = seconds
    self.event = event
  }
}
