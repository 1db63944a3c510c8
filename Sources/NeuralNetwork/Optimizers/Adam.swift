internal import CKernels

/// Adam (Kingma and Ba, 2015) and AdamW (Loshchilov and Hutter, 2019), as PyTorch defines them.
///
/// m ← β₁m + (1-β₁)g; v ← β₂v + (1-β₂)g²; w ← w - η · m/(1-β₁ᵗ) / (√(v/(1-β₂ᵗ)) + ε).
/// Adam adds λ·w to g; AdamW first shrinks w by the factor 1 - ηλ.
public struct Adam: Optimizer {
  /// The learning rate η.
  public var learningRate: Double
  /// The weight decay λ.
  public var weightDecay: Double
  /// Whether weight decay is decoupled from the gradient: AdamW.
  public let decouplesWeightDecay: Bool
  /// What λ applies to.
  public let weightDecayScope: WeightDecayScope
  /// β₁ and β₂, the decay of the two moments.
  public let betas: (first: Double, second: Double)
  /// Keeps the denominator from 0: ε.
  public let epsilon: Double
  private var step = 0
  /// m and v of each value.
  private var memory = OptimizerMemory(rule: "adam", "first_moment", "second_moment")

  /// Adam, or AdamW when the weight decay is decoupled.
  public init(
    learningRate: Double = 0.001, weightDecay: Double = 0, decouplesWeightDecay: Bool = false,
    weightDecayScope: WeightDecayScope = .allParameters,
    betas: (first: Double, second: Double) = (0.9, 0.999),
    epsilon: Double = 1e-8
  ) {
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.decouplesWeightDecay = decouplesWeightDecay
    self.weightDecayScope = weightDecayScope
    self.betas = betas
    self.epsilon = epsilon
  }

  /// Numbers of each value.
  public var remembered: Int { memory.count }

  /// The steps and both moments.
  public var state: OptimizerState {
    get { OptimizerState(step: step, numbers: memory.numbers) }
    set {
      step = newValue.step
      memory.numbers = newValue.numbers
    }
  }

  /// Makes one step.
  public mutating func update(_ network: inout Network, team: ThreadTeam) {
    step += 1
    let stepSize = learningRate / (1 - Elementary.power(betas.first, step))
    let correction = (1 - Elementary.power(betas.second, step)).squareRoot()
    // Rounded last: 1 - 0.999 in single precision would make each of the first steps 6e-6 too long.
    let rests = (first: 1 - betas.first, second: 1 - betas.second)
    let (second, epsilon, rate, weightDecay) = (betas.second, epsilon, learningRate, weightDecay)
    let (scope, isDecoupled) = (weightDecayScope, decouplesWeightDecay)
    memory.update(&network, team: team) { kind in
      let decay = scope.includes(kind) ? weightDecay : 0
      return kernels_coefficients(
        stepSize, correction, rests.first, second, rests.second, epsilon,
        isDecoupled ? 1 - rate * decay : 1, isDecoupled ? 0 : decay)
    }
  }
}

extension OptimizerKind {
  /// Adam (Kingma and Ba, 2015); weight decay is added to the gradient.
  public static let adam = OptimizerKind("adam", title: "Adam", defaultLearningRate: 0.001) {
    Adam(
      learningRate: $0.learningRate, weightDecay: $0.weightDecay, weightDecayScope: $0.weightDecayScope)
  }
  /// Adam with decoupled weight decay (Loshchilov and Hutter, 2019).
  public static let adamW = OptimizerKind("adamw", title: "AdamW", defaultLearningRate: 0.001) {
    Adam(
      learningRate: $0.learningRate, weightDecay: $0.weightDecay, decouplesWeightDecay: true,
      weightDecayScope: $0.weightDecayScope)
  }
}
