import Testing

@testable import NeuralNetwork

@Suite struct InitializationTests {
  func layer(_ rule: Initialization, inputs: Int = 784, outputs: Int = 256) -> Linear {
    var stream = RandomStream(seed: 1, purpose: .initialWeights(layer: 0))
    return rule.linear(inputs: inputs, outputs: outputs, from: &stream)
  }

  func standardDeviation(_ values: [Float]) -> Double {
    let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
    return (values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(values.count))
      .squareRoot()
  }

  /// He .0505 / .0884, Xavier .0439 / .0625 / .0867 for 784-256-256-10.
  @Test(arguments: [
    (Initialization.he, 784, 256, 0.0505), (.he, 256, 256, 0.0884), (.xavier, 784, 256, 0.0439),
    (.xavier, 256, 256, 0.0625), (.xavier, 256, 10, 0.0867),
    (.normal(standardDeviation: 0.01), 784, 256, 0.01), (.scaledXavier(gain: 4), 256, 256, 0.25),
    (.uniformXavier(gain: 1), 256, 256, 0.0625), (.uniformXavier(gain: 2), 256, 10, 0.1734),
  ])
  func weightsHaveTheirStandardDeviation(rule: Initialization, inputs: Int, outputs: Int, expected: Double) {
    let weights = layer(rule, inputs: inputs, outputs: outputs).weights.values.elements
    let error = 4 / (2 * Double(weights.count)).squareRoot()
    #expect(abs(standardDeviation(weights) / expected - 1) < error + 0.002)
  }

  @Test func theDefaultBiasesAreUniformAndNotZero() {
    let biases = layer(.normal(standardDeviation: 0.01)).biases!.values.elements
    let bound = 1 / Float(784).squareRoot()
    #expect(biases.allSatisfy { abs($0) <= bound })
    #expect(biases.map(abs).max()! > 0.9 * bound)
  }

  @Test func pytorchsWeightsFillTheirBound() {
    let weights = layer(.pytorch).weights.values.elements
    let bound = 1 / Float(784).squareRoot()
    #expect(weights.allSatisfy { abs($0) <= bound })
    #expect(abs(standardDeviation(weights) / (Double(bound) / 3.0.squareRoot()) - 1) < 0.01)
  }

  @Test func xavierAndHeHaveNoBiases() {
    #expect(layer(.xavier).biases!.values.elements.allSatisfy { $0 == 0 })
    #expect(layer(.he).biases!.values.elements.allSatisfy { $0 == 0 })
  }

  @Test(arguments: [
    "normal=0.01", "normal=1:0", "normal=1:2", "pytorch", "xavier", "xavier=4", "xavier-uniform",
    "xavier-uniform=0.5", "he", "constant=0.01", "constant=-1",
  ])
  func spellingsAreReadBack(text: String) {
    #expect(Initialization(text: text)?.text == text)
  }

  @Test(arguments: [
    "", "=", "normal=", "normal=1:", "he=2", "constant", "xavier=a", "pytorch=1", "normal=1:2:3",
    "normal=0x1p-3",
    "constant=nan", "xavier=inf",
  ])
  func whatIsNoRuleIsRefused(text: String) {
    #expect(Initialization(text: text) == nil)
  }

  @Test func aGainOfOneIsNone() {
    #expect(Initialization(text: "xavier=1") == .xavier)
  }

  @Test(arguments: [
    Initialization.he, .xavier, .scaledXavier(gain: 3), .uniformXavier(gain: 2), .pytorch,
  ])
  func theStandardDeviationThatIsToldIsThatOfTheWeights(rule: Initialization) throws {
    let weights = layer(rule, inputs: 256, outputs: 256).weights.values.elements
    let expected = try #require(rule.standardDeviation(fanIn: 256, fanOut: 256))
    #expect(abs(standardDeviation(weights) / expected - 1) < 0.015)
  }

  @Test func constantWeightsAreAllTheSameWithoutBiases() {
    let constant = layer(.constant(0.5))
    #expect(constant.weights.values.elements.allSatisfy { $0 == 0.5 })
    #expect(constant.biases!.values.elements.allSatisfy { $0 == 0 })
    #expect(
      layer(.normal(standardDeviation: 1, biasDeviation: 0)).biases!.values.elements.allSatisfy {
        $0 == 0
      })
  }

  @Test func theDefaultNetworkHas269322Parameters() {
    let network = Network.perceptron(
      inputs: 784, hiddenWidths: [256, 256], outputs: 10, dropout: [0.2, 0.5])
    #expect(network.parameterCount == 269_322)
  }

  @Test func twinsStartFromTheSameWeightsWhateverTheirDropout() {
    func network(_ dropout: [Double]) -> Network {
      Network.perceptron(
        inputs: 20, hiddenWidths: [8, 8], outputs: 3, initialization: .normal(standardDeviation: 0.01),
        seed: 7,
        dropout: dropout)
    }
    #expect(network([0.2, 0.5]).parameters.map(\.values) == network([0, 0]).parameters.map(\.values))
  }
}
