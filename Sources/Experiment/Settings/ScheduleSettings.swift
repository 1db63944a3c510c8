internal import Datasets

extension Setting {
  /// The settings that describe what is trained on, how long, and with which random numbers.
  static let ofSchedule = [
    batchSize, epochs, seed, trainSize, validation, labelNoise, earlyStopping, evaluationInterval,
  ]

  private static let otherBatches = "the fork would not see the same batches"

  /// Images per step.
  public static let batchSize = Setting(
    "batch-size", "batch size", at: \.batchSize, as: .integer, in: .schedule, value: "images",
    help: "Images per step.",
    default: { $0.dataset.task.kind == .regression ? 10 : RunConfiguration().batchSize },
    defaultWords: "256; 10 for a regression", allows: { (1...65_536).contains($0) },
    range: "the batch size lies in 1...65536",
    remedy: "Give for example 256", decides: [.batches], obstacleToFork: otherBatches,
    live: LiveSetting(
      symbol: "batch", keys: ["/", "*"], step: .scale(2, 1...65_536, reachesZero: false), isPerEpoch: true),
    words: { configuration, _ in "batch \(configuration.batchSize)" })

  /// Passes over the training set.
  public static let epochs = Setting(
    "epochs", "epochs", at: \.epochs, as: .integer, in: .schedule, value: "count",
    help: "Passes over the training set.",
    default: { $0.dataset.task.kind == .regression ? 100 : RunConfiguration().epochs },
    defaultWords: "10; 100 for a regression",
    allows: { (1...RunConfiguration.largestEpochCount).contains($0) },
    range: "the number of epochs lies in 1...\(RunConfiguration.largestEpochCount)",
    remedy: "Give for example 10",
    live: LiveSetting(
      symbol: "epochs", step: .add(1, 1...Double(RunConfiguration.largestEpochCount))),
    words: { configuration, grouped in SettingText.count(configuration.epochs, "epoch", grouped) })

  /// Key of the random streams.
  public static let seed = Setting(
    "seed", "seed", at: \.seed, as: .seed, in: .schedule, value: "number",
    help: "Key of weights, batches and dropout masks.", decides: [.initialWeights, .batches],
    obstacleToFork: otherBatches, words: { configuration, _ in "seed \(configuration.seed)" })

  /// Training images used.
  public static let trainSize = Setting(
    "train-size", "training images", at: \.trainSize, as: .optional(.integer, none: SettingText.all),
    in: .schedule, value: "images", help: "Train on so many images, drawn by the seed.",
    allows: { $0.map { $0 >= 1 } ?? true }, range: "at least 1 image is needed",
    remedy: "Give for example 6000, or leave it out to use all", decides: [.batches],
    obstacleToFork: otherBatches,
    words: { configuration, grouped in configuration.trainSize.map { "\(grouped($0)) of the training images" }
    })

  /// Training images held out.
  public static let validation = Setting(
    "validation", "images held out", at: \.validationSize, as: .optional(.integer), in: .schedule,
    value: "images",
    help: "Hold out so many training images, drawn by the seed, and measure on them.",
    allows: { $0.map { $0 >= 1 } ?? true }, range: "at least 1 image must be held out",
    remedy: "Give for example 5000, or leave it out to hold out none", decides: [.batches],
    obstacleToFork: otherBatches,
    words: { configuration, grouped in
      configuration.validationSize.map { "\(grouped($0)) of the training images held out for validation" }
    })

  /// Share of the training images that are learned with a wrong label.
  public static let labelNoise = Setting(
    "label-noise", "label noise", at: \.labelNoise, as: .number, in: .schedule, value: "probability",
    help:
      "Give each training image with this probability the label of another class, drawn by the seed; test images and "
      + "those held out keep theirs.",
    allows: { (0..<1).contains($0) }, range: "label noise lies in 0..<1", remedy: "Give for example 0.2",
    decides: [.batches], obstacleToFork: "the fork would not learn the same labels", mayBeLeftOut: true,
    applies: { $0.dataset.task.kind == .classification },
    inapplicable: ("a regression has no labels to change", "Leave it out"),
    words: { configuration, _ in
      let share = configuration.labelNoise
      return share > 0 ? "label noise \(SettingText.number(share))" : nil
    })

  /// Epochs without a better validation accuracy after which a run ends.
  public static let earlyStopping = Setting(
    "early-stopping", "early stopping", at: \.earlyStopping, as: .optional(.integer), in: .schedule,
    value: "epochs",
    help:
      "End after so many epochs without a higher validation accuracy, with the weights of the best epoch.",
    allows: { $0.map { (1...RunConfiguration.largestEpochCount).contains($0) } ?? true },
    range: "a run waits for 1...\(RunConfiguration.largestEpochCount) epochs",
    remedy: "Give for example 5, or leave it out for all epochs",
    words: { configuration, grouped in
      configuration.earlyStopping.map { "ends \(SettingText.count($0, "epoch", grouped)) after the best" }
    })

  /// Epochs from one evaluation to the next.
  public static let evaluationInterval = Setting(
    "evaluate-every", "epochs between evaluations", at: \.evaluationInterval, as: .integer, in: .schedule,
    value: "epochs",
    help:
      "Measure the weights after every so many epochs, and after the last: the others then take less time.",
    allows: { (1...RunConfiguration.largestEpochCount).contains($0) },
    range: "the weights are measured after every 1...\(RunConfiguration.largestEpochCount) epochs",
    remedy: "Give for example 5, for every fifth and the last",
    words: { configuration, grouped in
      let interval = configuration.evaluationInterval
      return interval > 1 ? "measured every \(SettingText.count(interval, "epoch", grouped))" : nil
    })
}
