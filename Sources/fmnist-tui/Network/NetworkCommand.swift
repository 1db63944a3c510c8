import ArgumentParser
import Datasets
import Experiment
import NeuralNetwork
import Platform
import TerminalUI

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

  @Option(help: ArgumentHelp("The data set whose samples it reads.", valueName: "name"))
  var dataset = DatasetDescription.usual.key

  @Option(help: ArgumentHelp("Samples learned from at once, for the memory.", valueName: "samples"))
  var batchSize = RunConfiguration().batchSize

  mutating func validate() throws {
    guard batchSize > 0 else {
      throw ValidationError("--batch-size \(batchSize): a batch has at least 1 sample. Give for example 128.")
    }
    guard DatasetDescription(key: dataset) != nil else {
      let known = DatasetDescription.all.map(\.key).joined(separator: ", ")
      throw ValidationError("--dataset \(dataset): no data set is called that. Give one of \(known).")
    }
  }

  mutating func run() throws {
    guard !layers.isEmpty else { return try StandardStream.output.write(lines: Self.names) }
    let sample = (DatasetDescription(key: dataset) ?? .usual).shape
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
    let bytes = total.bytes(batchSize: batchSize)
    return TextTable(
      rows: [["place", "layer", "output", "parameters", "MFLOP"]] + rows, flushLeft: 2
    ).lines + [
      "",
      "MFLOP are multiplications and additions for a sample, forward; training takes about three times as many.",
      "Training with batches of \(NumberText.grouped(batchSize)) takes about \(NumberText.bytes(bytes)) of memory.",
    ]
  }

  private static func megaflops(_ operations: Int) -> String {
    NumberText.fixed(Double(operations) / 1e6, decimals: 2)
  }
}
