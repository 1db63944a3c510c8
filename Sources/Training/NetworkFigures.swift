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
        if weight.isSmallWeight { smallCount += 1 }
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

extension Float {
  /// Whether it counts among the small ones of which the share is told.
  var isSmallWeight: Bool { magnitude < 1e-3 }
}

extension LayersMeasured {
  /// Measures a step after backward and before penalties and clipping: gradients by layer, and the activations of the pass.
  init(_ network: Network, in pass: Pass, team: ThreadTeam) {
    let outputs = pass.outputs(of: network)
    let layers = outputs.placesOfWeights
    self.init(
      gradientNorms: layers.map {
        outputs[$0.lowerBound].layer.weight?.gradient.euclideanNorm(team: team) ?? 0
      },
      signalNorms: layers.dropLast().map { outputs[$0.lowerBound].outputGradient.euclideanNorm(team: team) },
      activationSpreads: layers.dropLast().map {
        outputs[$0.upperBound - 1].output.standardDeviation(team: team)
      })
  }
}

extension Layer {
  /// Its weights, if it has any and is made of no other layers.
  var weight: Parameter? {
    guard parts.isEmpty else { return nil }
    var weight: Parameter?
    forEachParameter { if $0.kind == .weight { weight = $0 } }
    return weight
  }
}

extension [LayerOutput] {
  /// The places of each layer with weights and of what follows it, up to the next one.
  var placesOfWeights: [Range<Int>] {
    let first = indices.filter { self[$0].layer.weight != nil }
    return zip(first, first.dropFirst() + [endIndex]).map { $0..<$1 }
  }
}
