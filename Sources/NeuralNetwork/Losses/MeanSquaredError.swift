/// Mean over the outputs of the squared difference between prediction and target, or half of it.
public struct MeanSquaredError: Hashable, Sendable {
  /// What the squares are multiplied with: 1, or ½ as texts have it that want a gradient without a 2.
  private let factor: Float

  /// The mean squared error, or half of it.
  public init(isHalved: Bool = false) { factor = isHalved ? 0.5 : 1 }

  /// Computes the loss of each sample: factor · Σ (prediction - target)² / outputs, for tensors `[batch, outputs]`.
  public func score(predictions: Tensor, targets: Tensor, into scores: inout SampleScores) {
    precondition(predictions.elements.count == targets.elements.count, "every prediction needs a target")
    // Memory once reserved is kept.
    scores.correct.removeAll(keepingCapacity: true)
    scores.losses.removeAll(keepingCapacity: true)
    for row in 0..<predictions.rows {
      var sum: Float = 0
      for column in 0..<predictions.columns {
        let difference = predictions[row, column] - targets[row, column]
        sum += difference * difference
      }
      scores.losses.append(factor * sum / Float(predictions.columns))
    }
  }

  /// Computes the gradient of the batch's mean loss: 2 · factor · (prediction - target) / (outputs · batch).
  public func gradient(predictions: Tensor, targets: Tensor, into gradient: inout Tensor) {
    let factor = 2 * factor / Float(predictions.columns * predictions.rows)
    for index in predictions.elements.indices {
      gradient.elements[index] = factor * (predictions.elements[index] - targets.elements[index])
    }
  }
}
