internal import Datasets
internal import Experiment
internal import NeuralNetwork

/// Measures a network with dropout off, over every sample it is given.
struct Evaluation {
  private var pass: Pass
  private var batch = LabeledBatch()
  private var scores = SampleScores()

  private let rows: Int
  private let normalization: PixelNormalization?

  init(for network: Network, normalization: PixelNormalization? = nil) {
    self.normalization = normalization
    pass = Pass(for: network)
    rows =
      network.inputShape.isImage
      ? max(
        1,
        min(
          TrainingMemory.evaluatedRows,
          TrainingMemory.mostEvaluatedNumbers / max(1, network.estimate.numbersPerSample)))
      : TrainingMemory.evaluatedRows
  }

  /// Mean loss (plain cross-entropy, without label smoothing or penalties) and accuracy over the samples of `split`, those
  /// at `indices`.
  ///
  /// Asks before every few samples for the threads to go on with. `note` gets the places of some samples and their
  /// logits `[samples, classes]`, until it has got all.
  mutating func measure(
    _ network: Network, on split: Figure.Split, of images: LabeledImages, indices: [Int32],
    takeTeam: () -> ThreadTeam,
    note: (_ samples: [Int32], _ logits: Tensor) -> Void = { _, _ in }
  ) -> Measurements {
    var lossSum = 0.0
    var correct = 0
    for start in stride(from: 0, to: indices.count, by: rows) {
      let team = takeTeam()
      batch.take(indices[start..<min(start + rows, indices.count)], of: images)
      pass.resize(rows: batch.labels.count)
      pass.input.gather(
        batch.samples, of: images.pixels, channels: images.channels, normalization: normalization, team: team)
      pass.forward(network, team: team)
      SoftmaxCrossEntropy().score(logits: pass.output, labels: batch.labels, into: &scores, team: team)
      lossSum += scores.lossSum
      correct += scores.correctCount
      note(batch.samples, pass.output)
    }
    return Measurements(
      split, loss: lossSum / Double(indices.count), accuracy: Double(correct) / Double(indices.count))
  }
}
