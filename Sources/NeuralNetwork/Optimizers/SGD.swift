internal import CKernels

/// Stochastic gradient descent with momentum, as PyTorch defines it.
///
/// g ← gradient + λ·w; v ← μ·v + g; w ← w - η·v, or with Nesterov's momentum w ← w - η·(g + μ·v).
public struct SGD: Optimizer {
  /// The learning rate η.
  public var learningRate: Double
  /// The momentum μ, 0 for none.
  public let momentum: Double
  /// Whether the momentum is Nesterov's (Sutskever et al., 2013).
  public let nesterov: Bool
  /// The weight decay λ.
  public var weightDecay: Double
  /// What λ applies to.
  public let weightDecayScope: WeightDecayScope
  /// v of each value, where there is momentum.
  private var memory: OptimizerMemory

  /// Stochastic gradient descent.
  public init(
    learningRate: Double, momentum: Double = 0, nesterov: Bool = false, weightDecay: Double = 0,
    weightDecayScope: WeightDecayScope = .allParameters
  ) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.nesterov = nesterov
    self.weightDecay = weightDecay
    self.weightDecayScope = weightDecayScope
    memory = momentum == 0 ? OptimizerMemory(rule: "sgd") : OptimizerMemory(rule: "sgd", "velocity")
  }

  /// Numbers of each value.
  public var remembered: Int { memory.count }

  /// The velocities.
  public var state: OptimizerState {
    get { OptimizerState(numbers: memory.numbers) }
    set { memory.numbers = newValue.numbers }
  }

  /// Makes one step.
  public mutating func update(_ network: inout Network, team: ThreadTeam) {
    let (rate, momentum, nesterov) = (learningRate, momentum, nesterov ? 1.0 : 0)
    let (decay, scope) = (weightDecay, weightDecayScope)
    memory.update(&network, team: team) { kind in
      kernels_coefficients(rate, momentum, nesterov, scope.includes(kind) ? decay : 0)
    }
  }
}

extension OptimizerKind {
  /// Stochastic gradient descent.
  public static let sgd = OptimizerKind(
    "sgd", title: "SGD", defaultLearningRate: 0.5, takesMomentum: true, takesNesterov: true
  ) {
    SGD(
      learningRate: $0.learningRate, momentum: $0.momentum, nesterov: $0.nesterov,
      weightDecay: $0.weightDecay, weightDecayScope: $0.weightDecayScope)
  }
}
