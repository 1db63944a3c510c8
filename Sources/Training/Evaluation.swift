internal import Datasets
internal import NeuralNetwork
internal import TrainingEvents

/// Measures a network with dropout off, over every sample it is given.
struct Evaluation {
  /// Samples per pass: few enough that their pixels stay in the second-level cache.
  private static let rows = 256

  private var pass: EvaluationPass
  private var labels: [UInt8] = []

  init(for network: Network) {
    pass = EvaluationPass(for: network)
  }

  /// Mean loss (plain cross-entropy, without label smoothing or penalties) and accuracy over the samples at `indices`.
  ///
  /// `note` gets the logits `[rows, classes]` of some samples after the others.
  mutating func measure(
    _ network: Network, on images: LabeledImages, indices: [Int32], team: ThreadTeam,
    note: (Matrix) -> Void = { _ in }
  ) -> LossAndAccuracy {
    var lossSum = 0.0
    var correct = 0
    for start in stride(from: 0, to: indices.count, by: Self.rows) {
      let batch = indices[start..<min(start + Self.rows, indices.count)]
      pass.resize(rows: batch.count)
      images.gather(batch, into: &pass.input, labels: &labels)
      pass.forward(network, team: team)
      lossSum += SoftmaxCrossEntropy().losses(logits: pass.logits, labels: labels).sum
      correct += correctPredictions(logits: pass.logits, labels: labels)
      note(pass.logits)
    }
    return LossAndAccuracy(
      loss: lossSum / Double(indices.count), accuracy: Double(correct) / Double(indices.count))
  }
}

extension [Float] {
  /// The sum in double precision.
  var sum: Double { reduce(0) { $0 + Double($1) } }
}

extension LabeledImages {
  /// Copies the samples at `indices` into the rows of `matrix`, pixels as fractions of 255, and their labels.
  func gather(_ indices: ArraySlice<Int32>, into matrix: inout Matrix, labels: inout [UInt8]) {
    if labels.count != indices.count { labels = [UInt8](repeating: 0, count: indices.count) }
    matrix.elements.withUnsafeMutableBufferPointer { pixels in
      labels.withUnsafeMutableBufferPointer { labels in
        gather(indices, pixels: pixels, labels: labels)
      }
    }
  }
}
