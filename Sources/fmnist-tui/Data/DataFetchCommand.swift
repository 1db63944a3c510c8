import ArgumentParser
import Datasets
import Platform
import Sessions
import TerminalUI

/// `fmnist-tui data fetch`: the official files, verified, into the user's cache.
struct DataFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Download the four official files into the cache and verify them.",
    discussion: """
      A broken download goes on where it stopped. A file gets its name only when it is whole and its contents \
      have the official SHA-256; files that are there already are verified and kept.
      """)

  @Option(help: ArgumentHelp("Folder at which the files are found.", valueName: "url"))
  var from = Download.officialSource

  mutating func run() throws {
    Interruption.install()
    let environment = Environment.variables
    guard let directory = FashionMNIST.cacheDirectory(environment: environment) else {
      throw Failure(status: .cannotCreate, message: "no folder for the cache: set HOME or XDG_CACHE_HOME.")
    }
    let traits = TerminalTraits(environment: environment)
    for file in FashionMNIST.File.allCases {
      let download = Download(file, from: from, into: directory)
      guard !download.isPresent else {
        try StandardStream.error.write(lines: ["\(file.name): present and verified"])
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
      try StandardStream.error.write(lines: ["\(file.name): downloaded and verified"])
    }
    try StandardStream.output.write(lines: ["Fashion-MNIST is in \(directory)"])
  }
}

/// The progress of one file, drawn in place on a terminal and not at all elsewhere.
private struct DownloadLine {
  let file: FashionMNIST.File
  let traits: TerminalTraits
  let isTerminal: Bool
  private var isDrawn = false

  init(file: FashionMNIST.File, traits: TerminalTraits, isTerminal: Bool) {
    self.file = file
    self.traits = traits
    self.isTerminal = isTerminal && traits.movesCursor
  }

  mutating func show(_ bytes: Int) {
    guard isTerminal else { return }
    let share = Double(bytes) / Double(file.compressedSize)
    let style: Gauge.Style = traits.encoding == .utf8 ? .lineWithoutRest : .ascii
    let gauge = Gauge(share: share, width: 30, style: style)
    let size = NumberText.fixed(Double(bytes) / 1e6, decimals: 1)
    let line = "\(file.name) \(gauge.completed)\(gauge.rest) \(size) MB"
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
