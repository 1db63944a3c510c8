/// A forward pass with dropout off and running statistics: what a network says of samples it does not learn from.
public struct EvaluationPass: Sendable {
  /// The samples `[batch, inputs]`; fill it before `forward`.
  public var input: Matrix
  /// The network's output `[batch, outputs]`, before any softmax.
  public private(set) var logits: Matrix
  /// The output of each hidden layer `[batch, units]`.
  public private(set) var activations: [Matrix]

  /// Room for the passes of a network.
  public init(for network: Network) {
    input = Matrix(rows: 0, columns: network.inputs)
    logits = Matrix(rows: 0, columns: network.outputLayer.outputs)
    activations = network.hiddenLayers.map { Matrix(rows: 0, columns: $0.linear.outputs) }
  }

  /// Makes room for a batch of another size.
  public mutating func resize(rows: Int) {
    input.resize(rows: rows)
    logits.resize(rows: rows)
    for index in activations.indices { activations[index].resize(rows: rows) }
  }

  /// Computes the logits of `input`.
  public mutating func forward(_ network: Network, team: ThreadTeam) {
    for (index, layer) in network.hiddenLayers.enumerated() {
      let previous = index == 0 ? input : activations[index - 1]
      layer.linear.forward(previous, into: &activations[index], team: team)
      layer.batchNorm?.forwardEvaluation(&activations[index], team: team)
      layer.activation.apply(to: &activations[index], team: team)
    }
    network.outputLayer.forward(activations.last ?? input, into: &logits, team: team)
  }
}
