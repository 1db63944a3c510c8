public import TrainingEvents

/// Where the events of a session come from: training itself, or a recording.
public protocol EventSource: Sendable {
  /// Starts and returns at once; to be called once.
  func start()
  /// Leaves a command for a run.
  func send(_ command: TrainingCommand, to run: RunID)
  /// Leaves a command for every run.
  func sendToAll(_ command: TrainingCommand)
  /// Waits until no event can follow.
  func waitUntilEnded()
}
