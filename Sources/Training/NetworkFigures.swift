internal import Experiment
internal import NeuralNetwork

/// What is measured of a network itself, whatever its answers; the order of each sum does not depend on the threads.
extension Measurements {
  /// Measures the weights of linear layers at an epoch's end, without biases and the parameters of batch norm.
  mutating func measureWeights(of network: Network) {
    var (squares, count, smallCount) = (0.0, 0, 0)
    for parameter in network.parameters where parameter.kind == .weight {
      count += parameter.values.elements.count
      for weight in parameter.values.elements {
        squares += Double(weight) * Double(weight)
        if weight.magnitude < 1e-3 { smallCount += 1 }
      }
    }
    self[.weightNorm] = squares.squareRoot()
    if count > 0 { self[.smallWeightShare] = Double(smallCount) / Double(count) }
  }

  /// Measures the gradient of an epoch's last step, as backward leaves it: before penalties and clipping.
  mutating func measureGradient(of network: Network, team: ThreadTeam) {
    self[.gradientNorm] = NeuralNetwork.gradientNorm(of: network, team: team)
  }
}
