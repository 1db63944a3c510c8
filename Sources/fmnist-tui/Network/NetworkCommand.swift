import ArgumentParser
import Datasets
import Experiment
import NeuralNetwork
import Platform
import TerminalUI
import Training

/// `fmnist-tui network`: what the layers of a network are, and what they cost.
struct NetworkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "network",
    abstract:
      "List a network's layers with shapes, parameters and work; without one, the networks with a name.",
    discussion: """
      The layers are those that --network reads:
      \(NetworkSpecification.syntax).
      """)

  @Argument(
    help: ArgumentHelp("The layers in words, or a name such as 'resnet8'.", valueName: "layers"))
  var layers: [String] = []

  @Option(
    help: ArgumentHelp(
      "The data set whose samples it reads. (default: \(DatasetDescription.usual.key))", valueName: "name"))
  var dataset: String?

  @Option(
    help: ArgumentHelp(
      "Side of the squares to which the images are resized. (default: as they are)", valueName: "pixels"))
  var imageSize: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Samples learned from at once, for the memory. (default: \(RunConfiguration().batchSize))",
      valueName: "samples"))
  var batchSize: Int?

  private static let batchSizes = 1...1_000_000

  mutating func validate() throws {
    if let batchSize, !Self.batchSizes.contains(batchSize) {
      throw ValidationError(
        "--batch-size \(batchSize): the samples of a batch lie in \(Self.batchSizes). Give for example 128.")
    }
    if let imageSize, !DatasetDescription.imageSizes.contains(imageSize) {
      throw ValidationError(
        "--image-size \(imageSize): images have \(DatasetDescription.imageSizes.lowerBound)..."
          + "\(DatasetDescription.imageSizes.upperBound) pixels a side. Give for example 96.")
    }
    if let dataset, DatasetDescription(key: dataset) == nil {
      let known = DatasetDescription.all.map(\.key).joined(separator: ", ")
      throw ValidationError("--dataset \(dataset): no data set is called that. Give one of \(known).")
    }
    guard !layers.isEmpty || (dataset == nil && batchSize == nil) else {
      throw ValidationError(
        "without layers the networks with a name are listed. Name one, or leave the options out.")
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
    return TextTable(rows: [["network", "", "parameters"]] + rows, flushLeft: 2).lines
  }

  /// A table of the layers, and what they cost together.
  static func lines(
    of network: NetworkSpecification, for sample: Shape, batchSize: Int
  ) throws(SpecificationError) -> [String] {
    let input = network.inputShape(of: sample)
    let total = try network.estimate(for: input)
    var rows = [["", "input", input.title, "", ""]]
    rows += try network.summary(for: input).map { layer in
      [
        layer.place, layer.text, layer.output.title, NumberText.grouped(layer.parameters),
        megaflops(layer.operations),
      ]
    }
    rows.append(
      ["", "all", "", NumberText.grouped(total.parameters), megaflops(total.operationsPerSample)])
    let memory = [OptimizerKind.sgd, .adam].map { optimizer in
      var configuration = RunConfiguration()
      configuration.optimizer = optimizer
      return NumberText.bytes(
        configuration.trainingMemory(batchSize: batchSize, threads: Processors.count)
          .bytes(of: network, input: input))
    }
    return TextTable(
      rows: [["place", "layer", "output", "parameters", "MFLOP"]] + rows, flushLeft: 2
    ).lines + [
      "",
      "MFLOP are multiplications and additions for a sample, forward; training takes about three times as many.",
      "Training with batches of \(NumberText.grouped(batchSize)) takes about \(memory[0]) of memory beside the data, "
        + "with Adam \(memory[1]).",
    ]
  }

  private static func megaflops(_ operations: Int) -> String {
    NumberText.fixed(Double(operations) / 1e6, decimals: 2)
  }
}
