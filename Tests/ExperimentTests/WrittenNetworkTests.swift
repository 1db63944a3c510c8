import Foundation
import NeuralNetwork
import Testing

@testable import Experiment

/// A network whose layers are written out takes the place of the perceptron of `--hidden`.
struct WrittenNetworkTests {
  private static let text = "linear 64 relu dropout 0.25 linear 32 tanh dropout 0.5 linear 10"

  private func given(_ texts: [Setting: String]) -> GivenSettings {
    var given = GivenSettings()
    for (setting, text) in texts { given[setting] = text }
    return given
  }

  @Test func theLayersAreReadAndPrintedWithTheirDropout() throws {
    let configuration = try given([.network: Self.text]).configuration()
    #expect(configuration.dropout == [0.25, 0.5])
    #expect(Setting.network.text(in: configuration) == Self.text)
    #expect(configuration.networkTitle == Self.text)
    #expect(configuration.network.text == Self.text)
    #expect(!Setting.hidden.applies(to: configuration))
    #expect(Setting.hidden.value(in: configuration) == .none)
  }

  @Test func dropoutIsChangedByItsPlace() throws {
    var configuration = try given([.network: Self.text, .dropout: "0.1,0"]).configuration()
    #expect(configuration.network.text == "linear 64 relu dropout 0.1 linear 32 tanh dropout 0 linear 10")
    configuration = try configuration.changed(
      by: SettingChange(.dropout, layer: 1, to: .number(0.75)))
    #expect(
      Setting.network.text(in: configuration)
        == "linear 64 relu dropout 0.1 linear 32 tanh dropout 0.75 linear 10")
    #expect(configuration.withoutDropout().network.dropout == [0, 0])
    #expect(try given([.network: Self.text, .dropout: "0.4"]).configuration().dropout == [0.4, 0.4])
    let networks = try given([.network: Self.text, .dropout: "0.25,0.5"]).configuration()
    #expect(try given([.network: Self.text]).configuration() == networks)
  }

  @Test(arguments: [
    ([Setting.network: text, .hidden: "64"], Setting.hidden, "--network says all layers"),
    ([.network: text, .activation: "tanh"], .activation, "--network says all layers"),
    ([.network: text, .batchNorm: "true"], .batchNorm, "--network says all layers"),
    ([.network: text, .dropout: "0.1,0.2,0.3"], .dropout, "given 3, dropout layers 2"),
    ([.network: "linear 64 relu"], .network, "the network gives 64 numbers, and the data need 10"),
    ([.network: "linear 64 rleu linear 10"], .network, "'rleu', word 3, is no layer"),
    ([.network: ""], .network, "a network has at least one layer"),
    ([.network: "linear 100000000 linear 10"], .network, "more than 100000000 parameters"),
    ([.network: "batch-norm linear 10", .batchSize: "1"], .batchSize, "batch norm needs at least 2 images"),
  ])
  func whatDoesNotBelongTogetherIsRefused(texts: [Setting: String], setting: Setting, problem: String) {
    let error = #expect(throws: ConfigurationError.self) { try given(texts).configuration() }
    #expect(error?.setting == setting)
    #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
  }

  @Test func aChangeOfTheNetworkTakesThePlaceOfTheOther() throws {
    let perceptron = given([.hidden: "32", .dropout: "0.1", .activation: "tanh", .learningRate: "0.1"])
    let written = perceptron.changed(by: given([.network: Self.text]))
    #expect(written.texts == [.network: Self.text, .learningRate: "0.1"])
    let back = written.changed(by: given([.hidden: "16"]))
    #expect(back.texts == [.hidden: "16", .learningRate: "0.1"])
    #expect(written.changed(by: given([.dropout: "0"])).texts[.network] == Self.text)
    #expect(try Preset.d2lMLP.prepared.merged(with: given([.network: Self.text])).texts[.dropout] == nil)
  }

  @Test func theDifferenceOfTwoNetworksIsTheirLayers() throws {
    let versus = try VersusSpecification(run: "network=linear 10")
    let first = given([.hidden: "32"])
    let second = try versus.configuration(against: first)
    let difference = RunDifference(try first.configuration(), second)
    #expect(difference.settings == [.network, .dropout])
    #expect(difference.names == ["784-32-10, dropout 0.2", "linear 10"])
    #expect(!difference.sharesInitialWeights)
  }

  @Test func aForkCannotHaveOtherLayers() throws {
    let configuration = try given([.network: Self.text]).configuration()
    #expect(throws: ConfigurationError.self) {
      try configuration.forked(with: given([.network: "linear 10"]))
    }
    #expect(throws: ConfigurationError.self) { try configuration.forked(with: given([.hidden: "10"])) }
    let fork = try configuration.forked(with: given([.dropout: "0.9"]))
    #expect(fork.network.dropout == [0.9, 0.9])
  }

  @Test func aSweepGoesOverNetworksAndTheirDropout() throws {
    let plan = try SweepSpecification(
      options: given([.network: "linear 8 relu dropout 0 linear 10,dropout 0.1 linear 10", .dropout: "0,0.5"]
      ),
      over: [], seeds: 1, steps: nil
    ).plan(trainingImages: 100)
    #expect(
      plan.cells.map(\.configuration.networkTitle) == [
        "linear 8 relu dropout 0 linear 10", "linear 8 relu dropout 0.5 linear 10", "dropout 0 linear 10",
        "dropout 0.5 linear 10",
      ])
  }

  @Test func dropoutIsCountedAfterTheLayerThatItFollows() throws {
    let network = try NetworkSpecification(
      text: "dropout 0.1 linear 4 linear 4 relu dropout 0.2 batch-norm dropout 0.3 linear 10")
    #expect(network.dropoutAfterWeights == [nil, 1, nil])
  }
}
