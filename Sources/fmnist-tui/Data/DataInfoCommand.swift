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
    let description = dataset.description
    var files: [[String]] = [["file", description.files[0].checksum.kind, ""]]
    for file in description.files {
      guard let path = dataset.source.path(of: file) else { continue }
      let found = try file.checksum.text(of: path)
      let verdict =
        file.checksum.isKnown(of: path)
        ? (found == file.checksum.text ? "official" : "not official") : "unknown"
      files.append([file.name, found, verdict])
    }
    let names = description.task.classNames
    let counts = [dataset.train, dataset.test].map { $0.classCounts(of: names.count) }
    let classes =
      [["class", "train", "test"]]
      + names.indices.map { label in
        ["\(label) \(names[label])"] + counts.map { NumberText.grouped($0[label]) }
      }
      + [["all"] + [dataset.train.count, dataset.test.count].map { NumberText.grouped($0) }]
    return [
      "\(dataset.source)",
      "\(description.name), \(description.license)",
      "\(dataset.train.height) x \(dataset.train.width) pixels, \(names.count) classes", "",
    ] + TextTable(rows: classes).lines + [""] + TextTable(rows: files).lines
  }
}
