import ArgumentParser
import Platform
import Reports
import Sessions
import TerminalUI

/// `fmnist-tui runs list`: a table of all runs.
struct RunsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List all runs: when, state, best and final figures, and the settings that differ.",
    discussion: """
      A number after @ is the epoch. A run that is 'interrupted' was killed or its machine stopped. A folder \
      that cannot be read is listed as damaged, with the reason.
      """)

  @OptionGroup var directory: RunsDirectoryOption

  @Option(help: "'text' for people, 'jsonl' for programs: one JSON object per run.")
  var format = ReportFormat.text

  mutating func run() throws {
    let sessions = ListedSession.read(try RunFolder.all(in: directory.runsDir))
    guard !sessions.isEmpty else {
      return try StandardStream.error.write(lines: [directory.noRuns])
    }
    switch format {
    case .jsonLines: try StandardStream.output.write(lines: RunsJSONLines(sessions: sessions).lines)
    case .text:
      let output = StandardStream.output
      let encoding = TerminalTraits(environment: Environment.variables).encoding
      let table = RunsTable(sessions, width: output.isTerminal ? output.columns : nil)
      try output.write(lines: table.lines.map(encoding.encode))
    }
  }
}
