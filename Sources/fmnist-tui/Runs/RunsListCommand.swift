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

  @Option(
    help: ArgumentHelp(
      "Which sessions: words, and comparisons such as 'test>0.86 gap<5 dropout=0.2 state=completed tag=baseline'.",
      valueName: "words"))
  var filter: String?

  @Option(help: "What orders them: \(SessionColumn.all.map(\.key).joined(separator: ", ")). (default: name)")
  var sort: Chosen<SessionColumn>?

  @Flag(help: "From the other end.")
  var reverse = false

  @Option(help: "'text' for people, 'jsonl' for programs: one JSON object per run.")
  var format = ReportFormat.text

  mutating func run() throws {
    let all = try directory.listed(countsBytes: sort?.value.key == "size")
    guard !all.isEmpty else {
      return try StandardStream.error.write(lines: [directory.noRuns])
    }
    let meant = try all.filter(SessionQuery(argument: filter).means)
    guard !meant.isEmpty else {
      return try StandardStream.error.write(lines: ["No session is like that: \(filter ?? "")."])
    }
    let ordered = (sort?.value ?? SessionColumn.all[0]).ordered(
      SessionRow.rows(of: meant), isReversed: reverse)
    let sessions = ordered.map(\.session)
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

extension SessionQuery {
  /// The query of an option; without one, every session.
  init(argument: String?) throws(ValidationError) {
    do {
      self = try argument.map { text throws(SessionQueryError) in try SessionQuery(text) } ?? .all
    } catch {
      throw ValidationError("--filter \(error.description)")
    }
  }
}

extension RunsDirectoryOption {
  /// All sessions of the folder, as far as they can be read.
  func listed(countsBytes: Bool = false) throws -> [ListedSession] {
    ListedSession.read(try RunFolder.all(in: runsDir), countsBytes: countsBytes)
  }
}
