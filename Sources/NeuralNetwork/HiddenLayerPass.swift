/// A hidden layer's part of a training pass, each matrix `[batch, units]`.
struct HiddenLayerPass: Sendable {
  /// After the activation, before dropout.
  var activated: Matrix
  /// Dropout's factors: 0 or 1 / (1 - p).
  var factors: Matrix
  /// After dropout; used only when dropout is active.
  private(set) var dropped: Matrix
  /// Gradient of the loss with respect to whatever backward has reached.
  var gradient: Matrix
  /// What batch norm keeps of the batch.
  var batchNorm: BatchNorm.Batch

  init(units: Int) {
    activated = Matrix(rows: 0, columns: units)
    factors = activated
    dropped = activated
    gradient = activated
    batchNorm = BatchNorm.Batch(
      normalized: activated, inverseDeviation: [Float](repeating: 0, count: units))
  }

  mutating func resize(rows: Int) {
    activated.resize(rows: rows)
    factors.resize(rows: rows)
    dropped.resize(rows: rows)
    gradient.resize(rows: rows)
  }

  /// What the next layer reads.
  func output(of layer: HiddenLayer) -> Matrix { layer.dropout.isActive ? dropped : activated }

  /// Computes the layer's output; `number` counts hidden layers from 1.
  mutating func forward(
    _ layer: inout HiddenLayer, number: Int, input: Matrix, masks: some DropoutMasks, team: ThreadTeam
  ) {
    layer.linear.forward(input, into: &activated, team: team)
    layer.batchNorm?.forwardTraining(&activated, batch: &batchNorm)
    layer.activation.apply(to: &activated)
    if layer.dropout.isActive {
      masks.fill(&factors, dropout: layer.dropout, layer: number)
      drop()
    }
  }

  /// Sets the gradients of the layer's parameters from `gradient`, which holds that of the layer's output before and
  /// that of its linear output after.
  mutating func backward(_ layer: inout HiddenLayer, input: Matrix, team: ThreadTeam) {
    if layer.dropout.isActive { gradient.update(with: factors) { $0 = $1 == 0 ? 0 : $0 * $1 } }
    layer.activation.multiplyByDerivative(atValues: activated, gradient: &gradient)
    layer.batchNorm?.backward(&gradient, batch: batchNorm)
    layer.linear.backward(input: input, outputGradient: gradient, team: team)
  }

  private mutating func drop() {
    activated.elements.withUnsafeBufferPointer { activated in
      factors.elements.withUnsafeBufferPointer { factors in
        dropped.elements.withUnsafeMutableBufferPointer { dropped in
          // A dropped unit is 0 even where the activation overflowed: ∞ · 0 would be NaN.
          for index in dropped.indices {
            dropped[index] = factors[index] == 0 ? 0 : activated[index] * factors[index]
          }
        }
      }
    }
  }
}
