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

  /// What data are that are made.
  private static func lines(for synthesis: Synthesis, named name: String) -> [String] {
    let usual = synthesis.usual
    return [
      "\(name), made from the seed: each number is a function of the seed and the sample's place",
      synthesis.formula,
      "\(usual.train) training and \(usual.test) test samples of \(usual.features) features where "
        + "--samples, --test-samples and --features say nothing else",
    ]
  }

  /// The report.
  static func lines(for dataset: Dataset) throws(DatasetError) -> [String] {
    let description = dataset.description
    if let synthesis = description.synthesis { return lines(for: synthesis, named: description.name) }
    let kind = description.files.lazy.compactMap(\.checksum).first?.kind ?? Checksum.contentsSHA256("").kind
    var files: [[String]] = [["file", kind, ""]]
    for file in description.files {
      guard let path = dataset.source.path(of: file) else { continue }
      // Of some files nobody has published a checksum.
      let found = try (file.checksum ?? .contentsSHA256("")).text(of: path)
      let verdict =
        file.checksum.map { checksum in
          checksum.isKnown(of: path) ? (found == checksum.text ? "official" : "not official") : "unknown"
        } ?? "unknown"
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
    let bytes = Double(dataset.train.pixels.count + dataset.test.pixels.count)
    return [
      "\(dataset.source)",
      "\(description.name), \(description.license)",
      "\(dataset.train.height) x \(dataset.train.width) pixels"
        + (dataset.train.channels == 3 ? " in colour" : "") + ", \(names.count) classes"
        + (bytes < 1e8 ? "" : ", \(NumberText.bytes(bytes)) of memory"), "",
    ] + TextTable(rows: classes).lines + (files.count > 1 ? [""] + TextTable(rows: files).lines : [])
  }
}
