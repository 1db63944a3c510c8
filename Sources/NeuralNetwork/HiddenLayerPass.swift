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
    layer.batchNorm?.forwardTraining(&activated, batch: &batchNorm, team: team)
    if layer.dropout.isActive {
      masks.fill(&factors, dropout: layer.dropout, layer: number, team: team)
      layer.activation.apply(to: &activated, factors: factors, output: &dropped, team: team)
    } else {
      layer.activation.apply(to: &activated, team: team)
    }
  }

  /// Sets the gradients of the layer's parameters from `gradient`, which holds that of the layer's output before and
  /// that of its linear output after.
  mutating func backward(_ layer: inout HiddenLayer, input: Matrix, team: ThreadTeam) {
    layer.activation.derive(
      atValues: activated, factors: layer.dropout.isActive ? factors : nil, gradient: &gradient, team: team)
    layer.batchNorm?.backward(&gradient, batch: batchNorm, team: team)
    layer.linear.backward(input: input, outputGradient: gradient, team: team)
  }
}
