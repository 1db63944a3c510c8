@testable import NeuralNetwork

extension Network {
  /// A multilayer perceptron.
  static func perceptron(
    inputs: Int, hiddenWidths: [Int], outputs: Int, activation: Activation = .relu, batchNorm: Bool = false,
    initialization: Initialization = .pytorch, seed: UInt64 = 1, inputDropout: Double = 0, dropout: [Double]
  ) -> Network {
    do {
      return try Network(
        NetworkSpecification(
          hiddenWidths: hiddenWidths, dropout: dropout, activation: activation, batchNorm: batchNorm,
          outputs: outputs),
        input: .units(inputs), initialization: initialization, seed: seed, inputDropout: inputDropout)
    } catch {
      fatalError("\(error)")
    }
  }

  /// The linear layers, input side first.
  var linears: [Linear] {
    get { layers.compactMap { $0 as? Linear } }
    set { replace(with: newValue) }
  }

  /// The layers of batch norm, input side first.
  var batchNorms: [BatchNorm] {
    get { layers.compactMap { $0 as? BatchNorm } }
    set { replace(with: newValue) }
  }

  /// The slopes that activations learn, input side first.
  var slopes: [Parameter] { layers.compactMap { ($0 as? ActivationLayer)?.slope } }

  private mutating func replace<Kind: Layer>(with new: [Kind]) {
    var new = new[...]
    for index in layers.indices where layers[index] is Kind {
      if let layer = new.popFirst() { layers[index] = layer }
    }
  }
}
