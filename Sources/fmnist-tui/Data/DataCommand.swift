import ArgumentParser
import Datasets
import Platform

/// `fmnist-tui data`: which data there is, getting it, looking at it.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "Tell which data is used, fetch it, or show an image.",
    subcommands: [DataInfoCommand.self, DataFetchCommand.self, DataShowCommand.self])
}

/// The option that names the data's folder.
struct DataDirectoryOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Directory with the four Fashion-MNIST files. (default: the first found)", valueName: "dir"),
    completion: .directory)
  var data: String?

  /// The data in that folder, or in the first place that has it.
  func load() throws(DatasetError) -> Dataset {
    try Dataset.load(directory: data, environment: Environment.variables)
  }
}
