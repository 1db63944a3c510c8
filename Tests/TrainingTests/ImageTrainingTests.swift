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
      network: network, seed: 7, images: images, team: ThreadTeam(threads: 2))
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
}
