internal import CKernels

/// What an optimiser remembers of every value from step to step, up to two numbers, and the loop that uses them.
struct OptimizerMemory: Sendable {
  /// What the numbers are; files have them under these names.
  private let names: [String]
  private let rule: Int
  private var first: [[Float]] = []
  private var second: [[Float]] = []

  /// No memory before the first step of the rule that kernels know under a name.
  init(rule: String, _ names: String...) {
    self.rule = kernels_update_rule(rule)
    self.names = names
  }

  /// How many numbers there are of each value.
  var count: Int { names.count }

  /// The numbers of each parameter, by what they are; empty before the first step.
  var numbers: [String: [[Float]]] {
    get { first.isEmpty ? [:] : Dictionary(uniqueKeysWithValues: zip(names, [first, second])) }
    set {
      first = names.first.flatMap { newValue[$0] } ?? []
      second = names.dropFirst().first.flatMap { newValue[$0] } ?? first.map { _ in [] }
    }
  }

  /// Makes one step along the gradients in `network`, with the coefficients that the rule has for a kind of parameter.
  mutating func update(
    _ network: inout Network, team: ThreadTeam, coefficients: (Parameter.Kind) -> kernels_coefficients
  ) {
    if first.isEmpty {
      first = names.isEmpty ? network.parameters.map { _ in [] } : network.zerosForParameters
      second = names.count < 2 ? first.map { _ in [] } : first
    }
    network.updateParameters { parameter, index in
      kernels_update(
        team.kernels, team.threads, rule, coefficients(parameter.kind), parameter.values.elements.count,
        &parameter.values.elements, parameter.gradient.elements, &first[index], &second[index])
    }
  }
}

extension kernels_coefficients {
  /// Numbers of single precision, in the order in which the rule has them.
  init(
    _ a: Double = 0, _ b: Double = 0, _ c: Double = 0, _ d: Double = 0, _ e: Double = 0, _ f: Double = 0,
    _ g: Double = 0, _ h: Double = 0
  ) {
    self.init(number: (Float(a), Float(b), Float(c), Float(d), Float(e), Float(f), Float(g), Float(h)))
  }
}
