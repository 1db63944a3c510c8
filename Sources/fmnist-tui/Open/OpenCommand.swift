import ArgumentParser
import Dashboard
import Platform
import Reports
import Sessions
import TerminalUI

/// `fmnist-tui open`: charts of what any program has logged, live.
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Show charts of what any program logs, live: TensorBoard's files, CSV, JSON Lines.",
    discussion: """
      Of a folder each folder below it that has event files is a run; this program's own runs, and files called \
      metrics.csv, progress.csv, log.jsonl and the like are found too. A table has a heading, and a column 'step', \
      'epoch' or 'time' if it knows; a line of JSON is an object such as {"step": 10, "loss": 0.4}. Where there is no \
      screen a table is printed: points, the last value, the lowest and the highest.

      EXAMPLES:
        fmnist-tui open logs/                 all runs below a folder
        fmnist-tui open logs/ runs/exp3       others' runs beside one of this program's
        python train.py | fmnist-tui open -   lines of JSON from another program
        fmnist-tui open logs --runs 'lr-*' --figures '/loss$/' --no-tui
      """)

  @Argument(
    help: "Files, folders or pipes; - is standard input.", completion: .file())
  var paths: [String]

  @Option(
    help: ArgumentHelp("Show only runs of these names: words with * and ?, or /REGEX/.", valueName: "pattern")
  )
  var runs = LogPattern.all

  @Option(help: ArgumentHelp("Show only figures of these names.", valueName: "pattern"))
  var figures = LogPattern.all

  @Flag(help: "Never open a screen; print a table.")
  var noTui = false

  @Flag(help: "Draw with 7-bit characters only.")
  var ascii = false

  @Option(help: "'text' for people, 'jsonl' for programs: one JSON object per figure.")
  var format = ReportFormat.text

  mutating func validate() throws {
    guard !paths.isEmpty else { throw ValidationError("Give a file or folder, or - for standard input.") }
    guard paths.count(where: { $0 == "-" }) < 2 else {
      throw ValidationError("-: standard input can be read once only. Leave one of them out.")
    }
    try format.validate(ascii: ascii)
  }

  mutating func run() throws {
    Interruption.install()
    var traits = TerminalTraits(environment: Environment.variables)
    if ascii { traits.encoding = .ascii }
    if !noTui, format == .text,
      let found = try LogsWatch(paths, runs: runs, figures: figures, traits: traits).run()
    {
      if found.runs.count <= Self.mostRunsToPrint { try print(found) }
      if let signal = Interruption.signal { throw ExitCode(Interruption.status(of: signal).rawValue) }
      return
    }
    try print(LogFollower.read(paths) { Interruption.signal == nil })
  }

  /// More are not what anybody wants to scroll back through.
  private static let mostRunsToPrint = 20

  private func print(_ found: FoundLogs) throws {
    let table = LogsTable(found, runs: runs, figures: figures)
    switch format {
    case .jsonLines: try StandardStream.output.write(lines: table.jsonLines)
    case .text:
      let encoding = ascii ? .ascii : TerminalTraits(environment: Environment.variables).encoding
      try StandardStream.output.write(lines: table.lines.map(encoding.encode))
      try StandardStream.error.write(lines: found.notes)
      if table.isEmpty { try StandardStream.error.write(lines: [nothing(in: found)]) }
    }
  }

  private func nothing(in found: FoundLogs) -> String {
    let places = paths.joined(separator: ", ")
    if found.runs.isEmpty {
      return "\(places): no figures are there. 'fmnist-tui open --help' says what is read."
    }
    return "\(places): no figure of \(found.runs.count) runs has the names that were asked for."
  }
}

extension LogPattern: ExpressibleByArgument {
  /// The pattern of an argument.
  public init?(argument: String) { self.init(argument) }
}
