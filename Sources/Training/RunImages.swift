internal import Datasets
internal import Experiment
internal import NeuralNetwork

/// The images of a run: those it learns from, those held out, and those of the test set.
struct RunImages {
  private let dataset: Dataset
  /// The training images as they are learned: some may have the label of another class.
  let learned: LabeledImages
  /// Places of the training images that are learned.
  let trainIndices: [Int32]
  private let validationIndices: [Int32]
  private let hasChangedLabels: Bool
  /// What numbers the network gets for pixels.
  private let normalization: PixelNormalization?

  init(of dataset: Dataset, for configuration: RunConfiguration) {
    let dataset = dataset.data(for: configuration)
    self.dataset = dataset
    trainIndices = configuration.trainIndices(available: dataset.train.count)
    validationIndices = configuration.validationIndices(available: dataset.train.count)
    learned = dataset.train.changingLabels(
      of: trainIndices, probability: configuration.labelNoise, seed: configuration.seed,
      classes: dataset.description.task.outputCount)
    hasChangedLabels = configuration.labelNoise > 0
    normalization = configuration.normalization.ofPixels
  }

  var test: LabeledImages { dataset.test }
  /// The images there are for training, held out and left out ones included.
  var available: Int { dataset.train.count }
  var sample: Shape { dataset.train.shape }
  var classes: Int { dataset.description.task.outputCount }

  /// Fills `input` with the pixels of some training images, changed at random as `configuration` has it for an epoch.
  func gather(
    _ samples: [Int32], _ configuration: RunConfiguration, epoch: Int, into input: inout Tensor,
    team: ThreadTeam
  ) {
    let images = dataset.train
    guard configuration.augmentation.isActive else {
      return input.gather(samples, of: images, normalization: normalization, team: team)
    }
    input.gather(
      samples, of: images.pixels, width: images.width, channels: images.channels,
      normalization: normalization,
      augmentation: configuration.augmentation(epoch: epoch), team: team)
  }

  /// Measures a network on all of them, with dropout off; `note` gets the places of test images and their logits.
  func measure(
    _ network: Network, by evaluation: inout Evaluation, takeTeam: () -> ThreadTeam,
    note: (_ samples: [Int32], _ logits: Tensor) -> Void
  ) -> Measurements {
    var tally = LabelNoiseTally(learned: learned.labels, original: dataset.train.labels)
    var metrics = evaluation.measure(
      network, on: .train, of: learned, indices: trainIndices, takeTeam: takeTeam
    ) { samples, logits in
      if hasChangedLabels { tally.add(samples, logits) }
    }
    metrics.add(tally.measurements)
    if !validationIndices.isEmpty {
      metrics.add(
        evaluation.measure(
          network, on: .validation, of: dataset.train, indices: validationIndices, takeTeam: takeTeam))
    }
    metrics.add(
      evaluation.measure(
        network, on: .test, of: dataset.test, indices: Array(0..<Int32(dataset.test.count)),
        takeTeam: takeTeam, note: note))
    return metrics
  }
}
