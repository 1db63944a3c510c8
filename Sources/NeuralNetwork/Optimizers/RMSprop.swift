/// RMSprop (Tieleman and Hinton, 2012), as PyTorch defines it.
///
/// g ← gradient + λ·w; v ← αv + (1-α)g²; w ← w - η · g / (√v + ε), or with momentum b ← μb + g / (√v + ε); w ← w - η·b.
public struct RMSprop: Optimizer {
  /// The learning rate η.
  public var learningRate: Double
  /// The weight decay λ.
  public var weightDecay: Double
  /// What λ applies to.
  public let weightDecayScope: WeightDecayScope
  /// The momentum μ, 0 for none.
  public let momentum: Double
  /// The decay of the mean square: α.
  public let decay: Double
  /// Keeps the denominator from 0: ε.
  public let epsilon: Double
  /// v and b of each value.
  private var memory = OptimizerMemory(rule: "rmsprop", "mean_square", "velocity")

  /// RMSprop, not centred.
  public init(
    learningRate: Double = 0.01, weightDecay: Double = 0, weightDecayScope: WeightDecayScope = .allParameters,
    momentum: Double = 0, decay: Double = 0.99, epsilon: Double = 1e-8
  ) {
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.weightDecayScope = weightDecayScope
    self.momentum = momentum
    self.decay = decay
    self.epsilon = epsilon
  }

  /// Numbers of each value.
  public var remembered: Int { memory.count }

  /// Mean squares and velocities.
  public var state: OptimizerState {
    get { OptimizerState(numbers: memory.numbers) }
    set { memory.numbers = newValue.numbers }
  }

  /// Makes one step.
  public mutating func update(_ network: inout Network, team: ThreadTeam) {
    let (rate, decay, epsilon, momentum) = (learningRate, decay, epsilon, momentum)
    let (weightDecay, scope) = (weightDecay, weightDecayScope)
    memory.update(&network, team: team) { kind in
      .init(rate, decay, 1 - decay, epsilon, momentum, scope.includes(kind) ? weightDecay : 0)
    }
  }
}

extension OptimizerKind {
  /// RMSprop (Tieleman and Hinton, 2012).
  public static let rmsprop = OptimizerKind(
    "rmsprop", title: "RMSprop", defaultLearningRate: 0.01, takesMomentum: true
  ) {
    RMSprop(
      learningRate: $0.learningRate, weightDecay: $0.weightDecay, weightDecayScope: $0.weightDecayScope,
      momentum: $0.momentum)
  }
}
