import Foundation
import Testing

@testable import NeuralNetwork

@Suite struct NetworkSpecificationTests {
  func error(_ text: String) -> String? {
    do {
      _ = try NetworkSpecification(text: text).estimate(for: .units(784))
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    "linear 10", "linear 256 relu dropout 0.2 linear 256 relu dropout 0.5 linear 10",
    "dropout 0.1 linear 7 batch-norm leaky-relu dropout 1e-5 elu linear 3 sigmoid tanh",
  ])
  func whatIsReadIsPrintedAgain(text: String) throws {
    let specification = try NetworkSpecification(text: text)
    #expect(specification.text == text)
    let coded = try JSONDecoder().decode(
      [NetworkSpecification].self, from: JSONEncoder().encode([specification]))
    #expect(coded == [specification])
    let network = try Network(specification, input: .units(5), initialization: .he, seed: 1)
    #expect(network.specification == specification)
  }

  @Test func spacesMayBeManyAndLinesBroken() throws {
    #expect(
      try NetworkSpecification(text: "  linear\t5\n relu   linear 2 ").text == "linear 5 relu linear 2")
  }

  @Test func aPerceptronExpandsToItsLayers() {
    let plain = NetworkSpecification(hiddenWidths: [256, 128], dropout: [0.2, 0], outputs: 10)
    #expect(plain.text == "linear 256 relu dropout 0.2 linear 128 relu dropout 0 linear 10")
    let normalized = NetworkSpecification(
      hiddenWidths: [8], dropout: [0.5], activation: .tanh, batchNorm: true, outputs: 3)
    #expect(normalized.text == "linear 8 batch-norm tanh dropout 0.5 linear 3")
    #expect(NetworkSpecification(hiddenWidths: [], dropout: [], outputs: 10).text == "linear 10")
  }

  @Test func aFaultNamesTheWordAndWhatIsPossible() {
    for (text, parts) in [
      ("linear 5 rleu", ["'rleu', word 3, is no layer", "linear UNITS [no-bias], conv OUTPUTSxKERNEL"]),
      ("linear", ["'linear' at the end needs the units", "1...100000000"]),
      ("linear five", ["'five', word 2, is not what 'linear' needs", "a whole number"]),
      ("linear 0", ["'0', word 2"]), ("linear -3", ["'-3', word 2"]), ("linear 0x10", ["'0x10', word 2"]),
      ("linear 9223372036854775808", ["word 2"]), ("dropout 1.5", ["'1.5', word 2", "0...1"]),
      ("dropout nan", ["'nan', word 2"]), ("", ["at least one layer", "Layers are"]),
      (String(repeating: "x", count: 5000), ["'xxxxxxxxxxxxxxxxxxxx…'"]),
    ] {
      let found = error(text)
      for part in parts {
        #expect(found?.contains(part) == true, "\(text.prefix(40)): \(found ?? "accepted")")
      }
    }
  }

  @Test func layersOfImagesAreReadAndPrinted() throws {
    let text =
      "conv 16x3 no-bias batch-norm relu channel-dropout 0.1 pool 2 "
      + "residual(conv 32x3 stride 2 no-bias batch-norm relu conv 32x3 | conv 32x1 stride 2) relu "
      + "average-pool 3 stride 2 padding 1 conv 8x4 padding 0 gap linear 10"
    #expect(try NetworkSpecification(text: text).text == text)
    let short =
      "conv 16x3 padding 1 stride 1 bn relu residual( conv 16x3 bn|conv 16x1 )pool 2 stride 2 flatten"
    #expect(
      try NetworkSpecification(text: short).text
        == "conv 16x3 batch-norm relu residual(conv 16x3 batch-norm | conv 16x1) pool 2 flatten")
    let shapes = try NetworkSpecification(text: text).outputShapes(
      for: .image(channels: 3, height: 32, width: 31))
    #expect(
      shapes.map(\.title) == [
        "16 × 32 × 31", "16 × 32 × 31", "16 × 32 × 31", "16 × 32 × 31", "16 × 16 × 15", "32 × 8 × 8",
        "32 × 8 × 8",
        "32 × 4 × 4", "8 × 1 × 1", "8 units", "10 units",
      ])
  }

  @Test(arguments: [
    ("conv 16", "such as 16x3"), ("conv 16x", "such as 16x3"), ("conv 0x3", "1...65536"),
    ("conv 16x65", "1...64"), ("conv 16x3 padding 3", "0...2"), ("conv 16x3 stride 0", "1...64"),
    ("pool 16", "1...15"), ("pool 3 padding 2", "0...1"), ("residual", "layers in brackets"),
    ("residual(", "at least one layer"), ("residual()", "')', word 3, is no layer"),
    ("residual(relu", "does not end"), ("residual(relu | )", "is no layer"), ("relu )", "is no layer"),
    (String(repeating: "residual(", count: 100_000), "more than 8 residuals in each other"),
    ("residual(" + String(repeating: "relu ", count: 1_000_000) + ")", "more than 4001 layers"),
  ]) func aFaultInALayerOfImagesNamesWhatIsPossible(text: String, part: String) {
    let found = error(text)
    #expect(found?.contains(part) == true, "\(text.prefix(40)): \(found ?? "accepted")")
  }

  @Test(arguments: [
    ("linear 10", "Put 'flatten' before it"),
    ("flatten conv 8x3", "'conv 8x3' reads images, and gets 784 units"),
    ("conv 8x31 padding 0", "images of at least 31 × 31"), ("pool 15 pool 15", "images of at least 15 × 15"),
    ("flatten channel-dropout 0.5", "'channel-dropout 0.5' reads images"),
    ("residual(conv 8x3)", "such as '| conv 8x1'"),
    ("conv 4x3 residual(conv 8x3 stride 2)", "such as '| conv 8x1 stride 2'"),
    ("residual(conv 8x3 | conv 4x1)", "its shortcut gives 4 × 28 × 28"),
    ("flatten linear 4 residual(linear 5)", "such as '| linear 5'"),
    ("conv 65536x1 conv 65536x1 stride 64", "more than 100000000 parameters"),
    (String(repeating: "conv 65536x64 padding 63 ", count: 100), "more than 100000000"),
    (
      String(repeating: "pool 1 padding 0 ", count: 10) + "conv 3000x1 padding 0 "
        + String(repeating: "conv 3000x2 padding 1 ", count: 200), "more than 100000000"
    ),
  ]) func whatALayerCannotReadIsTold(text: String, part: String) throws {
    let network = try NetworkSpecification(text: text)
    let error = #expect(throws: SpecificationError.self) {
      try network.estimate(for: .image(channels: 1, height: 28, width: 28))
    }
    #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
  }

  @Test func noSizeOverflows() {
    #expect(error("linear 100000000")?.contains("more than 100000000 parameters") == true)
    let wide = error("linear 1000 " + String(repeating: "linear 100000000 ", count: 500))
    #expect(wide?.contains("'linear 100000000', layer 2,") == true)
    #expect(error(String(repeating: "linear 1 ", count: 1000)) == nil)
    #expect(error(String(repeating: "linear 1 ", count: 4002))?.contains("more than 4001 layers") == true)
    #expect(error(String(repeating: "relu ", count: 1_000_000))?.contains("more than 4001 layers") == true)
  }

  @Test(arguments: [
    "residual(linear 100000000 linear 784) linear 10",
    "residual(residual(linear 10000000 linear 784)) linear 10",
    "residual(relu | linear 100000000 linear 784) linear 10",
  ])
  func noSizeIsOverlookedWithinAResidual(text: String) throws {
    let network = try NetworkSpecification(text: text)
    let error = #expect(throws: SpecificationError.self) {
      try network.check(input: .units(784), outputs: 10)
    }
    #expect(
      error?.description.contains("layer 1, the network would have more than 100000000 parameters") == true)
  }

  @Test func anErrorIsShortHoweverLongTheTextIs() throws {
    let mark = "e" + String(repeating: "\u{301}", count: 1_000_000)
    let word = #expect(throws: SpecificationError.self) { try NetworkSpecification(text: mark) }
    #expect(word?.problem.contains("word 1, is no layer") == true)
    let blocks = String(repeating: "linear 1000 ", count: 1000)
    let long = try NetworkSpecification(text: "residual(\(blocks) linear 100000000 linear 784)")
    let error = #expect(throws: SpecificationError.self) { try long.estimate(for: .units(784)) }
    for error in [word, error] { #expect((error?.problem.unicodeScalars.count ?? 999) < 200) }
  }

  @Test func marksNeedNoSpaceAndOthersSeparateNothing() throws {
    let network = try NetworkSpecification(text: "\n residual(relu|linear 784)\tlinear 10 ")
    #expect(network.text == "residual(relu | linear 784) linear 10")
    for text in ["relu\u{a0}relu", "relu(\u{301}", "relu\u{301}"] {
      #expect(throws: SpecificationError.self) { try NetworkSpecification(text: text) }
    }
  }

  @Test func theCostIsToldBeforeAnythingIsMade() throws {
    let estimate = try NetworkSpecification(hiddenWidths: [256, 256], dropout: [0.2, 0.5], outputs: 10)
      .estimate(for: .units(784))
    #expect(estimate.parameters == 269_322)
    #expect(estimate.numbersPerSample == 784 + 256 + 256 + 10)
    #expect(estimate.operationsPerSample == 2 * (784 * 256 + 256 * 256 + 256 * 10) + 4 * 256)
    let normalized = try NetworkSpecification(text: "linear 8 batch-norm linear 2").estimate(for: .units(3))
    let network = try Network(
      NetworkSpecification(text: "linear 8 batch-norm linear 2"), input: .units(3), initialization: .he,
      seed: 1)
    #expect(normalized.parameters == network.parameterCount)
  }

  @Test func aNetworkMustFitItsData() throws {
    let specification = try NetworkSpecification(text: "linear 8 relu linear 7")
    let error = #expect(throws: SpecificationError.self) {
      try specification.check(input: .units(4), outputs: 10)
    }
    #expect(error?.problem == "the network gives 7 numbers, and the data need 10")
    #expect(error?.remedy.contains("'linear 10'") == true)
    #expect(throws: Never.self) { try specification.check(input: .units(4), outputs: 7) }
  }

  @Test func everyDropoutHasRandomNumbersOfItsOwn() throws {
    let network = try Network(
      NetworkSpecification(
        text: "dropout 0.1 dropout 0.1 linear 4 dropout 0.2 relu dropout 0.3 linear 3 dropout 0.4"),
      input: .units(5), initialization: .he, seed: 1)
    let numbers = network.layers.compactMap { $0.dropout?.number }
    #expect(Set(numbers).count == 6)
    let perceptron = Network.perceptron(inputs: 5, hiddenWidths: [4, 4], outputs: 2, dropout: [0.2, 0.5])
    #expect(perceptron.layers.compactMap { $0.dropout?.number } == [0, 1, 2], "as in sessions of old")
  }

  @Test func dropoutIsChangedByItsPlace() throws {
    var network = try Network(
      NetworkSpecification(text: "linear 4 relu dropout 0.2 linear 4 dropout 0.3 linear 2"), input: .units(3),
      initialization: .he, seed: 1, inputDropout: 0.7)
    network.setDropout(1, to: 0.9)
    #expect(network.specification.dropout == [0.2, 0.9])
    network.setDropout(2, to: 0.5)
    #expect(network.specification.dropout == [0.2, 0.9])
    var specification = network.specification
    specification.dropout = [0, 1]
    #expect(specification.text == "linear 4 relu dropout 0 linear 4 dropout 1 linear 2")
  }
}
