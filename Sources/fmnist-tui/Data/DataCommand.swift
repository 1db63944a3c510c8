public import ArgumentParser
public import Datasets
import Messages
import Platform

/// `fmnist-tui data`: which data there is, getting it, looking at it.
struct DataCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "data",
      abstract: says("Tell which data is used, fetch it, or show an image.", "说明用的是哪些数据，下载数据，或显示一幅图像。"),
      subcommands: [DataInfoCommand.self, DataFetchCommand.self, DataShowCommand.self])
  }

  @OptionGroup var language: LanguageOption
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
      "数据集。（默认：会话或权重的数据集，或 \(DatasetDescription.usual.key)）",
      valueName: "name"))
  var dataset: DatasetDescription?

  @Option(
    help: ArgumentHelp(
      "Directory with its files. (default: the first found of "
        + "the data set's variable, such as $\(DatasetDescription.usual.environmentVariable)"
        + ", the user's cache, the system's package, the bundled sample)",
      "数据文件所在的文件夹。（默认：依次找数据集的环境变量，如 "
        + "$\(DatasetDescription.usual.environmentVariable)、用户的缓存、系统的软件包、自带的样本，用先找到的）", valueName: "dir"),
    completion: .directory)
  var data: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Resize images to squares of so many pixels when they are loaded, "
        + "\(DatasetDescription.imageSizes.lowerBound)...\(DatasetDescription.imageSizes.upperBound). (default: as they are)",
      "载入时把图像缩放成边长为这么多像素的正方形，"
        + "\(DatasetDescription.imageSizes.lowerBound)...\(DatasetDescription.imageSizes.upperBound)。（默认：不变）",
      valueName: "pixels"))
  var imageSize: Int?

  /// The options as they were typed, the folder from the root on.
  var words: [String] {
    (dataset.map { ["--dataset", $0.key] } ?? [])
      + (data.map { ["--data", (try? Files.resolved($0)) ?? $0] } ?? [])
      + (imageSize.map { ["--image-size", "\($0)"] } ?? [])
  }

  mutating func validate() throws {
    guard let imageSize else { return }
    if let dataset { try Self.refuse(imageSize, for: dataset) }
    guard !DatasetDescription.imageSizes.contains(imageSize) else { return }
    let sizes = DatasetDescription.imageSizes
    throw ValidationError(
      says(
        "--image-size \(imageSize): images have \(sizes.lowerBound)...\(sizes.upperBound) pixels a side. Give for example 96.",
        "--image-size \(imageSize)：图像边长为 \(sizes.lowerBound)...\(sizes.upperBound) 像素。例如用 96。")
    )
  }

  /// Refuses a size of images where there are none.
  static func refuse(_ imageSize: Int, for dataset: DatasetDescription) throws {
    guard dataset.task.kind == .regression else { return }
    throw ValidationError(
      says(
        "--image-size \(imageSize): samples of \(dataset.name) are no images. Leave it out.",
        "--image-size \(imageSize)：\(dataset.name) 的样本不是图像。去掉它。"))
  }

  /// The data set that is named, or else the one that something was `trainedOn`, or the usual one.
  func chosen(trainedOn: DatasetDescription? = nil) -> DatasetDescription {
    var chosen = trainedOn ?? .usual
    if let dataset, dataset.key != chosen.key { chosen = dataset }
    return imageSize.map { chosen.resized(to: $0) } ?? chosen
  }

  /// The data set that is named, with the classes and the shape that its folder shows at a glance where it has those of
  /// its files.
  var described: DatasetDescription { described(chosen()) }

  /// The same of a data set that is known by its name.
  func described(_ chosen: DatasetDescription) -> DatasetDescription {
    (try? Dataset.description(of: chosen, directory: data, environment: Environment.variables))
      ?? chosen
  }

  /// The same, if anything was said of the data.
  var named: DatasetDescription? { dataset == nil && imageSize == nil ? nil : described }

  /// The data in that folder, or in the first place that has it: of the data set that is named, or else of the one that
  /// something was `trainedOn`, or of the usual one.
  func load(trainedOn: DatasetDescription? = nil) throws(DatasetError) -> Dataset {
    try Dataset.load(chosen(trainedOn: trainedOn), directory: data, environment: Environment.variables)
  }

  /// The data of what is gone on with, or made again: no other than it was `madeOn`.
  ///
  /// - Throws: `ValidationError` if another data set is named, `DatasetError` if the data cannot be read.
  func load(madeOn: DatasetDescription?) throws -> Dataset {
    if let dataset, let madeOn, dataset.key != madeOn.key {
      throw ValidationError(
        says(
          "--dataset \(dataset.key): it was made with \(madeOn.key), and goes on with that. Leave it out.",
          "--dataset \(dataset.key)：它是用 \(madeOn.key) 做的，也用它继续。请去掉它。"))
    }
    return try load(trainedOn: madeOn)
  }
}
