import ArgumentParser
import Messages
import Reports
import Sessions

/// `fmnist-tui runs export`: the figures of every epoch for other programs.
struct RunsExportCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "export",
      abstract: says(
        "Write every epoch of runs, with all figures and the settings in force, as a table.",
        "把运行的每一轮连同所有指标和当时的设置写成一张表。"))
  }

  /// How the table is written.
  enum Format: String, EnumerableFlag {
    case csv

    static func help(for value: Format) -> ArgumentHelp? {
      ArgumentHelp("Comma-separated values (RFC 4180).", "逗号分隔的值（RFC 4180）。")
    }
  }

  @Argument(
    help: ArgumentHelp("The runs: names, paths with a slash, or 'latest'.", "运行：名称、带斜杠的路径，或 'latest'。"))
  var names: [String]

  @OptionGroup var directory: RunsDirectoryOption

  @Flag var format = Format.csv

  @OptionGroup var result: ResultFileOptions

  @OptionGroup var language: LanguageOption

  mutating func validate() throws { try directory.validate(for: names) }

  mutating func run() throws {
    let runs = try directory.sessions(names).flatMap(\.runs)
    switch format {
    case .csv: try result.write(RunsCSV(runs: runs).text)
    }
  }
}
