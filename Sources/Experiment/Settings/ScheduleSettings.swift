internal import Datasets
internal import Messages

extension Setting {
  /// The settings that describe what is trained on, how long, and with which random numbers.
  static let ofSchedule = [
    batchSize, epochs, seed, trainSize, validation, labelNoise, earlyStopping, evaluationInterval,
  ]

  private static var otherBatches: String {
    says("the fork would not see the same batches", "分支看到的就不是同样的批量")
  }

  /// Images per step.
  public static let batchSize = Setting(
    "batch-size", "batch size", "批量大小", at: \.batchSize, as: .integer, in: .schedule, value: "images",
    help: says("Images per step.", "每步的图像数。"),
    default: { $0.dataset.task.kind == .regression ? 10 : RunConfiguration().batchSize },
    defaultWords: says("256; 10 for a regression", "256；回归为 10"), allows: { (1...65_536).contains($0) },
    range: says("the batch size lies in 1...65536", "批量大小在 1...65536 内"),
    remedy: says("Give for example 256", "例如用 256"), decides: [.batches], obstacleToFork: otherBatches,
    live: LiveSetting(
      symbol: "batch", keys: ["/", "*"], step: .scale(2, 1...65_536, reachesZero: false), isPerEpoch: true),
    words: { configuration, _ in says("batch", "批量") + " \(configuration.batchSize)" })

  /// Passes over the training set.
  public static let epochs = Setting(
    "epochs", "epochs", "轮数", at: \.epochs, as: .integer, in: .schedule, value: "count",
    help: says("Passes over the training set.", "把训练集过多少遍。"),
    default: { $0.dataset.task.kind == .regression ? 100 : RunConfiguration().epochs },
    defaultWords: says("10; 100 for a regression", "10；回归为 100"),
    allows: { (1...RunConfiguration.largestEpochCount).contains($0) },
    range: says(
      "the number of epochs lies in 1...\(RunConfiguration.largestEpochCount)",
      "训练轮数在 1...\(RunConfiguration.largestEpochCount) 内"),
    remedy: says("Give for example 10", "例如用 10"),
    live: LiveSetting(
      symbol: "epochs", step: .add(1, 1...Double(RunConfiguration.largestEpochCount))),
    words: { configuration, grouped in
      says(
        SettingText.count(configuration.epochs, "epoch", grouped), "\(grouped(configuration.epochs)) 轮")
    })

  /// Key of the random streams.
  public static let seed = Setting(
    "seed", "seed", "种子", at: \.seed, as: .seed, in: .schedule, value: "number",
    help: says("Key of weights, batches and dropout masks.", "决定权重、批量和暂退掩码的随机种子。"),
    decides: [.initialWeights, .batches],
    obstacleToFork: otherBatches, words: { configuration, _ in says("seed", "种子") + " \(configuration.seed)" }
  )

  /// Training images used.
  public static let trainSize = Setting(
    "train-size", "training images", "训练图像", at: \.trainSize, as: .optional(.integer, none: SettingText.all),
    in: .schedule, value: "images",
    help: says("Train on so many images, drawn by the seed.", "只用这么多张图像训练，按种子抽取。"),
    allows: { $0.map { $0 >= 1 } ?? true }, range: says("at least 1 image is needed", "至少需要 1 张图像"),
    remedy: says("Give for example 6000, or leave it out to use all", "例如用 6000，使用全部就去掉它"),
    decides: [.batches],
    obstacleToFork: otherBatches,
    words: { configuration, grouped in
      configuration.trainSize.map {
        says("\(grouped($0)) of the training images", "\(grouped($0)) 张训练图像")
      }
    })

