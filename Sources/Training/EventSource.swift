package import Experiment

/// Where the events of a session come from: training itself, or a recording.
package protocol EventSource: Sendable {
  /// Starts and returns at once; to be called once.
  func start()
  /// Leaves a command for a run.
  func send(_ command: TrainingCommand, to run: RunID)
  /// Leaves a command for every run.
  func sendToAll(_ command: TrainingCommand)
  /// Starts a further run, which waits at first if `isPaused`, and returns its name; `nil` if there can be none.
  func add(_ plan: RunPlan, isPaused: Bool) -> RunID?
  /// Lets runs wait for each other from now on, or no longer.
  func setLockstep(_ isOn: Bool)
  /// Waits until no event can follow.
  func waitUntilEnded()
}

extension EventSource {
  /// What was recorded is as far as it was then.
  package func setLockstep(_ isOn: Bool) {}

  /// What was recorded has no further run.
  package func add(_ plan: RunPlan, isPaused: Bool) -> RunID? { nil }
}
