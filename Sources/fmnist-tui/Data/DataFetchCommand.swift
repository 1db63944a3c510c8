import ArgumentParser
import Datasets
import Messages
import Platform
import Sessions
import TerminalUI

/// `fmnist-tui data fetch`: the official files, verified, into the user's cache.
struct DataFetchCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "fetch",
      abstract: says(
        "Download a data set's official files into the cache and verify them.", "把数据集的官方文件下载到缓存并校验。"),
      discussion: says(
        """
        A broken download goes on where it stopped. A file gets its name only when it is whole and has the official \
        checksum; files that are there already are verified and kept.

        DATA SETS:
        \(DatasetDescription.found.map { description in
          "  \(description.key): \(description.name), \(description.license)"
            + (description.sources.isEmpty ? "; not fetched" : "")
        }.joined(separator: "\n"))
        """,
        """
        下载中断后从断处继续。文件完整且官方校验和正确才得到它的名称；已有的文件会校验并保留。

        数据集：
        \(DatasetDescription.found.map { description in
          "  \(description.key)：\(description.name)，\(description.license)"
            + (description.sources.isEmpty ? "；不下载" : "")
        }.joined(separator: "\n"))
        """))
  }

  @Argument(help: ArgumentHelp("The data set.", "数据集。", valueName: "name"))
  var dataset = DatasetDescription.usual

  @Option(
    help: ArgumentHelp(
      "Folder at which the files are found. (default: the official ones, in turn)", "存放这些文件的网址。（默认：依次用官方的）",
      valueName: "url"))
  var from: String?

  @OptionGroup var language: LanguageOption

  mutating func validate() throws {
    guard dataset.synthesis == nil else {
      throw ValidationError(
        says(
          "\(dataset.key): it is made from the seed, and there is nothing to fetch. Train with --dataset \(dataset.key).",
          "\(dataset.key)：它由种子合成，没有可下载的。用 --dataset \(dataset.key) 训练即可。")
      )
    }
  }

  mutating func run() throws {
    guard !dataset.sources.isEmpty else {
      throw ValidationError(
        says("\(dataset.name) is not fetched. \(dataset.remedy)", "\(dataset.name) 不能下载。\(dataset.remedy)"))
    }
    Interruption.install()
    let environment = Environment.variables
    guard let directory = dataset.cacheDirectory(environment: environment) else {
      throw Failure(
        status: .cannotCreate,
        message: says(
          "no folder for the cache: set HOME or XDG_CACHE_HOME to a path from the root.",
          "没有放缓存的文件夹：请把 HOME 或 XDG_CACHE_HOME 设为从根开始的路径。"))
    }
    let traits = TerminalTraits(environment: environment)
    let unpacking = Unpacking(dataset, in: directory)
    if let unpacking, unpacking.isDone {
      try StandardStream.error.write(lines: [
        says("\(dataset.files.count) files: present and verified", "\(dataset.files.count) 个文件：已有，校验无误")
      ])
      return try StandardStream.output.write(lines: [
        says("\(dataset.name) is in \(directory)", "\(dataset.name) 在 \(directory)")
      ])
    }
    try StandardStream.error.write(lines: [
      says("\(dataset.name), \(dataset.license)", "\(dataset.name)，\(dataset.license)")
    ])
    for file in dataset.archive.map({ [$0] }) ?? dataset.files {
      let download = Download(
        file, of: dataset, from: from.map { [$0] } ?? dataset.sources, into: directory)
      guard !download.isPresent else {
        try StandardStream.error.write(lines: [
          says("\(file.name): present and verified", "\(file.name)：已有，校验无误")
        ])
        continue
      }
      var line = DownloadLine(file: file, traits: traits, isTerminal: StandardStream.error.isTerminal)
      do {
        try download.run { bytes in
          line.show(bytes)
          return Interruption.signal == nil
        }
      } catch {
        line.end()
        throw Failure(error)
      }
      line.end()
      try StandardStream.error.write(lines: [
        says("\(file.name): downloaded and verified", "\(file.name)：已下载，校验无误")
      ])
    }
    if let unpacking {
      do {
        try unpacking.run()
      } catch {
        throw Failure(error)
      }
      try StandardStream.error.write(lines: [
        says("\(dataset.files.count) files: unpacked and verified", "\(dataset.files.count) 个文件：已解包，校验无误")
      ])
    }
    try StandardStream.output.write(lines: [
      says("\(dataset.name) is in \(directory)", "\(dataset.name) 在 \(directory)")
    ])
  }
}

/// The progress of one file, drawn in place on a terminal and not at all elsewhere.
private struct DownloadLine {
  let file: DatasetDescription.File
  let traits: TerminalTraits
  let isTerminal: Bool
  private var isDrawn = false

  init(file: DatasetDescription.File, traits: TerminalTraits, isTerminal: Bool) {
    self.file = file
    self.traits = traits
    self.isTerminal = isTerminal && traits.movesCursor
  }

  mutating func show(_ bytes: Int) {
    guard isTerminal else { return }
    let style = Gauge.Style(traits.glyphs, showsColors: false)
    // How much of it that is, where its size is known.
    let gauge = file.compressedSize.map { Gauge(share: Double(bytes) / Double($0), width: 30, style: style) }
    let size = NumberText.fixed(Double(bytes) / 1e6, decimals: 1)
    let line = "\(file.name) \(gauge.map { $0.completed + $0.rest + " " } ?? "")\(size) MB"
    try? StandardStream.error.write(
      verbatim: "\r" + line.prefix(columns: StandardStream.error.columns - 1) + "\u{1B}[K")
    isDrawn = true
  }

  mutating func end() {
    guard isDrawn else { return }
    try? StandardStream.error.write(verbatim: "\r\u{1B}[K")
    isDrawn = false
  }
}

extension Failure {
  /// A failed download.
  init(_ error: DownloadError) {
    let status: ProgramStatus =
      switch error.kind {
      case .unavailable: .unavailable
      case .invalid: .badData
      case .unwritable: .cannotCreate
      case .interrupted: Interruption.signal.map(Interruption.status) ?? .interrupted
      }
    self.init(status: status, message: error.description)
  }
}
