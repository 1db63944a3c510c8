/// The shape of a multilayer perceptron.
public struct Architecture: Hashable, Sendable {
  /// Numbers per sample.
  public var inputs: Int
  /// Units of each hidden layer, input side first; empty for softmax regression.
  public var hiddenWidths: [Int]
  /// Classes, or numbers to predict.
  public var outputs: Int
  /// The activation of every hidden layer.
  public var activation: Activation
  /// Whether hidden layers normalise over the batch, before the activation.
  public var batchNorm: Bool

  /// The shape of a multilayer perceptron.
  public init(
    inputs: Int, hiddenWidths: [Int], outputs: Int, activation: Activation = .relu, batchNorm: Bool = false
  ) {
    self.inputs = inputs
    self.hiddenWidths = hiddenWidths
    self.outputs = outputs
    self.activation = activation
    self.batchNorm = batchNorm
  }
}

/// A hidden layer: linear, batch norm if wanted, activation, dropout.
public struct HiddenLayer: Sendable {
  /// Weights and biases.
  public var linear: Linear
  /// Normalises the linear output over the batch.
  public var batchNorm: BatchNorm?
  /// Applied after normalisation.
  public let activation: Activation
  /// Applied to the activations, in training only.
  public var dropout: Dropout

  /// A hidden layer of the given parts.
  public init(linear: Linear, batchNorm: BatchNorm?, activation: Activation, dropout: Dropout) {
    self.linear = linear
    self.batchNorm = batchNorm
    self.activation = activation
    self.dropout = dropout
  }
}

/// A multilayer perceptron: its parameters, their gradients and its dropout.
///
/// A value: a copy is a snapshot.
public struct Network: Sendable {
  /// Drops inputs in training.
  public var inputDropout: Dropout
  /// The hidden layers, input side first.
  public var hiddenLayers: [HiddenLayer]
  /// Computes the logits.
  public var outputLayer: Linear

  /// A network of the given layers.
  public init(inputDropout: Dropout, hiddenLayers: [HiddenLayer], outputLayer: Linear) {
    self.inputDropout = inputDropout
    self.hiddenLayers = hiddenLayers
    self.outputLayer = outputLayer
  }

  /// A network whose initial weights depend on architecture, initialisation and seed only, not on dropout.
  public init(
    _ architecture: Architecture, initialization: Initialization, seed: UInt64, inputDropout: Double = 0,
    dropout: [Double]
  ) {
    precondition(dropout.count == architecture.hiddenWidths.count, "one dropout probability per hidden layer")
    func linear(layer: Int, inputs: Int, outputs: Int) -> Linear {
      var stream = RandomStream(seed: seed, purpose: .initialWeights(layer: layer))
      return initialization.linear(inputs: inputs, outputs: outputs, from: &stream)
    }
    var inputs = architecture.inputs
    var hiddenLayers: [HiddenLayer] = []
    for (layer, width) in architecture.hiddenWidths.enumerated() {
      hiddenLayers.append(
        HiddenLayer(
          linear: linear(layer: layer, inputs: inputs, outputs: width),
          batchNorm: architecture.batchNorm ? BatchNorm(units: width) : nil,
          activation: architecture.activation, dropout: Dropout(probability: dropout[layer])))
      inputs = width
    }
    self.init(
      inputDropout: Dropout(probability: inputDropout), hiddenLayers: hiddenLayers,
      outputLayer: linear(layer: hiddenLayers.count, inputs: inputs, outputs: architecture.outputs))
  }

  /// Numbers per sample.
  public var inputs: Int { hiddenLayers.first?.linear.inputs ?? outputLayer.inputs }

  /// Calls `body` with every parameter, in a fixed order: layer by layer from the input side.
  public mutating func updateParameters(_ body: (_ parameter: inout Parameter, _ index: Int) -> Void) {
    var index = 0
    func visit(_ parameter: inout Parameter) {
      body(&parameter, index)
      index += 1
    }
    for layer in hiddenLayers.indices {
      visit(&hiddenLayers[layer].linear.weights)
      visit(&hiddenLayers[layer].linear.biases)
      hiddenLayers[layer].batchNorm?.updateParameters(visit)
    }
    visit(&outputLayer.weights)
    visit(&outputLayer.biases)
  }

  /// Calls `body` with every parameter, in the order of `updateParameters`.
  func forEachParameter(_ body: (Parameter) -> Void) {
    for layer in hiddenLayers {
      body(layer.linear.weights)
      body(layer.linear.biases)
      if let batchNorm = layer.batchNorm {
        body(batchNorm.scale)
        body(batchNorm.shift)
      }
    }
    body(outputLayer.weights)
    body(outputLayer.biases)
  }

  /// Every parameter, in the order of `updateParameters`.
  public var parameters: [Parameter] {
    var parameters: [Parameter] = []
    forEachParameter { parameters.append($0) }
    return parameters
  }

  /// How many numbers are trained.
  public var parameterCount: Int {
    parameters.reduce(0) { $0 + $1.values.elements.count }
  }
}
