internal import Datasets
internal import NeuralNetwork

extension Setting {
  /// The settings that describe the network.
  static let ofNetwork = [
    network, hidden, dropout, inputDropout, activation, initialization, batchNorm, residual,
    normalize,
  ]

  private static let otherNetwork = "the weights are those of another network"

  /// All layers, in words.
  public static let network = Setting(
    "network", "network", at: \.writtenNetwork,
    as: .optional(.network, none: "perceptron"), in: .network, value: "layers",
    help:
      "All layers in words, in place of --hidden, --activation, --batch-norm and --residual: "
      + "\(NetworkSpecification.syntax). Or a name: \(NetworkSpecification.names).",
    defaultWords: "the perceptron of these", decides: [.initialWeights], obstacleToFork: otherNetwork)

  private static let isPerceptron: @Sendable (RunConfiguration) -> Bool = { $0.writtenNetwork == nil }

  /// Units of each hidden layer.
  public static let hidden = Setting(
    "hidden", "hidden layers", at: \.hiddenWidths,
    as: .list(.integer, of: "whole numbers", example: "256,256"),
    in: .network, value: "widths",
    help:
      "Units of each hidden layer; 'none' for softmax regression, or linear regression, where it is the default.",
    default: { $0.dataset.task.kind == .regression ? [] : RunConfiguration().hiddenWidths },
    allows: { widths in
      widths.count <= RunConfiguration.largestDepth
        && widths.allSatisfy { (1...NetworkSpecification.largestParameterCount).contains($0) }
    },
    range:
      "a network has up to \(RunConfiguration.largestDepth) hidden layers, each of at least 1 unit and at most "
      + "\(NetworkSpecification.largestParameterCount)",
    remedy: "Give widths such as 256,256, or \(SettingText.none) for softmax regression",
    decides: [.initialWeights], obstacleToFork: otherNetwork, applies: isPerceptron)

  /// Probability to drop a unit, per dropout layer.
  public static let dropout = Setting(
    "dropout", "dropout", at: \.dropout, as: .list(.number, of: "numbers", example: "0.2,0.5"), in: .network,
    value: "probabilities",
    help:
      "Probability to drop a unit, one for every hidden layer (or 'dropout' of --network) or one for each; "
      + "'none' for 0.",
    default: { $0.writtenNetwork?.dropout ?? RunConfiguration.defaultDropout(depth: $0.hiddenWidths.count) },
    defaultWords: "0.2 for the first layer, 0.5 for the others",
    allows: { $0.allSatisfy { (0...1).contains($0) } }, range: "each probability lies in 0...1",
    remedy: "Give the share of units to drop, for example 0.2,0.5",
    live: LiveSetting(
      symbol: "p", keys: [], step: .add(0.05, 0...1), decimals: 2, isPerLayer: true, isProminent: true),
    complete: { value, configuration in
      // One probability is that of every layer.
      guard case .list(let values) = value, values.count <= 1, configuration.dropoutCount > 0 else {
        return value
      }
      return .list(Array(repeating: values.first ?? .number(0), count: configuration.dropoutCount))
    })

  /// Probability to drop a pixel.
  public static let inputDropout = Setting(
    "input-dropout", "dropout of pixels", at: \.inputDropout, as: .number, in: .network, value: "probability",
    help: "Probability to drop a pixel of the input.", allows: { (0...1).contains($0) },
    range: "a probability lies in 0...1", remedy: "Give the share of pixels to drop, for example 0.2")

  /// Activation of the hidden layers.
  public static let activation = Setting(
    "activation", "activation", at: \.activation, as: .choice, in: .network, value: "function",
    help: "\(Activation.allCases.map(\.rawValue).joined(separator: ", ")).",
    obstacleToFork: "the weights were learned with another activation", applies: isPerceptron)

  /// Initial weights.
  public static let initialization = Setting(
    "init", "initial weights", at: \.initialization,
    as: .spelling(
      expected: "one of " + Initialization.spellings.joined(separator: ", "), example: "normal=0.01",
      choices: Initialization.spellings, text: { $0.text }, read: { Initialization(text: $0) }),
    in: .network, value: "rule",
    help:
      "Initial weights: \(Initialization.spellings.joined(separator: ", ")); normal=0.01:0 has biases of 0.",
    default: {
      $0.dataset.task.kind == .regression
        ? .pytorch
        : $0.writtenNetwork?.readsImages == true
          ? .he : .normal(standardDeviation: Initialization.defaultStandardDeviation)
    },
    defaultWords: "normal; he for networks that read images, pytorch for a regression",
    allows: { $0.numbers.allSatisfy { (0...1000).contains($0) } },
    range: "its numbers lie in 0...1000", remedy: "Give for example normal=0.01",
    decides: [.initialWeights], obstacleToFork: "the weights are drawn already")

  /// What numbers the network gets for pixels.
  public static let normalize = Setting(
    "normalize", "normalisation of pixels", at: \.normalization,
    as: .spelling(
      expected:
        "\(SettingText.none), \(Normalization.ofTrainingSet), or MEAN/DEVIATION for each channel, separated by commas",
      example: "0.5/0.5", text: { $0.text }, read: { Normalization(text: $0) }),
    in: .network, value: "numbers",
    help:
      "Subtract a mean from the pixels, fractions of 255, and divide them by a deviation: MEAN/DEVIATION for each "
      + "channel, or '\(Normalization.ofTrainingSet)' for those of the training images.",
    allows: \.isPossible, range: "means lie in -1000...1000 and deviations in 1e-6...1000",
    remedy: "Give for example 0.5/0.5", obstacleToFork: "the weights were learned with other numbers",
    mayBeLeftOut: true,
    words: { configuration, _ in
      configuration.normalization == .none ? nil : "pixels normalised by \(configuration.normalization.text)"
    })

  /// Batch normalisation of the hidden layers.
  public static let batchNorm = Setting(
    "batch-norm", "batch normalisation", at: \.batchNorm, as: .flag, in: .network,
    help: "Normalise each hidden layer over the batch.", obstacleToFork: otherNetwork,
    applies: isPerceptron)

  /// Whether hidden layers add to what they get.
  public static let residual = Setting(
    "residual", "residual connections", at: \.residual, as: .flag, in: .network,
    help:
      "Let each hidden layer that is as wide as the one before it add what it gives to what it gets.",
    obstacleToFork: otherNetwork, mayBeLeftOut: true, applies: isPerceptron)
}

extension Setting {
  /// The value as tables show it: layers that have a name under that.
  public func title(in configuration: RunConfiguration) -> String {
    guard self == .network, let network = configuration.writtenNetwork else { return text(in: configuration) }
    return network.title
  }
}
