import Dispatch
import NeuralNetwork
import RunLog
import Synchronization
import Training
import TrainingEvents

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes checkpoints on a queue of its own; of those that wait only the newest of each run is written.
final class CheckpointWriter: Sendable {
  private struct State {
    var waiting: [RunID: Checkpoint] = [:]
    var waitingBest: [RunID: Checkpoint] = [:]
    var bestAccuracy: [RunID: Double]
    /// The latest weights, whose hash stands in the summary.
    var latest: [RunID: [NamedTensor]]
    var failure: RunLogError?
  }

  private let folder: RunFolder
  private let state: Mutex<State>
  private let queue = DispatchQueue(label: "checkpoints", qos: .utility)

  /// A writer into `folder`, for runs that have reached `bestAccuracy` before, with the weights `latest`.
  init(_ folder: RunFolder, bestAccuracy: [RunID: Double] = [:], latest: [RunID: [NamedTensor]] = [:]) {
    self.folder = folder
    state = Mutex(State(bestAccuracy: bestAccuracy, latest: latest))
  }

  /// What could not be written.
  var failure: RunLogError? { state.withLock(\.failure) }

  /// Takes a checkpoint; returns at once.
  func save(_ checkpoint: Checkpoint) {
    let run = checkpoint.place.position.run
    state.withLock { state in
      state.waiting[run] = checkpoint
      state.latest[run] = checkpoint.weights
      if let accuracy = checkpoint.place.metrics?.selection.accuracy, accuracy > state.bestAccuracy[run] ?? -1
      {
        state.bestAccuracy[run] = accuracy
        state.waitingBest[run] = checkpoint
      }
    }
    queue.async { self.write() }
  }

  /// Forgets what the runs have reached: they begin anew.
  func restart() {
    queue.sync { write() }
    state.withLock { state in (state.bestAccuracy, state.latest) = ([:], [:]) }
  }

  /// Waits until all is written; returns the hash of each run's latest weights.
  ///
  /// - Throws: `RunLogError` if something could not be written.
  func finish() throws(RunLogError) -> [RunID: String] {
    queue.sync { write() }
    if let failure { throw failure }
    return state.withLock(\.latest).mapValues(CheckpointFile.hash)
  }

  private func write() {
    let (waiting, best) = state.withLock { state in
      defer { (state.waiting, state.waitingBest) = ([:], [:]) }
      return (state.waiting, state.waitingBest)
    }
    do throws(RunLogError) {
      try Folder.make(folder.checkpoints)
      // Forks, which have later letters, before the runs that they branch off: none of these may be found beyond the place
      // where a fork began that has no file yet.
      for (run, checkpoint) in waiting.sorted(by: { $0.key > $1.key }) {
        try write(checkpoint, CheckpointFile(folder: folder, run: run))
      }
      for (run, checkpoint) in best {
        try CheckpointFile.weights(checkpoint).write(to: CheckpointFile(folder: folder, run: run).best)
      }
    } catch {
      state.withLock { $0.failure = error }
    }
  }

  private func write(_ checkpoint: Checkpoint, _ file: CheckpointFile) throws(RunLogError) {
    // At every moment one of the two is whole.
    rename(file.resume, file.previous)
    try CheckpointFile.complete(checkpoint).write(to: file.resume)
    try CheckpointFile.weights(checkpoint).write(to: file.latest)
  }
}
