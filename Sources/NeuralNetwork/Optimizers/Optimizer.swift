/// A rule that turns gradients into updates of the parameters.
public protocol Optimizer: Sendable {
  /// The learning rate; may change between steps.
  var learningRate: Double { get set }
  /// λ of the weight decay; may change between steps.
  var weightDecay: Double { get set }

  /// How many numbers it remembers of each that is trained.
  var remembered: Int { get }
  /// What it remembers from step to step; to be set only for the network it was taken for.
  var state: OptimizerState { get set }

  /// Makes one step along the gradients in `network`.
  mutating func update(_ network: inout Network, team: ThreadTeam)
}

/// Which parameters weight decay applies to.
public enum WeightDecayScope: Hashable, Sendable {
  /// Weights, biases and batch norm's parameters alike, as PyTorch does.
  case allParameters
  /// Weights of linear layers only.
  case weightsOnly

  func includes(_ kind: Parameter.Kind) -> Bool { self == .allParameters || kind == .weight }
}

extension Network {
  /// A number for every value of every parameter, all zero: the beginning of an optimiser's state.
  var zerosForParameters: [[Float]] {
    parameters.map { [Float](repeating: 0, count: $0.values.elements.count) }
  }
}
