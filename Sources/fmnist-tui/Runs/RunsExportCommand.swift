import ArgumentParser
import Reports
import Sessions

/// `fmnist-tui runs export`: the figures of every epoch for other programs.
struct RunsExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write every epoch of runs, with all figures and the settings in force, as a table.")

  /// How the table is written.
  enum Format: String, EnumerableFlag {
    case csv

    static func help(for value: Format) -> ArgumentHelp? { "Comma-separated values (RFC 4180)." }
  }

  @Argument(help: "The runs: names, paths with a slash, or 'latest'.")
  var names: [String]

  @OptionGroup var directory: RunsDirectoryOption

  @Flag var format = Format.csv

  @OptionGroup var result: ResultFileOptions

  mutating func validate() throws { try directory.validate(for: names) }

  mutating func run() throws {
    let runs = try directory.sessions(names).flatMap(\.runs)
    switch format {
    case .csv: try result.write(RunsCSV(runs: runs).text)
    }
  }
}
