internal import Datasets
internal import Experiment
internal import NeuralNetwork

extension SamplesFitted {
  /// What the network of a regression with these settings gives for the test samples, and over the grid.
  init(_ network: Network, _ configuration: RunConfiguration, test: LabeledImages, team: ThreadTeam) {
    var pass = Pass(for: network)
    func answers(_ samples: LabeledImages) -> [Double] {
      pass.resize(rows: samples.count)
      pass.input.gather((0..<samples.count).map { Int32($0) }, of: samples, normalization: nil, team: team)
      pass.forward(network, team: team)
      return pass.output.elements.map(Double.init)
    }
    let predictions = answers(test)
    var curve: [Double] = []
    if configuration.dataset.synthesis?.kind == .polynomial {
      let features = configuration.features
      curve = answers(
        LabeledImages(
          SampleNumbers(
            features: features,
            inputs: Self.grid.flatMap { Synthesis.powers(of: $0, count: features).map(Float.init) },
            targets: Self.grid.map { _ in 0 })))
    }
    let parameters = network.parameters
    let isLinear = parameters.count { $0.kind == .weight } == 1 && network.specification.layers.count == 1
    self.init(
      predictions: predictions, curve: curve,
      weights: isLinear
        ? parameters.first { $0.kind == .weight }?.values.elements.map(Double.init) ?? [] : [],
      bias: isLinear
        ? parameters.first { $0.kind == .bias }?.values.elements.first.map(Double.init) : nil)
  }
}
