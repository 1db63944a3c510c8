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
  @Option(help: ArgumentHelp("The data set.", valueName: "name"))
  var dataset = DatasetDescription.usual

  @Option(
    help: ArgumentHelp("Directory with its files. (default: the first found)", valueName: "dir"),
    completion: .directory)
  var data: String?

  /// The data in that folder, or in the first place that has it.
  func load() throws(DatasetError) -> Dataset {
    try Dataset.load(dataset, directory: data, environment: Environment.variables)
  }
}
