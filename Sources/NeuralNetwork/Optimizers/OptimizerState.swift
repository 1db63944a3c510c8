/// What an optimiser remembers from step to step.
public struct OptimizerState: Hashable, Sendable {
  /// Steps made, where they matter.
  public var step: Int
  /// Numbers for each parameter, in the order of `Network.updateParameters`, by what they are; empty before the first
  /// step.
  public var numbers: [String: [[Float]]]

  /// The memory after `step` steps.
  public init(step: Int = 0, numbers: [String: [[Float]]] = [:]) {
    self.step = step
    self.numbers = numbers
  }

  /// Whether the numbers are as many as a network has.
  public func fits(_ network: Network) -> Bool {
    let counts = network.parameters.map(\.values.elements.count)
    return numbers.values.allSatisfy { $0.isEmpty || $0.map(\.count) == counts }
  }
}
