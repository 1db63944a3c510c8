package import Experiment
package import Reports

/// What a key asks of the outside.
package enum DashboardEffect: Hashable, Sendable {
  /// A command for a run.
  case send(TrainingCommand, to: RunID)
  /// A command for every run.
  case sendToAll(TrainingCommand)
  /// Another name for a run.
  case rename(RunID, to: String)
  /// The end of a run, which is not shown any more.
  case remove(RunID)
  /// All runs from the beginning, with the next seed if wanted.
  case restart(newSeed: Bool)
  /// One more run of each side, with the next seed; they wait at first if the others do.
  case addReplicates(isPaused: Bool)
  /// Runs that wait for each other, or no longer.
  case setLockstep(Bool)
  /// A training image as runs learn from it.
  case augment(AugmentedImage.Request)
  /// The session that a lesson has prepared, once the dashboard closes.
  case begin(Lesson)
  /// The dashboard closes.
  case leave
}
