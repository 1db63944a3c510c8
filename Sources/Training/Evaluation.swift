internal import Datasets
internal import NeuralNetwork
internal import TrainingEvents

/// Measures a network with dropout off, over every sample it is given.
struct Evaluation {
  /// Samples per pass: few enough that their pixels stay in the second-level cache.
  private static let rows = 256

  private var pass: EvaluationPass
  private var labels: [UInt8] = []
  private var scores = SampleScores()

  init(for network: Network) {
    pass = EvaluationPass(for: network)
  }

  /// Mean loss (plain cross-entropy, without label smoothing or penalties) and accuracy over the samples at `indices`.
  mutating func measure(
    _ network: Network, on images: LabeledImages, indices: [Int32], team: ThreadTeam
  ) -> LossAndAccuracy {
    var lossSum = 0.0
    var correct = 0
    for start in stride(from: 0, to: indices.count, by: Self.rows) {
      let batch = indices[start..<min(start + Self.rows, indices.count)]
      pass.resize(rows: batch.count)
      images.gather(batch, into: &pass.input, labels: &labels, team: team)
      pass.forward(network, team: team)
      SoftmaxCrossEntropy().score(logits: pass.logits, labels: labels, into: &scores, team: team)
      lossSum += scores.lossSum
      correct += scores.correctCount
    }
    return LossAndAccuracy(
      loss: lossSum / Double(indices.count), accuracy: Double(correct) / Double(indices.count))
  }
}

extension LabeledImages {
  /// Copies the samples at `indices` into the rows of `matrix`, pixels as fractions of 255, and their labels.
  func gather(
    _ indices: ArraySlice<Int32>, into matrix: inout Matrix, labels batchLabels: inout [UInt8],
    team: ThreadTeam
  ) {
    matrix.gather(indices, of: pixels, team: team)
    if batchLabels.count != indices.count { batchLabels = [UInt8](repeating: 0, count: indices.count) }
    for (row, index) in indices.enumerated() { batchLabels[row] = labels[Int(index)] }
  }
}
