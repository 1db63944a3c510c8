package import Experiment
package import NeuralNetwork
internal import Platform

/// Keeps the latest weights of each run, for who wants to know what runs end with.
package final class LatestWeights: Sendable {
  private let weights = Guarded<[RunID: [NamedTensor]]>([:])

  /// None yet.
  package init() {}

  /// Where the runs' checkpoints go: those at ends are enough.
  package var sink: CheckpointSink {
    CheckpointSink(interval: .seconds(86_400)) { checkpoint in
      self.weights.withLock { $0[checkpoint.progress.position.run] = checkpoint.weights }
    }
  }

  /// The weights by run.
  package var ofRuns: [RunID: [NamedTensor]] { weights.withLock(\.self) }
}
