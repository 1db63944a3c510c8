/// Mean over the outputs of the squared difference between prediction and target.
public struct MeanSquaredError: Hashable, Sendable {
  /// The mean squared error.
  public init() {}

  /// The loss of each sample: Σ (prediction - target)² / outputs, for tensors `[batch, outputs]`.
  public func losses(predictions: Tensor, targets: Tensor) -> [Float] {
    (0..<predictions.rows).map { row in
      zip(predictions.row(row), targets.row(row)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        / Float(predictions.columns)
    }
  }

  /// The gradient of the batch's mean loss: 2 (prediction - target) / (outputs · batch).
  public func gradient(predictions: Tensor, targets: Tensor, into gradient: inout Tensor) {
    let factor = 2 / Float(predictions.columns * predictions.rows)
    gradient.elements = zip(predictions.elements, targets.elements).map { factor * ($0 - $1) }
  }
}
