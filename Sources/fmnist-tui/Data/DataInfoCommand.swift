import ArgumentParser
import Datasets
import Platform
import TerminalUI

/// `fmnist-tui data info`: where the data is and whether it is whole.
struct DataInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Say where the data is, how much there is, and whether it is the official data.")

  @OptionGroup var directory: DataDirectoryOption

  mutating func run() throws {
    let dataset = try directory.load()
    try StandardStream.output.write(lines: Self.lines(for: dataset))
  }

  /// The report.
  static func lines(for dataset: Dataset) throws(DatasetError) -> [String] {
    var files: [[String]] = [["file", "sha256 of the contents", ""]]
    for file in FashionMNIST.File.allCases {
      guard let path = dataset.source.path(of: file) else { continue }
      let hash = SHA256.hash(try GzipFile.read(path, limit: 100 << 20))
      files.append([file.name, hash, hash == file.sha256 ? "official" : "not official"])
    }
    let classes =
      [["class", "train", "test"]]
      + zip(FashionMNIST.classNames, zip(dataset.train.classCounts, dataset.test.classCounts)).enumerated()
      .map {
        ["\($0.offset) \($0.element.0)"]
          + [$0.element.1.0, $0.element.1.1].map { NumberText.grouped($0) }
      }
      + [["all"] + [dataset.train.count, dataset.test.count].map { NumberText.grouped($0) }]
    return [
      "\(dataset.source)",
      "\(dataset.train.height) x \(dataset.train.width) pixels, \(FashionMNIST.classNames.count) classes", "",
    ] + TextTable(rows: classes).lines + [""] + TextTable(rows: files).lines
  }
}
