import Experiment
import Testing

@testable import Training

/// Training on images that are changed at random.
@Suite struct AugmentationTests {
  private static var configuration: RunConfiguration {
    var configuration = SmallExperiment.configuration
    configuration.augmentation.flip = true
    configuration.augmentation.shift = 1
    return configuration
  }

  private static func losses(_ change: (inout RunConfiguration) -> Void = { _ in }, threads: Int = 1)
    -> [Double]
  {
    var configuration = configuration
    change(&configuration)
    return SmallExperiment.events(configuration, threads: threads).steps().map(\.lossSum)
  }

  @Test func augmentationChangesWhatIsLearnedFrom() {
    let augmented = Self.losses()
    #expect(augmented[0] != Self.losses { $0.augmentation = Augmentation() }[0])
    #expect(augmented[0] != Self.losses { $0.augmentation.shift = 0 }[0])
    #expect(augmented[0] != Self.losses { $0.seed = 2 }[0])
  }

  @Test func twinsLearnFromTheSameChangedImages() {
    // A rate of almost 0 leaves the weights where they were: with dropout off the losses tell of the images only.
    let still: (inout RunConfiguration) -> Void = {
      $0.dropout = [0, 0]
      $0.learningRate = 1e-30
    }
    let alone = Self.losses(still)
    let twin = Self.losses {
      still(&$0)
      $0.labelSmoothing = 0.2
      $0.weightDecay = 0.1
    }
    #expect(alone == twin)
    // Every epoch shows every image changed in another way.
    let epochs = [alone.prefix(11), alone.dropFirst(11).prefix(11)].map { $0.reduce(0, +) }
    #expect(abs(epochs[0] - epochs[1]) > 1e-6)
    // The batches of a run do not matter either.
    let larger = Self.losses {
      still(&$0)
      $0.batchSize = 330
    }
    #expect(abs(larger[0] - epochs[0]) < 1e-3)
  }

  @Test(arguments: [2, 3])
  func augmentationDoesNotDependOnThreads(threads: Int) {
    let large: (inout RunConfiguration) -> Void = {
      $0.hiddenWidths = [300, 200]
      $0.batchSize = 330
    }
    #expect(Self.losses(large, threads: threads) == Self.losses(large))
  }

  @Test func evaluationSeesTheImagesAsTheyAre() {
    let still: (inout RunConfiguration) -> Void = { $0.learningRate = 1e-30 }
    func evaluations(_ change: (inout RunConfiguration) -> Void) -> [Double] {
      var configuration = Self.configuration
      still(&configuration)
      change(&configuration)
      return SmallExperiment.events(configuration).evaluations().flatMap {
        $0.metrics.all.filter { [.train, .test].contains($0.figure.split) }.map(\.value)
      }
    }
    #expect(evaluations { _ in } == evaluations { $0.augmentation = Augmentation() })
  }
}
