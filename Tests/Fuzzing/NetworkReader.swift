@testable import NeuralNetwork

extension Reader {
  /// Whatever a network is said to cost is what it costs, and a small one computes.
  func readNetwork(_ text: String) {
    guard let network = try? NetworkSpecification(text: text) else { return }
    precondition((try? NetworkSpecification(text: network.text)) == network)
    precondition(network.title.unicodeScalars.allSatisfy(\.isASCII))
    for sample in [
      Shape.image(channels: 1, height: 28, width: 28), .image(channels: 3, height: 5, width: 9),
    ] {
      let input = network.inputShape(of: sample)
      guard let estimate = try? network.estimate(for: input), let lines = try? network.summary(for: input),
        let shapes = try? network.outputShapes(for: input)
      else { continue }
      precondition(lines.reduce(0) { $0 + $1.parameters } == estimate.parameters)
      precondition(lines.reduce(0) { $0 + $1.operations } == estimate.operationsPerSample)
      precondition(shapes.last?.count == estimate.outputs)
      let memory = TrainingMemory(batchSize: 2, threads: 1, remembered: 0).bytes(of: network, input: input)
      precondition(memory >= 4 * 2 * Double(estimate.parameters))
      if memory < 2_000_000, estimate.operationsPerSample < 1_000_000 { compute(network, input, estimate) }
    }
  }

  private func compute(_ specification: NetworkSpecification, _ input: Shape, _ estimate: NetworkEstimate) {
    guard
      var network = try? Network(
        specification, input: input, initialization: .he, seed: 1, inputDropout: 0)
    else { preconditionFailure("a network that can be estimated can be made") }
    precondition(network.parameterCount == estimate.parameters)
    precondition((try? network.load(network.publishedStateDictionary)) != nil)
    let team = ThreadTeam(threads: 1)
    var pass = Pass(for: network)
    pass.resize(rows: 2)
    pass.forward(network, team: team)
    pass.forwardTraining(&network, masks: RandomDropoutMasks(seed: 1, step: 0), team: team)
    precondition(pass.output.rows == 2 && pass.output.columns == estimate.outputs)
    pass.backward(&network, team: team)
    let graph = OperatorGraph(network, input: GraphValue("images"), output: GraphValue("logits"))
    precondition(graph.nodes.last?.output.name == "logits")
  }
}
