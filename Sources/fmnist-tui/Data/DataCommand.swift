public import ArgumentParser
public import Datasets
import Platform

/// `fmnist-tui data`: which data there is, getting it, looking at it.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Tell which data is used, fetch it, or show an image.",
    subcommands: [DataInfoCommand.self, DataFetchCommand.self, DataShowCommand.self])
}

extension DatasetDescription: ExpressibleByArgument {
  /// The data set that is called so.
  public init?(argument: String) { self.init(key: argument) }

  /// What the option's default is called in help.
  public var defaultValueDescription: String { key }

  /// The data sets to choose among.
  public static var allValueStrings: [String] { all.map(\.key) }
}

/// The options that name a data set and its folder.
struct DataDirectoryOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The data set. (default: that of the session or the weights, or \(DatasetDescription.usual.key))",
      valueName: "name"))
  var dataset: DatasetDescription?

  @Option(
    help: ArgumentHelp(
      "Directory with its files. (default: the first found of "
        + DatasetDescription.all.map { "$" + $0.environmentVariable }.joined(separator: " or ")
        + ", the user's cache, the system's package, the bundled sample)", valueName: "dir"),
    completion: .directory)
  var data: String?

  /// The options as they were typed, the folder from the root on.
  var words: [String] {
    (dataset.map { ["--dataset", $0.key] } ?? [])
      + (data.map { ["--data", (try? Files.resolved($0)) ?? $0] } ?? [])
  }

  /// The data in that folder, or in the first place that has it: of the data set that is named, or else of the one that
  /// something was `trainedOn`, or of the usual one.
  func load(trainedOn: DatasetDescription? = nil) throws(DatasetError) -> Dataset {
    try Dataset.load(dataset ?? trainedOn ?? .usual, directory: data, environment: Environment.variables)
  }
}
