import Datasets
import Experiment
import Testing

@testable import NeuralNetwork
@testable import Training

@Suite struct ImageTrainingTests {
  private static var configuration: RunConfiguration {
    var configuration = SmallExperiment.configuration
    configuration.writtenNetwork = SmallExperiment.imageNetwork
    configuration.initialization = .he
    configuration.learningRate = 0.1
    configuration.batchSize = 30
    return configuration
  }

  @Test func aNetworkOfImagesLearns() throws {
    var configuration = Self.configuration
    configuration.epochs = 12
    configuration.momentum = 0.9
    configuration.learningRate = 0.02
    let epochs = SmallExperiment.events(configuration).evaluations()
    #expect(try #require(epochs.last?.metrics[.testAccuracy]) > 0.9)
  }

  @Test func noFigureDependsOnTheNumberOfThreads() {
    let expected = SmallExperiment.events(Self.configuration, threads: 1).evaluations().map(\.metrics)
    #expect(expected.count == 3)
    for threads in [2, 3, 4, 8] {
      let found = SmallExperiment.events(Self.configuration, threads: threads).evaluations()
      #expect(found.map(\.metrics) == expected, "\(threads) threads")
    }
  }

  @Test func passesOfDropoutInAResidualDependOnTheSampleAlone() throws {
    let images = SmallExperiment.dataset.test
    let network = try Self.configuration.makeNetwork(sample: images.shape, classes: 10)
    let examination = NetworkExamination(
      network: network, configuration: seeded(7), images: images, team: ThreadTeam(threads: 2))
    let all = examination.measureUncertainty(passes: 20)
    #expect(all.mutualInformation.contains { $0 > 0.01 })
    for image in [0, 7, 99].map({ examination.examine($0, passes: 20) }) {
      #expect(
        abs(Double(all.mutualInformation[image.image]) - image.monteCarlo.mutualInformation) < 1e-6)
    }
  }

  @Test func theLayersOfAResidualAreObserved() throws {
    let images = SmallExperiment.dataset.test
    let network = try Self.configuration.makeNetwork(sample: images.shape, classes: 10)
    var observer = LayerObserver(for: network)
    let layers = observer.observe(
      network, on: images, masks: RandomDropoutMasks(seed: 1, step: 0), team: ThreadTeam(threads: 1))
    #expect(layers.map(\.units) == [5, 8, 8, 8, 8, 17, 10])
    #expect(layers[1].activations?.mask.count == 8 * 36)
    #expect(layers.last?.activations == nil && layers.first?.activations?.mask == [])
  }

  @Test func aResidualLeavesWhatIsToldOfTheLayerBefore() throws {
    let images = SmallExperiment.dataset.test
    func first(_ rest: String) throws -> ActivationObservation? {
      var configuration = SmallExperiment.configuration
      configuration.writtenNetwork = try NetworkSpecification(text: "conv 5x3 relu " + rest)
      let network = try configuration.makeNetwork(sample: images.shape, classes: 10)
      var observer = LayerObserver(for: network)
      return observer.observe(
        network, on: images, masks: RandomDropoutMasks(seed: 1, step: 0), team: ThreadTeam(threads: 1)
      ).first?.activations
    }
    let expected = try first("conv 5x3 relu gap linear 10")
    #expect(expected != nil)
    #expect(try first("residual(conv 5x3) relu gap linear 10") == expected)
    #expect(try first("residual(conv 5x3 | conv 5x1) gelu gap linear 10") == expected)
  }

  @Test func channelsAreDroppedWhole() throws {
    let dropout = Dropout(probability: 0.5, dropsChannels: true, number: 3)
    let shape = Shape.image(channels: 7, height: 4, width: 5)
    let factors = dropout.factors(
      rows: 40, shape: shape, masks: RandomDropoutMasks(seed: 5, step: 2), team: ThreadTeam(threads: 2))
    for row in 0..<40 {
      let channels = Array(factors.row(row).prefix(7))
      #expect(channels.allSatisfy { $0 == 0 || $0 == 2 })
      #expect(Array(factors.row(row)) == (0..<20).flatMap { _ in channels })
    }
    let kept = factors.elements.count { $0 > 0 }
    #expect((0.35...0.65).contains(Double(kept) / Double(factors.elements.count)))
  }

  @Test func droppedChannelsStayAsTheyAreWithoutDropout() throws {
    let text = "conv 6x3 relu channel-dropout 0 gap linear 10"
    let shape = Shape.image(channels: 1, height: 6, width: 6)
    var network = try Network(NetworkSpecification(text: text), input: shape, initialization: .he, seed: 1)
    #expect(network.specification.text == text)
    network.setDropout(0, to: 0.3)
    #expect(network.specification.dropout == [0.3])
    var (pass, evaluation) = (Pass(for: network), Pass(for: network))
    pass.input = Tensor(rows: 4, shape: shape)
    pass.input.elements = (0..<144).map { Float($0 % 13) / 13 }
    evaluation.input = pass.input
    pass.forwardTraining(
      &network, masks: RandomDropoutMasks(seed: 1, step: 0), team: ThreadTeam(threads: 1))
    evaluation.forward(network, team: ThreadTeam(threads: 1))
    #expect(pass.output.elements != evaluation.output.elements)
    network.setDropout(0, to: 0)
    var plain = Pass(for: network)
    plain.input = evaluation.input
    plain.forwardTraining(
      &network, masks: RandomDropoutMasks(seed: 1, step: 0), team: ThreadTeam(threads: 1))
    #expect(plain.output.elements == evaluation.output.elements)
  }
}
