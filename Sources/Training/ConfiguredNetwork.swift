internal import NeuralNetwork
internal import TrainingEvents

extension RunConfiguration {
  /// The network with its initial weights.
  func makeNetwork(inputs: Int, classes: Int) -> Network {
    Network(
      Architecture(
        inputs: inputs, hiddenWidths: hiddenWidths, outputs: classes, activation: activation.function,
        batchNorm: batchNorm),
      initialization: initialization.rule, seed: seed, inputDropout: inputDropout, dropout: dropout)
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

  /// What happens to the gradients before each update, in order.
  var gradientAdjustments: [GradientAdjustment] {
    var adjustments: [GradientAdjustment] = []
    if l1 > 0 { adjustments.append(.l1(strength: l1)) }
    if let clipNorm { adjustments.append(.clipNorm(clipNorm)) }
    if let clipValue { adjustments.append(.clipValue(clipValue)) }
    return adjustments
  }
}

extension ActivationKind {
  fileprivate var function: Activation {
    switch self {
    case .relu: .relu
    case .leakyReLU: .leakyReLU(slope: 0.01)
    case .elu: .elu(alpha: 1)
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
