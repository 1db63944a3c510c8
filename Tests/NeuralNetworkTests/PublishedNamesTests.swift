import Testing

@testable import NeuralNetwork

/// The network for CIFAR-10 under the names of the program that it was published with.
@Suite struct PublishedNamesTests {
  private let sample = Shape.image(channels: 3, height: 33, width: 32)

  private func network(width: Int = 3, seed: UInt64 = 1) throws -> Network {
    try Network(
      NetworkSpecification(text: "resnet18-cifar width \(width)"), input: sample, initialization: .he,
      seed: seed)
  }

  /// Those that a reference in PyTorch has: of 62 parameters and 32 running statistics.
  private static let names: Set<String> = {
    var names: Set = ["block1.weight", "block1.bias", "classifier.weight", "classifier.bias"]
    for block in ["2.1", "2.2", "3.0", "3.1", "4.0", "4.1", "5.0", "5.1"] {
      for layer in ["1", "2"] {
        names.insert("block\(block).conv\(layer).weight")
        for tensor in ["weight", "bias", "running_mean", "running_var"] {
          names.insert("block\(block).bn\(layer).\(tensor)")
        }
      }
      guard block.hasSuffix(".0") else { continue }
      for tensor in ["weight", "bias"] { names.insert("block\(block).conv3.\(tensor)") }
    }
    return names
  }()

  @Test func namesAndShapesAreThoseOfTheProgram() throws {
    let tensors = try network(width: 64).publishedStateDictionary
    #expect(tensors.count == Self.names.count && Set(tensors.map(\.name)) == Self.names)
    let shapes = Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0.shape) })
    #expect(shapes["block1.weight"] == [64, 3, 7, 7])
    #expect(shapes["block2.1.conv1.weight"] == [64, 64, 3, 3])
    #expect(shapes["block3.0.conv3.weight"] == [128, 64, 1, 1])
    #expect(shapes["block5.1.bn2.running_var"] == [512])
    #expect(shapes["classifier.weight"] == [10, 512])
  }

  @Test func whatIsGivenAwayIsTakenBack() throws {
    let source = try network(seed: 7)
    for tensors in [source.publishedStateDictionary, source.stateDictionary] {
      var target = try network(seed: 8)
      let batchNorm = tensors.first { $0.name.hasSuffix("running_mean") }?.name.replacing(
        "running_mean", with: "")
      let counter = NamedTensor(name: (batchNorm ?? "") + "num_batches_tracked", shape: [], values: [3])
      try target.load(tensors.reversed() + [counter])
      #expect(target.stateDictionary == source.stateDictionary)
    }
  }

  @Test func whatIsMissingIsCalledAsInTheFile() throws {
    var target = try network()
    var tensors = target.publishedStateDictionary
    tensors.removeAll { $0.name == "block3.0.conv3.bias" }
    let error = #expect(throws: StateDictionaryError.self) { try target.load(tensors) }
    #expect(error?.description == "there is no tensor block3.0.conv3.bias, of shape [6]")
    tensors.append(NamedTensor(name: "7.shortcut.0.bias", shape: [6], values: Array(repeating: 0, count: 6)))
    #expect(throws: StateDictionaryError.self) { try target.load(tensors) }
  }

  @Test func theNetworkIsKnownByTheNames() throws {
    let tensors = try network(width: 5).publishedStateDictionary
    #expect(NetworkSpecification(publishedWith: tensors)?.name == "resnet18-cifar width 5")
    #expect(try NetworkSpecification(publishedWith: network().stateDictionary) == nil)
    for shape in [[], [0], [-1], [1 << 40]] {
      let hostile = [NamedTensor(name: "block1.weight", shape: shape, values: [])]
      #expect(NetworkSpecification(publishedWith: hostile)?.name == (shape.isEmpty ? "resnet18-cifar" : nil))
    }
  }

  @Test func otherNetworksKeepTheirPlaces() throws {
    let grey = Shape.image(channels: 1, height: 28, width: 28)
    for named in NamedNetwork.all where named.name != "resnet18-cifar" {
      let network = try Network(
        NetworkSpecification(text: named.name), input: grey, initialization: .he, seed: 1)
      #expect(network.publishedStateDictionary == network.stateDictionary)
    }
  }
}
