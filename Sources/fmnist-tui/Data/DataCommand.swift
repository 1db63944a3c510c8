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
        + "the data set's variable, such as $\(DatasetDescription.usual.environmentVariable)"
        + ", the user's cache, the system's package, the bundled sample)", valueName: "dir"),
    completion: .directory)
  var data: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Resize images to squares of so many pixels when they are loaded, "
        + "\(DatasetDescription.imageSizes.lowerBound)...\(DatasetDescription.imageSizes.upperBound). (default: as they are)",
      valueName: "pixels"))
  var imageSize: Int?

  /// The options as they were typed, the folder from the root on.
  var words: [String] {
    (dataset.map { ["--dataset", $0.key] } ?? [])
      + (data.map { ["--data", (try? Files.resolved($0)) ?? $0] } ?? [])
      + (imageSize.map { ["--image-size", "\($0)"] } ?? [])
  }

  mutating func validate() throws {
    guard let imageSize, !DatasetDescription.imageSizes.contains(imageSize) else { return }
    let sizes = DatasetDescription.imageSizes
    throw ValidationError(
      "--image-size \(imageSize): images have \(sizes.lowerBound)...\(sizes.upperBound) pixels a side. Give for example 96."
    )
  }

  /// The data set that is named, or else the one that something was `trainedOn`, or the usual one.
  func chosen(trainedOn: DatasetDescription? = nil) -> DatasetDescription {
    var chosen = trainedOn ?? .usual
    if let dataset, dataset.key != chosen.key { chosen = dataset }
    return imageSize.map { chosen.resized(to: $0) } ?? chosen
  }

  /// The data set that is named, with the classes and the shape that its folder shows at a glance where it has those of
  /// its files.
  var described: DatasetDescription {
    let chosen = chosen()
    return (try? Dataset.description(of: chosen, directory: data, environment: Environment.variables))
      ?? chosen
  }

  /// The same, if anything was said of the data.
  var named: DatasetDescription? { dataset == nil && imageSize == nil ? nil : described }

  /// The data in that folder, or in the first place that has it: of the data set that is named, or else of the one that
  /// something was `trainedOn`, or of the usual one.
  func load(trainedOn: DatasetDescription? = nil) throws(DatasetError) -> Dataset {
    try Dataset.load(chosen(trainedOn: trainedOn), directory: data, environment: Environment.variables)
  }
}
