import Dispatch
package import Experiment
package import NeuralNetwork
internal import Platform
package import Training

/// Writes checkpoints on a queue of its own; of those that wait only the newest of each run is written.
package final class CheckpointWriter: Sendable {
  private struct State {
    package var waiting: [RunID: Checkpoint] = [:]
    package var waitingBest: [RunID: Checkpoint] = [:]
    package var best: [RunID: Measurements]
    /// The latest weights, whose hash stands in the summary.
    package var latest: [RunID: [NamedTensor]]
    package var failure: RunLogError?
  }

  private let folder: RunFolder
  private let log: SessionLog
  private let state: Guarded<State>
  private let queue = DispatchQueue(label: "checkpoints", qos: .utility)

  /// A writer into `folder`, for runs whose `best` epochs had these figures before, with the weights `latest`.
  ///
  /// `log` is written as far as it goes before each checkpoint: none is ever ahead of the figures.
  package init(
    _ folder: RunFolder, log: SessionLog, best: [RunID: Measurements] = [:],
    latest: [RunID: [NamedTensor]] = [:]
  ) {
    self.folder = folder
    self.log = log
    state = Guarded(State(best: best, latest: latest))
  }

  /// Takes a checkpoint; returns at once.
  package func save(_ checkpoint: Checkpoint) {
    let run = checkpoint.progress.position.run
    state.withLock { state in
      state.waiting[run] = checkpoint
      state.latest[run] = checkpoint.weights
      if let metrics = checkpoint.progress.metrics, metrics.isBetter(than: state.best[run]) {
        state.best[run] = metrics
        state.waitingBest[run] = checkpoint
      }
    }
    queue.async { self.write() }
  }

  /// Waits until all is written; returns the hash of each run's latest weights.
  ///
  /// - Throws: `RunLogError` if something could not be written.
  package func finish() throws(RunLogError) -> [RunID: String] {
    queue.sync { write() }
    if let failure = state.withLock(\.failure) { throw failure }
    return state.withLock(\.latest).mapValues(CheckpointFile.hash)
  }

  private func write() {
    let (waiting, best) = state.withLock { state in
      defer { (state.waiting, state.waitingBest) = ([:], [:]) }
      return (state.waiting, state.waitingBest)
    }
    guard !waiting.isEmpty || !best.isEmpty else { return }
    // Forks, which have later letters, before the runs that they branch off: none of these may be found beyond the place
    // where a fork began that has no file yet.
    var unwritten = Set(waiting.keys).union(best.keys)
    var failure: RunLogError?
    do throws(RunLogError) {
      // A checkpoint whose figures are not kept would lose them for good.
      try log.flush()
      for run in unwritten.sorted(by: >) {
        try write(waiting[run], best: best[run], CheckpointFile(folder: folder, run: run))
        unwritten.remove(run)
      }
    } catch {
      failure = error
    }
    log.problems.note(failure, of: .checkpoints)
    state.withLock { state in
      state.failure = failure
      // Tried again with the next checkpoint, unless there is a newer one by then.
      for run in unwritten {
        state.waiting[run] = state.waiting[run] ?? waiting[run]
        state.waitingBest[run] = state.waitingBest[run] ?? best[run]
      }
    }
  }

  /// The best epoch first: who is found at a place has the best weights up to there.
  private func write(
    _ checkpoint: Checkpoint?, best: Checkpoint?, _ file: CheckpointFile
  ) throws(RunLogError) {
    try Folder.make(folder.checkpoints)
    if let best { try CheckpointFile.weights(best).write(to: file.best) }
    guard let checkpoint else { return }
    // Both or none: what cannot be written is not there for one of them either.
    let complete = try PreparedFile.write(CheckpointFile.complete(checkpoint).bytes, for: file.resume)
    let latest = try PreparedFile.write(CheckpointFile.weights(checkpoint).bytes, for: file.latest)
    // At every moment one of the two is whole.
    try DurableFile.move(file.resume, to: file.previous)
    try complete.takeName()
    try latest.takeName()
    try Folder.synchronize(folder.checkpoints)
  }
}
