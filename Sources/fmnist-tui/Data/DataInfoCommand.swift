import ArgumentParser
import Datasets
import Messages
import Platform
import TerminalUI

/// `fmnist-tui data info`: where the data is and whether it is whole.
struct DataInfoCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "info",
      abstract: says(
        "Say where the data is, how much there is, and whether it is the official data.",
        "说明数据在哪里、有多少，以及是否官方数据。"))
  }

  @OptionGroup var directory: DataDirectoryOption

  @OptionGroup var language: LanguageOption

  mutating func run() throws {
    let dataset = try directory.load()
    try StandardStream.output.write(lines: Self.lines(for: dataset))
  }

  /// What data are that are made.
  private static func lines(for synthesis: Synthesis, named name: String) -> [String] {
    let usual = synthesis.usual
    return [
      says(
        "\(name), made from the seed: each number is a function of the seed and the sample's place",
        "\(name)，由种子合成：每个数都是种子和样本位置的函数"),
      synthesis.formula,
      says(
        "\(usual.train) training and \(usual.test) test samples of \(usual.features) features where "
          + "--samples, --test-samples and --features say nothing else",
        "不给 --samples、--test-samples 和 --features 时，有 \(usual.train) 个训练样本和 \(usual.test) 个测试样本，"
          + "每个 \(usual.features) 个特征"),
    ]
  }

  /// The report.
  static func lines(for dataset: Dataset) throws(DatasetError) -> [String] {
    let description = dataset.description
    if let synthesis = description.synthesis { return lines(for: synthesis, named: description.name) }
    let kind = description.files.lazy.compactMap(\.checksum).first?.kind ?? Checksum.contentsSHA256("").kind
    var files: [[String]] = [[says("file", "文件"), kind, ""]]
    let unknown = says("unknown", "未知")
    for file in description.files {
      guard let path = dataset.source.path(of: file) else { continue }
      // Of some files nobody has published a checksum.
      let found = try (file.checksum ?? .contentsSHA256("")).text(of: path)
      let verdict =
        file.checksum.map { checksum in
          checksum.isKnown(of: path)
            ? (found == checksum.text ? says("official", "官方") : says("not official", "非官方")) : unknown
        } ?? unknown
      files.append([file.name, found, verdict])
    }
    let names = description.shownClassNames
    let counts = [dataset.train, dataset.test].map { $0.classCounts(of: names.count) }
    let classes =
      [[says("class", "类别"), says("train", "训练"), says("test", "测试")]]
      + names.indices.map { label in
        ["\(label) \(names[label])"] + counts.map { NumberText.grouped($0[label]) }
      }
      + [[says("all", "全部")] + [dataset.train.count, dataset.test.count].map { NumberText.grouped($0) }]
    let bytes = Double(dataset.train.pixels.count + dataset.test.pixels.count)
    return [
      "\(dataset.source)",
      says("\(description.name), \(description.license)", "\(description.name)，\(description.license)"),
      says(
        "\(dataset.train.height) x \(dataset.train.width) pixels"
          + (dataset.train.channels == 3 ? " in colour" : "") + ", \(names.count) classes"
          + (bytes < 1e8 ? "" : ", \(NumberText.bytes(bytes)) of memory"),
        "\(dataset.train.height) x \(dataset.train.width) 像素"
          + (dataset.train.channels == 3 ? "，彩色" : "") + "，\(names.count) 个类别"
          + (bytes < 1e8 ? "" : "，占内存 \(NumberText.bytes(bytes))")), "",
    ] + TextTable(rows: classes).lines + (files.count > 1 ? [""] + TextTable(rows: files).lines : [])
  }
}