  /// Training images held out.
  public static let validation = Setting(
    "validation", "images held out", "留出图像", at: \.validationSize, as: .optional(.integer), in: .schedule,
    value: "images",
    help: says(
      "Hold out so many training images, drawn by the seed, and measure on them.", "按种子留出这么多张训练图像作验证集，在其上测量。"),
    allows: { $0.map { $0 >= 1 } ?? true }, range: says("at least 1 image must be held out", "至少要留出 1 张图像"),
    remedy: says("Give for example 5000, or leave it out to hold out none", "例如用 5000，不留出就去掉它"),
    decides: [.batches],
    obstacleToFork: otherBatches,
    words: { configuration, grouped in
      configuration.validationSize.map {
        says(
          "\(grouped($0)) of the training images held out for validation",
          "留出 \(grouped($0)) 张训练图像作验证")
      }
    })

  /// Share of the training images that are learned with a wrong label.
  public static let labelNoise = Setting(
    "label-noise", "label noise", "标签噪声", at: \.labelNoise, as: .number, in: .schedule, value: "probability",
    help:
      says(
        "Give each training image with this probability the label of another class, drawn by the seed; test images and "
          + "those held out keep theirs.",
        "每张训练图像以此概率按种子换成另一类别的标签；测试图像和留出图像不变。"),
    allows: { (0..<1).contains($0) }, range: says("label noise lies in 0..<1", "标签噪声在 0..<1 内"),
    remedy: says("Give for example 0.2", "例如用 0.2"),
    decides: [.batches], obstacleToFork: says("the fork would not learn the same labels", "分支学的就不是同样的标签"),
    mayBeLeftOut: true,
    applies: { $0.dataset.task.kind == .classification },
    inapplicable: (
      says("a regression has no labels to change", "回归没有可改的标签"), says("Leave it out", "去掉它")
    ),
    words: { configuration, _ in
      let share = configuration.labelNoise
      return share > 0 ? says("label noise", "标签噪声") + " \(SettingText.number(share))" : nil
    })

  /// Epochs without a better validation accuracy after which a run ends.
  public static let earlyStopping = Setting(
    "early-stopping", "early stopping", "提前停止", at: \.earlyStopping, as: .optional(.integer), in: .schedule,
    value: "epochs",
    help:
      says(
        "End after so many epochs without a higher validation accuracy, with the weights of the best epoch.",
        "验证精度连续这么多轮没有提高便结束，取最佳一轮的权重。"),
    allows: { $0.map { (1...RunConfiguration.largestEpochCount).contains($0) } ?? true },
    range: says(
      "a run waits for 1...\(RunConfiguration.largestEpochCount) epochs",
      "等待的轮数在 1...\(RunConfiguration.largestEpochCount) 内"),
    remedy: says("Give for example 5, or leave it out for all epochs", "例如用 5，训练全部轮数就去掉它"),
    words: { configuration, grouped in
      configuration.earlyStopping.map {
        says("ends \(SettingText.count($0, "epoch", grouped)) after the best", "最佳之后 \(grouped($0)) 轮结束")
      }
    })

  /// Epochs from one evaluation to the next.
  public static let evaluationInterval = Setting(
    "evaluate-every", "epochs between evaluations", "测量间隔轮数", at: \.evaluationInterval, as: .integer,
    in: .schedule,
    value: "epochs",
    help:
      says(
        "Measure the weights after every so many epochs, and after the last: the others then take less time.",
        "每隔这么多轮及最后一轮之后测量权重：其余各轮因此更快。"),
    allows: { (1...RunConfiguration.largestEpochCount).contains($0) },
    range: says(
      "the weights are measured after every 1...\(RunConfiguration.largestEpochCount) epochs",
      "测量间隔在 1...\(RunConfiguration.largestEpochCount) 轮内"),
    remedy: says("Give for example 5, for every fifth and the last", "例如用 5，即每五轮和最后一轮"),
    words: { configuration, grouped in
      let interval = configuration.evaluationInterval
      return interval > 1
        ? says(
          "measured every \(SettingText.count(interval, "epoch", grouped))", "每 \(grouped(interval)) 轮测量")
        : nil
    })
}
