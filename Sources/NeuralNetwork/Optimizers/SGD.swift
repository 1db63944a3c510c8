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
  /// v of each parameter, after the first step with momentum.
  private var velocities: [[Float]] = []

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
  }

  /// The velocities.
  public var state: OptimizerState {
    get { OptimizerState(numbers: velocities.isEmpty ? [:] : ["velocity": velocities]) }
    set { velocities = newValue.numbers["velocity"] ?? [] }
  }

  /// Makes one step.
  public mutating func update(_ network: inout Network, team: ThreadTeam) {
    if momentum != 0 && velocities.isEmpty { velocities = network.zerosForParameters }
    network.updateParameters { parameter, index in
      let decay = weightDecayScope.includes(parameter.kind) ? Float(weightDecay) : 0
      func update(velocities: UnsafeMutablePointer<Float>?) {
        kernels_update_sgd(
          team.kernels, team.threads, parameter.values.elements.count, Float(learningRate), Float(momentum),
          nesterov, decay, &parameter.values.elements, parameter.gradient.elements, velocities)
      }
      if momentum == 0 { update(velocities: nil) } else { update(velocities: &velocities[index]) }
    }
  }
}
