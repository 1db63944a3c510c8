/// AdaGrad (Duchi, Hazan and Singer, 2011), as PyTorch defines it.
///
/// g ← gradient + λ·w; s ← s + g²; w ← w - η · g / (√s + ε).
public struct AdaGrad: Optimizer {
  /// The learning rate η.
  public var learningRate: Double
  /// The weight decay λ.
  public var weightDecay: Double
  /// What λ applies to.
  public let weightDecayScope: WeightDecayScope
  /// Keeps the denominator from 0: ε.
  public let epsilon: Double
  /// s of each value.
  private var memory = OptimizerMemory(rule: "adagrad", "square_sum")

  /// AdaGrad.
  public init(
    learningRate: Double = 0.01, weightDecay: Double = 0, weightDecayScope: WeightDecayScope = .allParameters,
    epsilon: Double = 1e-10
  ) {
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.weightDecayScope = weightDecayScope
    self.epsilon = epsilon
  }

  /// Numbers of each value.
  public var remembered: Int { memory.count }

  /// The sums of squares.
  public var state: OptimizerState {
    get { OptimizerState(numbers: memory.numbers) }
    set { memory.numbers = newValue.numbers }
  }

  /// Makes one step.
  public mutating func update(_ network: inout Network, team: ThreadTeam) {
    let (rate, epsilon, weightDecay, scope) = (learningRate, epsilon, weightDecay, weightDecayScope)
    memory.update(&network, team: team) { kind in
      .init(rate, epsilon, scope.includes(kind) ? weightDecay : 0)
    }
  }
}

extension OptimizerKind {
  /// AdaGrad (Duchi, Hazan and Singer, 2011).
  public static let adaGrad = OptimizerKind("adagrad", title: "AdaGrad", defaultLearningRate: 0.01) {
    AdaGrad(
      learningRate: $0.learningRate, weightDecay: $0.weightDecay, weightDecayScope: $0.weightDecayScope)
  }
}
