internal import Datasets
internal import Messages
internal import NeuralNetwork

extension Setting {
  /// The settings that describe the network.
  static let ofNetwork = [
    network, hidden, dropout, inputDropout, activation, initialization, batchNorm, residual,
    normalize,
  ]

  private static var otherNetwork: String {
    says("the weights are those of another network", "权重属于另一个网络")
  }

  /// All layers, in words.
  public static let network = Setting(
    "network", "network", "网络", at: \.writtenNetwork,
    as: .optional(.network, none: "perceptron"), in: .network, value: "layers",
    help:
      says(
        "All layers in words, in place of --hidden, --activation, --batch-norm and --residual: "
          + "\(NetworkSpecification.syntax). Or a name: \(NetworkSpecification.names).",
        "用文字写出所有层，代替 --hidden、--activation、--batch-norm 和 --residual："
          + "\(NetworkSpecification.syntax)。或用名称：\(NetworkSpecification.names)。"),
    defaultWords: says("the perceptron of these", "由这些组成的感知机"), decides: [.initialWeights],
    obstacleToFork: otherNetwork)

  private static let isPerceptron: @Sendable (RunConfiguration) -> Bool = { $0.writtenNetwork == nil }

  /// Units of each hidden layer.
  public static let hidden = Setting(
    "hidden", "hidden layers", "隐藏层", at: \.hiddenWidths,
    as: .list(.integer, of: Wording("whole numbers", "整数"), example: "256,256"),
    in: .network, value: "widths",
    help:
      says(
        "Units of each hidden layer; 'none' for softmax regression, or linear regression, where it is the default.",
        "每个隐藏层的单元数；'none' 即 softmax 回归，或线性回归（那里是默认值）。"),
    default: { $0.dataset.task.kind == .regression ? [] : RunConfiguration().hiddenWidths },
    allows: { widths in
      widths.count <= RunConfiguration.largestDepth
        && widths.allSatisfy { (1...NetworkSpecification.largestParameterCount).contains($0) }
    },
    range:
      says(
        "a network has up to \(RunConfiguration.largestDepth) hidden layers, each of at least 1 unit and at most "
          + "\(NetworkSpecification.largestParameterCount)",
        "网络至多有 \(RunConfiguration.largestDepth) 个隐藏层，每层有 1 至 "
          + "\(NetworkSpecification.largestParameterCount) 个单元"),
    remedy: says(
      "Give widths such as 256,256, or \(SettingText.none) for softmax regression",
      "给出宽度，如 256,256；softmax 回归用 \(SettingText.none)"),
    decides: [.initialWeights], obstacleToFork: otherNetwork, applies: isPerceptron)

  /// Probability to drop a unit, per dropout layer.
  public static let dropout = Setting(
    "dropout", "dropout", "暂退法", at: \.dropout,
    as: .list(.number, of: Wording("numbers", "数"), example: "0.2,0.5"), in: .network,
    value: "probabilities",
    help:
      says(
        "Probability to drop a unit, one for every hidden layer (or 'dropout' of --network) or one for each; "
          + "'none' for 0.",
        "暂退率，即丢弃一个单元的概率：所有隐藏层（或 --network 的 'dropout'）共用一个，或每层一个；'none' 即 0。"),
    default: { $0.writtenNetwork?.dropout ?? RunConfiguration.defaultDropout(depth: $0.hiddenWidths.count) },
    defaultWords: says("0.2 for the first layer, 0.5 for the others", "第一层 0.2，其他层 0.5"),
    allows: { $0.allSatisfy { (0...1).contains($0) } },
    range: says("each probability lies in 0...1", "每个概率在 0...1 内"),
    remedy: says("Give the share of units to drop, for example 0.2,0.5", "给出要丢弃的单元的比例，例如 0.2,0.5"),
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
    "input-dropout", "dropout of pixels", "像素暂退", at: \.inputDropout, as: .number, in: .network,
    value: "probability",
    help: says("Probability to drop a pixel of the input.", "丢弃一个输入像素的概率。"), allows: { (0...1).contains($0) },
    range: says("a probability lies in 0...1", "概率在 0...1 内"),
    remedy: says("Give the share of pixels to drop, for example 0.2", "给出要丢弃的像素的比例，例如 0.2"))

