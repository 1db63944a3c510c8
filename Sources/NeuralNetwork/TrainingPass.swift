/// One forward and backward pass over a batch: what forward computes and backward needs.
///
/// The memory is kept from step to step, so that a step allocates nothing.
public struct TrainingPass: Sendable {
  /// The batch `[batch, inputs]`; fill it before `forward`.
  public var input: Matrix
  /// The network's output `[batch, outputs]`, before any softmax.
  public private(set) var logits: Matrix
  /// The gradient of the mean loss with respect to the logits; fill it before `backward`.
  public var logitsGradient: Matrix
  private var inputFactors: Matrix
  private var layers: [HiddenLayerPass]

  /// Room for the passes of a network.
  public init(for network: Network) {
    input = Matrix(rows: 0, columns: network.inputs)
    inputFactors = input
    logits = Matrix(rows: 0, columns: network.outputLayer.outputs)
    logitsGradient = logits
    layers = network.hiddenLayers.map { HiddenLayerPass(units: $0.linear.outputs) }
  }

  /// Makes room for a batch of another size.
  public mutating func resize(rows: Int) {
    input.resize(rows: rows)
    inputFactors.resize(rows: rows)
    logits.resize(rows: rows)
    logitsGradient.resize(rows: rows)
    for index in layers.indices { layers[index].resize(rows: rows) }
  }

  /// Computes the logits of `input` with dropout on and updates the running statistics of batch norm.
  ///
  /// Input dropout changes `input` itself.
  public mutating func forward(_ network: inout Network, masks: some DropoutMasks, team: ThreadTeam) {
    if network.inputDropout.isActive {
      masks.fill(&inputFactors, dropout: network.inputDropout, layer: 0, team: team)
      Activation.identity.derive(atValues: inputFactors, factors: inputFactors, gradient: &input, team: team)
    }
    for index in layers.indices {
      let layerInput = inputOfLayer(index, in: network)
      layers[index].forward(
        &network.hiddenLayers[index], number: index + 1, input: layerInput, masks: masks, team: team)
    }
    network.outputLayer.forward(inputOfLayer(layers.count, in: network), into: &logits, team: team)
  }

  /// Sets the gradients of all parameters from `logitsGradient`, after `forward` with the same network.
  public mutating func backward(_ network: inout Network, team: ThreadTeam) {
    network.outputLayer.backward(
      input: inputOfLayer(layers.count, in: network), outputGradient: logitsGradient, team: team)
    for index in layers.indices.reversed() {
      let isLast = index == layers.count - 1
      let next = isLast ? network.outputLayer : network.hiddenLayers[index + 1].linear
      let nextGradient = isLast ? logitsGradient : layers[index + 1].gradient
      next.inputGradient(of: nextGradient, into: &layers[index].gradient, team: team)
      let layerInput = inputOfLayer(index, in: network)
      layers[index].backward(&network.hiddenLayers[index], input: layerInput, team: team)
    }
  }

  /// What a layer reads: the batch, or the output of the hidden layer before it.
  private func inputOfLayer(_ index: Int, in network: Network) -> Matrix {
    index == 0 ? input : layers[index - 1].output(of: network.hiddenLayers[index - 1])
  }
}
