internal import Datasets
internal import Experiment
internal import NeuralNetwork

/// Measures a network with dropout off, over every sample it is given.
struct Evaluation {
  private var pass: Pass
  private var batch = LabeledBatch()
  private var scores = SampleScores()

  private let rows: Int
  private let objective: Objective
  private let normalization: PixelNormalization?

  init(for network: Network, _ objective: Objective, normalization: PixelNormalization? = nil) {
    (self.objective, self.normalization) = (objective, normalization)
    pass = Pass(for: network)
    rows =
      network.inputShape.isImage
      ? TrainingMemory.evaluatedRows(of: network.estimate)
      : TrainingMemory.evaluatedRows
  }

  /// Mean loss (without label smoothing or penalties) and, where there are classes, accuracy over the samples of `split`, those
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
    var correct: Int? = 0
    for start in stride(from: 0, to: indices.count, by: rows) {
      let team = takeTeam()
      batch.take(indices[start..<min(start + rows, indices.count)], of: images)
      pass.resize(rows: batch.samples.count)
      pass.input.gather(batch.samples, of: images, normalization: normalization, team: team)
      pass.forward(network, team: team)
      objective.score(pass.output, batch, into: &scores, team: team)
      lossSum += scores.lossSum
      correct = correct.flatMap { correct in scores.correctCount.map { correct + $0 } }
      note(batch.samples, pass.output)
    }
    return Measurements(
      split, loss: lossSum / Double(indices.count),
      accuracy: correct.map { Double($0) / Double(indices.count) })
  }
}
