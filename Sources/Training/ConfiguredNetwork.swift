internal import Experiment
internal import NeuralNetwork

extension RunConfiguration {
  /// The layers of the network.
  func network(classes: Int) -> NetworkSpecification {
    NetworkSpecification(
      hiddenWidths: hiddenWidths, dropout: dropout, activation: activation.function, batchNorm: batchNorm,
      outputs: classes)
  }

  /// The network with its initial weights.
  ///
  /// - Throws: `SpecificationError` if it is none for samples of that shape.
  func makeNetwork(input: Shape, classes: Int) throws(SpecificationError) -> Network {
    try Network(
      network(classes: classes), input: input, initialization: initialization.rule, seed: seed,
      inputDropout: inputDropout)
  }

  /// The optimiser before its first step.
  func makeOptimizer() -> any Optimizer {
    let scope = decaysBiases ? WeightDecayScope.allParameters : .weightsOnly
    return switch optimizer {
    case .sgd:
      SGD(
        learningRate: learningRate, momentum: momentum, nesterov: nesterov, weightDecay: weightDecay,
        weightDecayScope: scope)
    case .adam, .adamW:
      Adam(
        learningRate: learningRate, weightDecay: weightDecay, decouplesWeightDecay: optimizer == .adamW,
        weightDecayScope: scope)
    }
  }

  /// Makes of the gradients what the settings want before each update.
  func adjustGradients(of network: inout Network, team: ThreadTeam) {
    if l1 > 0 { GradientAdjustment.l1(strength: l1).apply(to: &network, team: team) }
    if let clipNorm { GradientAdjustment.clipNorm(clipNorm).apply(to: &network, team: team) }
    if let clipValue { GradientAdjustment.clipValue(clipValue).apply(to: &network, team: team) }
  }
}

extension ActivationKind {
  fileprivate var function: Activation {
    switch self {
    case .relu: .relu
    case .leakyReLU: .leakyReLU
    case .elu: .elu
    case .sigmoid: .sigmoid
    case .tanh: .tanh
    }
  }
}

extension InitializationKind {
  fileprivate var rule: Initialization {
    switch self {
    case .normal(let standardDeviation): .normal(standardDeviation: standardDeviation)
    case .pytorch: .pytorch
    case .xavier: .xavier
    case .he: .he
    }
  }
}
