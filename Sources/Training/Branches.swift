internal import Experiment

/// The runs that branch off one run: those planned at given steps, and those that a person asks for.
struct Branches: Sendable {
  /// A run that is to begin once its parent is at a step.
  struct Planned: Sendable {
    let step: Int
    /// Begins it with what its parent has.
    let begin: @Sendable (Checkpoint) -> Void
    /// Tells that it never begins, nor what was to branch off it.
    let giveUp: @Sendable (RunEnded.Reason) -> Void
  }

  private(set) var planned: [Planned]
  /// Begins a run that was not planned, which waits at first if its parent does.
  let add: @Sendable (RunPlan, _ isPaused: Bool) -> Void

  /// Begins the runs that are planned after so many steps.
  mutating func begin(at step: Int, from checkpoint: () -> Checkpoint) {
    let due = planned.filter { $0.step == step }
    guard !due.isEmpty else { return }
    planned.removeAll { $0.step == step }
    let checkpoint = checkpoint()
    for branch in due { branch.begin(checkpoint) }
  }

  /// Gives up the runs that were planned at steps which are gone by.
  mutating func giveUp(before step: Int) {
    let missed = planned.filter { $0.step < step }
    planned.removeAll { $0.step < step }
    for branch in missed { branch.giveUp(.failed(message: "nothing was kept of its beginning")) }
  }

  /// Gives up the runs that the parent has ended too early for.
  mutating func giveUpAll() {
    for branch in planned { branch.giveUp(.stopped) }
    planned = []
  }
}
