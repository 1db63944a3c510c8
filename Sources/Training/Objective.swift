internal import Datasets
internal import Experiment
internal import NeuralNetwork

/// What the answers of a run's network cost.
enum Objective {
  /// Classes: cross-entropy, which `labelSmoothing` changes for the gradient only.
  case crossEntropy(labelSmoothing: Float)
  /// Numbers.
  case squaredError(MeanSquaredError)

  /// What the settings say.
  init(_ configuration: RunConfiguration) {
    self =
      switch configuration.dataset.task.kind {
      case .classification: .crossEntropy(labelSmoothing: Float(configuration.labelSmoothing))
      case .regression:
        .squaredError(MeanSquaredError(isHalved: configuration.loss == .halvedMeanSquaredError))
      }
  }

  /// Computes what each answer to a batch costs, and whether it is right where there are classes.
  func score(_ answers: Tensor, _ batch: LabeledBatch, into scores: inout SampleScores, team: ThreadTeam) {
    switch self {
    case .crossEntropy:
      SoftmaxCrossEntropy().score(logits: answers, labels: batch.labels, into: &scores, team: team)
    case .squaredError(let loss): loss.score(predictions: answers, targets: batch.targets, into: &scores)
    }
  }

  /// Computes the gradient of what a batch costs in the mean.
  func gradient(_ answers: Tensor, _ batch: LabeledBatch, into gradient: inout Tensor, team: ThreadTeam) {
    switch self {
    case .crossEntropy(let smoothing):
      SoftmaxCrossEntropy(labelSmoothing: smoothing)
        .gradient(logits: answers, labels: batch.labels, into: &gradient, team: team)
    case .squaredError(let loss):
      loss.gradient(predictions: answers, targets: batch.targets, into: &gradient)
    }
  }
}
