import Testing

@testable import NeuralNetwork

@Suite struct NamedNetworkTests {
  private let grey = Shape.image(channels: 1, height: 28, width: 28)

  @Test(arguments: [
    ("lenet", 61_706), ("lenet-relu", 61_706), ("pooled", 72_666), ("resnet8", 77_754),
    ("resnet8 width 32", 308_074), ("resnet20", 272_186),
  ]) func namedNetworksHaveAsManyParametersAsThePublishedOnes(text: String, parameters: Int) throws {
    let network = try NetworkSpecification(text: text)
    #expect(try network.check(input: grey, outputs: 10).parameters == parameters)
    #expect(try NetworkSpecification(text: network.text).text == network.text)
  }

  @Test(arguments: [(32, 1), (96, 3)])
  func theNetworkForCIFAR10ReadsImagesOfBothSizes(side: Int, last: Int) throws {
    let network = try NetworkSpecification(text: "resnet18-cifar")
    let images = Shape.image(channels: 3, height: side, width: side)
    #expect(try network.check(input: images, outputs: 10).parameters == 11_180_682)
    let shapes = try network.outputShapes(for: images)
    #expect(shapes.dropLast(2).last == .image(channels: 512, height: last, width: last))
  }

  @Test(
    arguments: NamedNetwork.all.map(\.name) + [
      "resnet8 width 32", "pooled width 1", "resnet18-cifar width 3",
    ])
  func layersThatHaveANameAreCalledByIt(text: String) throws {
    var network = try NetworkSpecification(text: text)
    #expect(network.title == text)
    network.dropout = network.dropout.map { _ in 0.4 }
    #expect(network.title == text)
    let other = try NetworkSpecification(text: network.text + " relu")
    #expect(other.name == nil && other.title == other.text)
  }

  @Test func whatFollowsANameIsRefusedUnlessItTakesIt() {
    for (text, part) in [
      ("lenet width 3", "'lenet' is a whole network"), ("resnet8 relu", "Give 'resnet8 [width N]'"),
      ("resnet8 width", "needs the channels"), ("resnet8 width 0", "1...1024"),
    ] {
      let error = #expect(throws: SpecificationError.self) { try NetworkSpecification(text: text) }
      #expect(error?.description.contains(part) == true, "\(text)")
    }
  }

  @Test func theSummaryHasTheCostsOfTheWhole() throws {
    for named in NamedNetwork.all {
      let network = try NetworkSpecification(text: named.name)
      let estimate = try network.estimate(for: grey)
      let lines = try network.summary(for: grey)
      #expect(lines.reduce(0) { $0 + $1.parameters } == estimate.parameters)
      #expect(lines.reduce(0) { $0 + $1.operations } == estimate.operationsPerSample)
      #expect(lines.last?.output == .units(10))
    }
  }

  @Test func placesAreThoseOfTheStateDictionary() throws {
    let text = "conv 4x3 bn residual(conv 4x3 relu | conv 4x1) gap linear 10"
    let specification = try NetworkSpecification(text: text)
    let network = try Network(specification, input: grey, initialization: .he, seed: 1)
    let places = try Set(specification.summary(for: grey).map(\.place))
    for tensor in network.stateDictionary {
      let place = tensor.name.split(separator: ".").dropLast().joined(separator: ".")
      #expect(places.contains(place), "\(tensor.name)")
    }
  }
}
