public import Datasets
internal import NeuralNetwork

/// What it costs to miss a number, of a regression.
public enum RegressionLoss: String, CaseIterable, Hashable, Sendable {
  /// The mean squared error.
  case meanSquaredError = "mse"
  /// Half of it, as texts have it that want a gradient without a 2.
  case halvedMeanSquaredError = "half-mse"

  /// The name in words.
  public var title: String { self == .meanSquaredError ? "mean squared error" : "½ mean squared error" }
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
  private static let notMade: SpellingFault = (
    "only data that are made have it", "Leave it out, or add --dataset polynomial or --dataset linear"
  )
  private static let otherData = "the fork would not see the same data"

  /// Numbers of a sample.
  public static let features = Setting(
    "features", "features", at: \.features, as: .integer, in: .data, value: "count",
    help: "Numbers of a sample; of polynomial the powers x^i/i!, i = 0, 1, ...",
    default: { $0.dataset.synthesis?.usual.features ?? 20 },
    defaultWords: "20 for polynomial, 200 for linear",
    allows: { (1...100_000).contains($0) }, range: "a sample has 1...100000 features",
    remedy: "Give for example 4", decides: [.initialWeights], obstacleToFork: otherData, applies: isMade,
    inapplicable: notMade,
    words: { configuration, grouped in
      configuration.dataset.synthesis == nil
        ? nil : SettingText.count(configuration.features, "feature", grouped)
    })

  /// Samples to learn from.
  public static let samples = Setting(
    "samples", "training samples", at: \.samples, as: .integer, in: .data, value: "count",
    help: "Samples to learn from; more of them leave the others as they are.",
    default: { $0.dataset.synthesis?.usual.train ?? 100 }, defaultWords: "100 for polynomial, 20 for linear",
    allows: { (1...1_000_000).contains($0) }, range: "there are 1...1000000 samples to learn from",
    remedy: "Give for example 100", decides: [.batches], obstacleToFork: otherData, applies: isMade,
    inapplicable: notMade,
    words: { configuration, grouped in
      configuration.dataset.synthesis == nil
        ? nil
        : "\(grouped(configuration.samples)) training and \(grouped(configuration.testSamples)) test samples"
    })

  /// Samples to measure on.
  public static let testSamples = Setting(
    "test-samples", "test samples", at: \.testSamples, as: .integer, in: .data, value: "count",
    help: "Samples to measure on.", default: { $0.dataset.synthesis?.usual.test ?? 100 }, defaultWords: "100",
    allows: { (1...1_000_000).contains($0) }, range: "there are 1...1000000 samples to measure on",
    remedy: "Give for example 100", obstacleToFork: otherData, applies: isMade, inapplicable: notMade)

  /// Key of the random streams of the data.
  public static let dataSeed = Setting(
    "data-seed", "seed of the data", at: \.dataSeed, as: .optional(.seed, none: "seed"), in: .data,
    value: "number",
    help:
      "Key of the data; without one --seed is it, so that runs with other seeds learn from other samples.",
    decides: [.batches], obstacleToFork: otherData, applies: isMade, inapplicable: notMade,
    words: { configuration, _ in configuration.dataSeed.map { "data of seed \($0)" } })

  /// What it costs to miss a number.
  public static let loss = Setting(
    "loss", "loss", at: \.loss, as: .choice, in: .data, value: "name",
    help:
      "mse, the mean squared error, or half-mse, half of it: half the gradient, and half of all losses told.",
    obstacleToFork: "the losses of the fork could not be compared with those before it",
    applies: { $0.dataset.task.kind == .regression },
    inapplicable: ("only a regression has it; classes have cross-entropy", notMade.remedy),
    words: { configuration, _ in
      configuration.dataset.task.kind == .regression ? configuration.loss.title : nil
    })
}
