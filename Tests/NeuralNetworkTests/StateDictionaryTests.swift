import Testing

@testable import NeuralNetwork

@Suite struct StateDictionaryTests {
  private static func network(batchNorm: Bool, widths: [Int] = [4, 3]) -> Network {
    Network.perceptron(
      inputs: 5, hiddenWidths: widths, outputs: 2, batchNorm: batchNorm, seed: 7,
      dropout: widths.map { _ in 0.5 })
  }

  @Test func namesAndShapesAreThoseOfPyTorch() {
    let plain = Self.network(batchNorm: false).stateDictionary
    #expect(plain.map(\.name) == ["1.weight", "1.bias", "4.weight", "4.bias", "7.weight", "7.bias"])
    #expect(plain.map(\.shape) == [[4, 5], [4], [3, 4], [3], [2, 3], [2]])
    let normalized = Self.network(batchNorm: true).stateDictionary
    #expect(
      normalized.map(\.name) == [
        "1.weight", "1.bias", "2.weight", "2.bias", "2.running_mean", "2.running_var", "5.weight", "5.bias",
        "6.weight", "6.bias", "6.running_mean", "6.running_var", "9.weight", "9.bias",
      ])
    #expect(Self.network(batchNorm: false, widths: []).stateDictionary.map(\.name) == ["1.weight", "1.bias"])
  }

  @Test func aLearntSlopeHasPyTorchsShape() throws {
    let network = Network.perceptron(
      inputs: 5, hiddenWidths: [4], outputs: 2, activation: .prelu, dropout: [0.5])
    #expect(
      network.stateDictionary.map(\.name) == ["1.weight", "1.bias", "2.weight", "4.weight", "4.bias"])
    #expect(network.stateDictionary[2] == NamedTensor(name: "2.weight", shape: [1], values: [0.25]))
    #expect(try network.specification.estimate(for: .units(5)).parameters == network.parameterCount)
  }

  @Test func weightsAreTransposed() {
    let network = Self.network(batchNorm: false)
    let weights = network.linears[0].weights.values
    #expect(network.stateDictionary[0].values[1] == weights[1, 0])
    #expect(network.stateDictionary[0].values[5] == weights[0, 1])
  }

  @Test(arguments: [false, true])
  func whatIsSavedIsLoaded(batchNorm: Bool) throws {
    var source = Self.network(batchNorm: batchNorm)
    if batchNorm {
      source.batchNorms[1].runningMean = [1, 2, 3]
      source.batchNorms[1].runningVariance = [4, 5, 6]
    }
    var target = Network.perceptron(
      inputs: 5, hiddenWidths: [4, 3], outputs: 2, batchNorm: batchNorm, initialization: .he, seed: 8,
      dropout: [0, 0])
    let counter = NamedTensor(name: "2.num_batches_tracked", shape: [], values: [3])
    try target.load(source.stateDictionary.reversed() + [counter])
    #expect(target.stateDictionary == source.stateDictionary)
  }

  @Test func tensorsOfAnotherNetworkAreRefusedAndChangeNothing() {
    var network = Self.network(batchNorm: false)
    let before = network.stateDictionary
    var missing = before
    missing.remove(at: 2)
    var unknown = before
    unknown.append(NamedTensor(name: "8.weight", shape: [1], values: [0]))
    let other = Self.network(batchNorm: false, widths: [4, 4]).stateDictionary
    var broken = before
    broken[3] = NamedTensor(name: "4.bias", shape: [3], values: [0, 0, .nan])
    var infinite = before
    infinite[3] = NamedTensor(name: "4.bias", shape: [3], values: [0, -.infinity, 0])
    for (tensors, text) in [
      (infinite, "the tensor 4.bias has a number that is infinite, at place 1"),
      (missing, "no tensor 4.weight, of shape [3, 4]"), (unknown, "no place for the tensor 8.weight"),
      (broken, "the tensor 4.bias has a number that is NaN, at place 2"),
      (other, "the tensor 4.weight has the shape [4, 4], but the network needs [3, 4]"),
    ] {
      let error = #expect(throws: StateDictionaryError.self) { try network.load(tensors) }
      #expect(error?.description.contains(text) == true)
      #expect(network.stateDictionary == before)
    }
  }
}
