import ArgumentParser
import Messages
import Platform
import Reports
import Sessions
import TerminalUI

/// `fmnist-tui runs list`: a table of all runs.
struct RunsListCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: says(
        "List all runs: when, state, best and final figures, and the settings that differ.",
        "列出所有运行：时间、状态、最佳和最终指标，以及不同的设置。"),
      discussion: says(
        """
        A number after @ is the epoch. A run that is 'interrupted' was killed or its machine stopped. A folder \
        that cannot be read is listed as damaged, or as of an older or newer format, with the reason.
        """,
        """
        @ 之后的数是轮数。“已中断”的运行是被杀死的，或机器停了。读不了的文件夹列为已损坏，或旧格式、新格式，并说明原因。
        """))
  }

  @OptionGroup var directory: RunsDirectoryOption

  @Option(
    help: ArgumentHelp(
      "Which sessions: words, and comparisons such as 'test>0.86 gap<5 dropout=0.2 state=completed tag=baseline'.",
      "哪些会话：词，以及比较，如 'test>0.86 gap<5 dropout=0.2 state=completed tag=baseline'。",
      valueName: "words"))
  var filter: String?

  @Option(
    help: ArgumentHelp(
      "What orders them: \(SessionColumn.all.map(\.key).joined(separator: ", ")). (default: name)",
      "按什么排序：\(SessionColumn.all.map(\.key).joined(separator: "、"))。（默认：name）"))
  var sort: Chosen<SessionColumn>?

  @Flag(help: ArgumentHelp("From the other end.", "倒过来排。"))
  var reverse = false

  @Option(
    help: ArgumentHelp(
      "'text' for people, 'jsonl' for programs: one JSON object per run.",
      "'text' 给人看，'jsonl' 给程序：每个运行一个 JSON 对象。"))
  var format = ReportFormat.text

  @OptionGroup var language: LanguageOption

  mutating func run() throws {
    let all = try directory.listed(countsBytes: sort?.value.key == "size")
    guard !all.isEmpty else {
      return try StandardStream.error.write(lines: [directory.noRuns])
    }
    let meant = try all.filter(SessionQuery(argument: filter).means)
    guard !meant.isEmpty else {
      return try StandardStream.error.write(lines: [
        says("No session is like that: \(filter ?? "").", "没有这样的会话：\(filter ?? "")。")
      ])
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
