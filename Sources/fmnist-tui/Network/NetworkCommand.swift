import ArgumentParser
import Datasets
import Experiment
import Messages
import NeuralNetwork
import Platform
import TerminalUI
import Training

/// `fmnist-tui network`: what the layers of a network are, and what they cost.
struct NetworkCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "network",
      abstract:
        says(
          "List a network's layers with shapes, parameters and work; without one, the networks with a name.",
          "列出网络各层的形状、参数和运算量；不带网络时列出有名称的网络。"),
      discussion: says(
        """
        The layers are those that --network reads:
        \(NetworkSpecification.syntax).
        """,
        """
        这些层就是 --network 所读的：
        \(NetworkSpecification.syntax)。
        """))
  }

  @Argument(
    help: ArgumentHelp(
      "The layers in words, or a name such as 'resnet8'.", "用文字写出的层，或一个名称，如 'resnet8'。", valueName: "layers"))
  var layers: [String] = []

  @Option(
    help: ArgumentHelp(
      "The data set whose samples it reads. (default: \(DatasetDescription.usual.key))",
      "网络读哪个数据集的样本。（默认：\(DatasetDescription.usual.key)）", valueName: "name"))
  var dataset: String?

  @Option(
    help: ArgumentHelp(
      "Side of the squares to which the images are resized. (default: as they are)", "图像缩放成的正方形的边长。（默认：不变）",
      valueName: "pixels"))
  var imageSize: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Samples learned from at once, for the memory. (default: \(RunConfiguration().batchSize))",
      "一次学习多少样本，用于估算内存。（默认：\(RunConfiguration().batchSize)）",
      valueName: "samples"))
  var batchSize: Int?

  private static let batchSizes = 1...1_000_000

  @OptionGroup var language: LanguageOption

  mutating func validate() throws {
    if let batchSize, !Self.batchSizes.contains(batchSize) {
      throw ValidationError(
        says(
          "--batch-size \(batchSize): the samples of a batch lie in \(Self.batchSizes). Give for example 128.",
          "--batch-size \(batchSize)：一批的样本数在 \(Self.batchSizes) 之内。例如用 128。"))
    }
    if let imageSize, !DatasetDescription.imageSizes.contains(imageSize) {
      throw ValidationError(
        says(
          "--image-size \(imageSize): images have \(DatasetDescription.imageSizes.lowerBound)..."
            + "\(DatasetDescription.imageSizes.upperBound) pixels a side. Give for example 96.",
          "--image-size \(imageSize)：图像边长为 \(DatasetDescription.imageSizes.lowerBound)..."
            + "\(DatasetDescription.imageSizes.upperBound) 像素。例如用 96。"))
    }
    if let dataset, DatasetDescription(key: dataset) == nil {
      let known = DatasetDescription.all.map(\.key).joined(separator: ", ")
      throw ValidationError(
        says(
          "--dataset \(dataset): no data set is called that. Give one of \(known).",
          "--dataset \(dataset)：没有这个数据集。请用 \(known) 之一。"))
    }
    if let imageSize, let known = dataset.flatMap({ DatasetDescription(key: $0) }) {
      try DataDirectoryOption.refuse(imageSize, for: known)
    }
    guard !layers.isEmpty || (dataset == nil && batchSize == nil && imageSize == nil) else {
      throw ValidationError(
        says(
          "without layers the networks with a name are listed. Name one, or leave the options out.",
          "不写层时列出有名称的网络。请写出一个网络，或去掉这些选项。"))
    }
  }

  mutating func run() throws {
    guard !layers.isEmpty else { return try StandardStream.output.write(lines: Self.names) }
    let sample = (dataset.flatMap { DatasetDescription(key: $0) } ?? .usual).resized(to: imageSize).shape
    let batchSize = batchSize ?? RunConfiguration().batchSize
    do {
      let network = try NetworkSpecification(text: layers.joined(separator: " "))
      try StandardStream.output.write(lines: Self.lines(of: network, for: sample, batchSize: batchSize))
    } catch let error as SpecificationError {
      throw ValidationError("\(error)")
    }
  }

  /// The networks with a name.
  private static var names: [String] {
    let rows = NamedNetwork.all.map { network in
      let estimate = try? NetworkSpecification(text: network.name)
        .estimate(for: DatasetDescription.usual.shape)
      return [network.syntax, network.summary, estimate.map { NumberText.grouped($0.parameters) } ?? ""]
    }
    return TextTable(rows: [[says("network", "网络"), "", says("parameters", "参数")]] + rows, flushLeft: 2).lines
  }

  /// A table of the layers, and what they cost together.
  static func lines(
    of network: NetworkSpecification, for sample: Shape, batchSize: Int
  ) throws(SpecificationError) -> [String] {
    let input = network.inputShape(of: sample)
    let total = try network.estimate(for: input)
    var rows = [["", says("input", "输入"), input.title, "", ""]]
    rows += try network.summary(for: input).map { layer in
      [
        layer.place, layer.text, layer.output.title, NumberText.grouped(layer.parameters),
        megaflops(layer.operations),
      ]
    }
    rows.append(
      ["", says("all", "全部"), "", NumberText.grouped(total.parameters), megaflops(total.operationsPerSample)])
    let memory = [OptimizerKind.sgd, .adam].map { optimizer in
      var configuration = RunConfiguration()
      configuration.optimizer = optimizer
      return NumberText.bytes(
        configuration.trainingMemory(batchSize: batchSize, threads: Processors.count)
          .bytes(of: network, input: input))
    }
    return TextTable(
      rows: [
        [
          says("place", "位置"), says("layer", "层"), says("output", "输出"), says("parameters", "参数"),
          "MFLOP",
        ]
      ] + rows, flushLeft: 2
    ).lines + [
      "",
      says(
        "MFLOP are multiplications and additions for a sample, forward; training takes about three times as many.",
        "MFLOP 是一个样本前向的乘法和加法次数（百万）；训练约需三倍。"),
      says(
        "Training with batches of \(NumberText.grouped(batchSize)) takes about \(memory[0]) of memory beside the data, "
          + "with Adam \(memory[1]).",
        "批量大小为 \(NumberText.grouped(batchSize)) 的训练除数据外约需内存 \(memory[0])，"
          + "用 Adam 则为 \(memory[1])。"),
    ]
  }

  private static func megaflops(_ operations: Int) -> String {
    NumberText.fixed(Double(operations) / 1e6, decimals: 2)
  }
}
