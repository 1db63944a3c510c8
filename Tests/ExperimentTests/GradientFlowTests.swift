import Foundation
import NeuralNetwork
import Testing

@testable import Experiment

@Suite struct GradientFlowTests {
  private func flow(
    _ activation: Activation, _ initialization: Initialization, signals: [Double] = [],
    with change: (inout RunConfiguration) -> Void = { _ in }
  ) -> GradientFlow {
    var configuration = RunConfiguration()
    configuration.hiddenWidths = Array(repeating: 256, count: 8)
    configuration.dropout = configuration.hiddenWidths.map { _ in 0 }
    configuration.activation = activation
    configuration.initialization = initialization
    change(&configuration)
    return GradientFlow(
      LayersMeasured(
        gradientNorms: signals + [1], signalNorms: signals,
        activationSpreads: signals.map { _ in 1 }),
      of: configuration)
  }

  /// Sigmoid .04 with N(0, .01²) and .25 with Xavier; ReLU .113, 11.3 with N(0, 1), and 1 with He.
  @Test(arguments: [
    (Activation.sigmoid, Initialization.normal(standardDeviation: 0.01), 0.04),
    (.sigmoid, .xavier, 0.25),
    (.relu, .normal(standardDeviation: 0.01), 0.113), (.relu, .normal(standardDeviation: 1), 11.3),
    (.relu, .he, 1), (.tanh, .xavier, 1),
  ])
  func theoryTellsTheFactorOfALayer(
    activation: Activation, initialization: Initialization, factor: Double
  ) throws {
    let expected = try #require(flow(activation, initialization).expectedFactor)
    #expect(abs(expected / factor - 1) < 0.002)
  }

  @Test func nothingSimpleIsSaidOfOtherNetworks() {
    #expect(flow(.relu, .he, with: { $0.batchNorm = true }).expectedFactor == nil)
    #expect(flow(.relu, .he, with: { $0.residual = true }).expectedFactor == nil)
    #expect(flow(.gelu, .he).expectedFactor == nil)
    #expect(flow(.relu, .constant(0.1)).expectedFactor == nil)
    #expect(
      flow(.relu, .he, with: { ($0.hiddenWidths, $0.dropout) = ([8, 4], [0, 0]) }).expectedFactor
        == nil)
  }

  @Test func theMeasuredFactorIsTheMeanRatioOfNeighbours() throws {
    let signals = (0..<8).map { pow(10, Double($0) - 9) }
    #expect(abs(try #require(flow(.relu, .he, signals: signals).measuredFactor) - 0.1) < 1e-12)
    #expect(flow(.relu, .he, signals: signals.map { $0 * 0 }).measuredFactor == nil)
    #expect(flow(.relu, .he, signals: signals.map { _ in .nan }).measuredFactor == nil)
  }

  @Test func everyStepIsMeasuredAtFirstAndFewerLater() {
    let steps = (0...2000).filter(LayersMeasured.measures)
    #expect(Array(steps.prefix(31)) == Array(1...31))
    #expect(steps.filter { (128..<256).contains($0) }.count == 16)
    #expect(steps.filter { $0 >= 1024 }.allSatisfy { $0.isMultiple(of: 64) })
  }

  /// log₁₀ of the norm 25.0 ± 1.75, and .558 nats a factor.
  @Test func aProductOfAHundredRandomMatricesGrowsAsTheoryTells() {
    let products = (1...200).map { RandomMatrixProduct(seed: UInt64($0)) }
    let ends = products.compactMap(\.logarithms.last)
    let mean: Double = ends.reduce(0, +) / 200
    let squares: Double = ends.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / 199).squareRoot()
    #expect(abs(mean - 25) < 0.4)
    #expect(abs(deviation - 1.75) < 0.35)
    let growth: Double = products.map(\.growth).reduce(0, +) / 200
    #expect(abs(growth - 0.558) < 0.01)
  }

  @Test func theProductOfTheReferenceHasItsNorms() throws {
    struct Case: Decodable {
      struct Product: Decodable {
        let first: [[Double]]
        let factors: [[[Double]]]
        let frobeniusNorms: [Double]
        let logGrowthPerFactor: Double
      }
      let matrixProduct: Product
    }
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../NeuralNetworkTests/Fixtures/numerical-stability.json")
    let reference = try JSONDecoder().decode(Case.self, from: Data(contentsOf: file)).matrixProduct
    let product = RandomMatrixProduct(
      ([reference.first] + reference.factors).map { $0.flatMap(\.self) }, size: 4)
    for (norm, expected) in zip(product.norms, reference.frobeniusNorms) {
      #expect(abs(norm / expected - 1) < 1e-8)
    }
    #expect(abs(product.growth - reference.logGrowthPerFactor) < 1e-9)
  }
}
