internal import Experiment
internal import NeuralNetwork

/// The threads that one run has at present, of those that the runs of a session share.
struct RunThreads {
  private let run: RunID
  private let shared: SharedThreads
  private(set) var team = ThreadTeam(threads: 1)
  private var size = 1

  /// No threads but the run's own, until it takes its share.
  init(of run: RunID, from shared: SharedThreads) {
    self.run = run
    self.shared = shared
  }

  /// Waits for the run's turn to compute, and takes its share of the threads.
  mutating func take() {
    let share = shared.take(for: run)
    guard share != size else { return }
    (team, size) = (ThreadTeam(threads: share), share)
  }

  /// Leaves the threads to the other runs while the run waits, or for good.
  func giveBack() { shared.giveBack(by: run) }
}
