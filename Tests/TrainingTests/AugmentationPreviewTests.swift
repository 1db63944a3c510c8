import Datasets
import Experiment
import Testing

@testable import NeuralNetwork
@testable import Training

/// Training images as they are shown to be learnt from.
@Suite struct AugmentationPreviewTests {
  private static let images = SmallExperiment.dataset.train

  private static func configuration(_ change: (inout RunConfiguration) -> Void = { _ in }) -> RunConfiguration
  {
    var configuration = SmallExperiment.configuration
    configuration.augmentation.flip = true
    configuration.augmentation.shift = 2
    change(&configuration)
    return configuration
  }

  private static func preview(_ configuration: RunConfiguration, rank: Int, epochs: Range<Int> = 1..<3) throws
    -> AugmentedImage
  {
    try #require(
      images.augmented(AugmentedImage.Request(configuration: configuration, rank: rank, epochs: epochs)))
  }

  /// Changes of images 0 to 5 by seed 1 in epochs 1 and 2: mirrored or not, right, down.
  ///
  /// From a Philox 4×32-10 in Python that gives the published vectors: counters (image, epoch, 0, 5·2²⁴).
  private static let draws: [[(flip: Bool, right: Int, down: Int)]] = [
    [(true, -2, 1), (true, 2, -1), (false, -1, 1), (false, -1, 1), (false, 0, -1), (true, 2, -2)],
    [(false, -2, 2), (true, -2, -2), (true, -1, 2), (true, 2, 2), (false, 2, -1), (true, -2, 1)],
  ]

  @Test func imagesAreShownAsDrawn() throws {
    for place in 0..<6 {
      let image = try Self.preview(Self.configuration(), rank: place)
      let original = Array(Self.images.pixels[place * 36..<(place + 1) * 36])
      #expect(image.place == place && image.label == Self.images.labels[place] && image.pixels == original)
      #expect(image.versions.map(\.epoch) == [1, 2])
      for (epoch, version) in image.versions.enumerated() {
        let (flip, right, down) = Self.draws[epoch][place]
        #expect(version.isMirrored == flip && version.right == right && version.down == down)
        let expected = (0..<36).map { pixel -> UInt8 in
          let (y, x) = (pixel / 6 - down, pixel % 6 - right)
          guard (0..<6).contains(y), (0..<6).contains(x) else { return 0 }
          return original[y * 6 + (flip ? 5 - x : x)]
        }
        #expect(version.pixels == expected, "image \(place), epoch \(epoch + 1)")
      }
    }
  }

  @Test func trainingLearnsFromWhatIsShown() throws {
    // Weights that stay where they are: the loss of an epoch is that of the images that it saw.
    let configuration = Self.configuration {
      $0.dropout = [0, 0]
      $0.learningRate = 1e-30
      $0.batchSize = 100
      $0.trainSize = 100
      $0.seed = 7
    }
    let previews = try (0..<100).map { try Self.preview(configuration, rank: $0, epochs: 1..<4) }
    #expect(Set(previews.map(\.place)).count == 100)
    #expect(previews.map(\.place) != Array(0..<100), "the seed chooses among all images")
    let losses = SmallExperiment.events(configuration).steps().map { $0.lossSum / 100 }
    #expect(losses.count == 3)
    let network = try configuration.makeNetwork(sample: .units(36), classes: 10)
    for epoch in 0..<3 {
      let shown = LabeledImages(
        count: 100, height: 6, width: 6, pixels: previews.flatMap { $0.versions[epoch].pixels },
        labels: previews.map(\.label))
      var evaluation = Evaluation(for: network, Objective(RunConfiguration()))
      let measured = evaluation.measure(network, on: .train, of: shown, indices: Array(0..<100)) {
        ThreadTeam(threads: 1)
      }
      #expect(try abs(#require(measured[.trainLoss]) - losses[epoch]) < 1e-6, "epoch \(epoch + 1)")
    }
    #expect(abs(losses[0] - losses[1]) > 1e-4, "epochs differ by far more than that")
  }

  @Test func withoutAugmentationEveryVersionIsTheImage() throws {
    let image = try Self.preview(Self.configuration { $0.augmentation = Augmentation() }, rank: 3)
    for version in image.versions {
      #expect(version.pixels == image.pixels && !version.isMirrored)
      #expect(version.right == 0 && version.down == 0)
    }
  }

  @Test func imagesThatARunDoesNotLearnFromAreNotShown() throws {
    let configuration = Self.configuration { $0.validationSize = 30 }
    let heldOut = configuration.validationIndices(available: 330)
    let places = try (0..<300).map { try Self.preview(configuration, rank: $0).place }
    #expect(Set(places).isDisjoint(with: heldOut.map(Int.init)))
    for rank in [-1, 300] {
      let request = AugmentedImage.Request(configuration: configuration, rank: rank, epochs: 1..<2)
      #expect(Self.images.augmented(request) == nil)
    }
  }
}
