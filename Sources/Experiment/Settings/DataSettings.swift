public import Datasets
internal import Messages
internal import NeuralNetwork

/// What it costs to miss a number, of a regression.
public enum RegressionLoss: String, CaseIterable, Hashable, Sendable {
  /// The mean squared error.
  case meanSquaredError = "mse"
  /// Half of it, as texts have it that want a gradient without a 2.
  case halvedMeanSquaredError = "half-mse"

  /// The name in words.
  public var title: String {
    self == .meanSquaredError
      ? says("mean squared error", "均方误差") : says("½ mean squared error", "½ 均方误差")
  }
}

extension RunConfiguration {
  /// How much is made of data that are not found anywhere.
  public var syntheticSize: Synthesis.Size {
    Synthesis.Size(train: samples, test: testSamples, features: features, seed: dataSeed ?? seed)
  }

  /// Training samples that there are, of so many in files: data that are made are as many as were asked for.
  func available(_ found: Int) -> Int { dataset.synthesis == nil ? found : samples }
}

extension Dataset {
  /// What a run learns from: these data or, where they are made, those that its settings ask for.
  public func data(for configuration: RunConfiguration) -> Dataset {
    guard let synthesis = configuration.dataset.synthesis else { return self }
    return synthesis.dataset(configuration.dataset, configuration.syntheticSize)
  }
}

extension Setting {
  /// The settings that describe data which are made.
  static let ofData = [features, samples, testSamples, dataSeed, loss]

  private static let isMade: @Sendable (RunConfiguration) -> Bool = { $0.dataset.synthesis != nil }
  private static var notMade: SpellingFault {
    (
      says("only data that are made have it", "只有合成的数据才有它"),
      says(
        "Leave it out, or add --dataset polynomial or --dataset linear",
        "去掉它，或加上 --dataset polynomial 或 --dataset linear")
    )
  }
  private static var otherData: String {
    says("the fork would not see the same data", "分支看到的就不是同样的数据")
  }

  /// Numbers of a sample.
  public static let features = Setting(
    "features", "features", "特征", at: \.features, as: .integer, in: .data, value: "count",
    help: says(
      "Numbers of a sample; of polynomial the powers x^i/i!, i = 0, 1, ...",
      "每个样本的数的个数；polynomial 的是幂 x^i/i!，i = 0, 1, ..."),
    default: { $0.dataset.synthesis?.usual.features ?? 20 },
    defaultWords: says("20 for polynomial, 200 for linear", "polynomial 为 20，linear 为 200"),
    allows: { (1...100_000).contains($0) },
    range: says("a sample has 1...100000 features", "每个样本有 1...100000 个特征"),
    remedy: says("Give for example 4", "例如用 4"), decides: [.initialWeights], obstacleToFork: otherData,
    applies: isMade,
    inapplicable: notMade,
    words: { configuration, grouped in
      configuration.dataset.synthesis == nil
        ? nil
        : says(
          SettingText.count(configuration.features, "feature", grouped),
          "\(grouped(configuration.features)) 个特征")
    })

  /// Samples to learn from.
  public static let samples = Setting(
    "samples", "training samples", "训练样本", at: \.samples, as: .integer, in: .data, value: "count",
    help: says("Samples to learn from; more of them leave the others as they are.", "用来学习的样本数；增加时其余的样本不变。"),
    default: { $0.dataset.synthesis?.usual.train ?? 100 },
    defaultWords: says("100 for polynomial, 20 for linear", "polynomial 为 100，linear 为 20"),
    allows: { (1...1_000_000).contains($0) },
    range: says("there are 1...1000000 samples to learn from", "用来学习的样本有 1...1000000 个"),
    remedy: says("Give for example 100", "例如用 100"), decides: [.batches], obstacleToFork: otherData,
    applies: isMade,
    inapplicable: notMade,
    words: { configuration, grouped in
      configuration.dataset.synthesis == nil
        ? nil
        : says(
          "\(grouped(configuration.samples)) training and \(grouped(configuration.testSamples)) test samples",
          "\(grouped(configuration.samples)) 个训练样本，\(grouped(configuration.testSamples)) 个测试样本")
    })

  /// Samples to measure on.
  public static let testSamples = Setting(
    "test-samples", "test samples", "测试样本", at: \.testSamples, as: .integer, in: .data, value: "count",
    help: says("Samples to measure on.", "用来测量的样本数。"), default: { $0.dataset.synthesis?.usual.test ?? 100 },
    defaultWords: "100",
    allows: { (1...1_000_000).contains($0) },
    range: says("there are 1...1000000 samples to measure on", "用来测量的样本有 1...1000000 个"),
    remedy: says("Give for example 100", "例如用 100"), obstacleToFork: otherData, applies: isMade,
    inapplicable: notMade)

  /// Key of the random streams of the data.
  public static let dataSeed = Setting(
    "data-seed", "seed of the data", "数据种子", at: \.dataSeed, as: .optional(.seed, none: "seed"), in: .data,
    value: "number",
    help:
      says(
        "Key of the data; without one --seed is it, so that runs with other seeds learn from other samples.",
        "生成数据的种子；不给时用 --seed，因而种子不同的运行学习不同的样本。"),
    decides: [.batches], obstacleToFork: otherData, applies: isMade, inapplicable: notMade,
    words: { configuration, _ in configuration.dataSeed.map { says("data of seed \($0)", "数据种子 \($0)") } })

  /// What it costs to miss a number.
  public static let loss = Setting(
    "loss", "loss", "损失", at: \.loss, as: .choice, in: .data, value: "name",
    help:
      says(
        "mse, the mean squared error, or half-mse, half of it: half the gradient, and half of all losses told.",
        "mse 即均方误差，half-mse 是它的一半：梯度和所报的损失都减半。"),
    obstacleToFork: says(
      "the losses of the fork could not be compared with those before it", "分支的损失无法与之前的相比"),
    applies: { $0.dataset.task.kind == .regression },
    inapplicable: (
      says("only a regression has it; classes have cross-entropy", "只有回归才有它；分类用交叉熵"), notMade.remedy
    ),
    words: { configuration, _ in
      configuration.dataset.task.kind == .regression ? configuration.loss.title : nil
    })
}
