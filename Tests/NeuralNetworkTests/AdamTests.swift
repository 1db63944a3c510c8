import Testing

@testable import NeuralNetwork

@Suite struct AdamTests {
  /// m / (1-β₁) and √(v / (1-β₂)) are |g| after the first step, whatever the gradient.
  @Test(arguments: [false, true], [Float(1e-3), 0.02, 7])
  func theFirstStepIsAsLongAsTheLearningRate(isDecoupled: Bool, gradient: Float) {
    let team = ThreadTeam(threads: 1)
    var network = Network.perceptron(inputs: 3, hiddenWidths: [], outputs: 2, dropout: [])
    network.updateParameters { parameter, _ in
      parameter.values.elements = parameter.values.elements.map { _ in 0 }
      parameter.gradient.elements = parameter.gradient.elements.map { _ in gradient }
    }
    var optimizer = Adam(learningRate: 0.001, decouplesWeightDecay: isDecoupled)
    optimizer.update(&network, team: team)
    network.forEachParameter { parameter in
      for value in parameter.values.elements {
        #expect(abs(Double(-value) / 0.001 - 1) < 1e-6 + 1e-8 / Double(gradient))
      }
    }
  }
}