  /// Activation of the hidden layers.
  public static let activation = Setting(
    "activation", "activation", "激活函数", at: \.activation, as: .choice, in: .network, value: "function",
    help: listing(Activation.allCases.map(\.rawValue)),
    obstacleToFork: says("the weights were learned with another activation", "权重是用另一种激活函数学到的"),
    applies: isPerceptron)

  /// Initial weights.
  public static let initialization = Setting(
    "init", "initial weights", "初始权重", at: \.initialization,
    as: .spelling(
      expected: { oneOf(Initialization.spellings) }, example: "normal=0.01",
      choices: Initialization.spellings, text: { $0.text }, read: { Initialization(text: $0) }),
    in: .network, value: "rule",
    help:
      says(
        "Initial weights: \(Initialization.spellings.joined(separator: ", ")); normal=0.01:0 has biases of 0.",
        "初始权重：\(Initialization.spellings.joined(separator: ", "))；normal=0.01:0 的偏置为 0。"),
    default: {
      $0.dataset.task.kind == .regression
        ? .pytorch
        : $0.writtenNetwork?.readsImages == true
          ? .he : .normal(standardDeviation: Initialization.defaultStandardDeviation)
    },
    defaultWords: says(
      "normal; he for networks that read images, pytorch for a regression", "normal；读图像的网络为 he，回归为 pytorch"),
    allows: { $0.numbers.allSatisfy { (0...1000).contains($0) } },
    range: says("its numbers lie in 0...1000", "其中的数在 0...1000 内"),
    remedy: says("Give for example normal=0.01", "例如用 normal=0.01"),
    decides: [.initialWeights], obstacleToFork: says("the weights are drawn already", "权重已经抽取"))

  /// What numbers the network gets for pixels.
  public static let normalize = Setting(
    "normalize", "normalisation of pixels", "像素规范化", at: \.normalization,
    as: .spelling(
      expected: {
        says(
          "\(SettingText.none), \(Normalization.ofTrainingSet), or MEAN/DEVIATION for each channel, separated by commas",
          "以下之一：\(SettingText.none)、\(Normalization.ofTrainingSet)，或以逗号分隔的各通道 MEAN/DEVIATION")
      },
      example: "0.5/0.5", text: { $0.text }, read: { Normalization(text: $0) }),
    in: .network, value: "numbers",
    help:
      says(
        "Subtract a mean from the pixels, fractions of 255, and divide them by a deviation: MEAN/DEVIATION for each "
          + "channel, or '\(Normalization.ofTrainingSet)' for those of the training images.",
        "像素（除以 255 后）减去均值再除以标准差：每个通道给出 MEAN/DEVIATION，"
          + "'\(Normalization.ofTrainingSet)' 即由训练图像算出。"),
    allows: \.isPossible,
    range: says(
      "means lie in -1000...1000 and deviations in 1e-6...1000", "均值在 -1000...1000 内，标准差在 1e-6...1000 内"),
    remedy: says("Give for example 0.5/0.5", "例如用 0.5/0.5"),
    obstacleToFork: says("the weights were learned with other numbers", "权重是用别的数学到的"),
    mayBeLeftOut: true,
    words: { configuration, _ in
      configuration.normalization == .none
        ? nil
        : says(
          "pixels normalised by \(configuration.normalization.text)",
          "像素规范化 \(configuration.normalization.text)")
    })

  /// Batch normalisation of the hidden layers.
  public static let batchNorm = Setting(
    "batch-norm", "batch normalisation", "批量规范化", at: \.batchNorm, as: .flag, in: .network,
    help: says("Normalise each hidden layer over the batch.", "在批量上规范化每个隐藏层。"), obstacleToFork: otherNetwork,
    applies: isPerceptron)

  /// Whether hidden layers add to what they get.
  public static let residual = Setting(
    "residual", "residual connections", "残差连接", at: \.residual, as: .flag, in: .network,
    help:
      says(
        "Let each hidden layer that is as wide as the one before it add what it gives to what it gets.",
        "与前一层同宽的隐藏层把输出加到输入上。"),
    obstacleToFork: otherNetwork, mayBeLeftOut: true, applies: isPerceptron)
}

extension Setting {
  /// The value as tables show it: layers that have a name under that.
  public func title(in configuration: RunConfiguration) -> String {
    guard self == .network, let network = configuration.writtenNetwork else { return text(in: configuration) }
    return network.title
  }
}
