internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

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
  /// m of each parameter, after the first step.
  private var firstMoments: [[Float]] = []
  /// v of each parameter, after the first step.
  private var secondMoments: [[Float]] = []

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

  /// The steps and both moments.
  public var state: OptimizerState {
    get {
      let numbers =
        firstMoments.isEmpty ? [:] : ["first_moment": firstMoments, "second_moment": secondMoments]
      return OptimizerState(step: step, numbers: numbers)
    }
    set {
      step = newValue.step
      firstMoments = newValue.numbers["first_moment"] ?? []
      secondMoments = newValue.numbers["second_moment"] ?? []
    }
  }

  /// Makes one step.
  public mutating func update(_ network: inout Network, team: ThreadTeam) {
    step += 1
    if firstMoments.isEmpty {
      firstMoments = network.zerosForParameters
      secondMoments = firstMoments
    }
    let stepSize = Float(learningRate / (1 - pow(betas.first, Double(step))))
    let correction = Float((1 - pow(betas.second, Double(step))).squareRoot())
    network.updateParameters { parameter, index in
      let decay = weightDecayScope.includes(parameter.kind) ? weightDecay : 0
      let shrink = decouplesWeightDecay ? 1 - learningRate * decay : 1
      let penalty = decouplesWeightDecay ? 0 : decay
      kernels_update_adam(
        team.kernels, team.threads, parameter.values.elements.count, stepSize, correction, Float(betas.first),
        Float(betas.second), Float(epsilon), Float(shrink), Float(penalty), &parameter.values.elements,
        parameter.gradient.elements, &firstMoments[index], &secondMoments[index])
    }
  }
}
