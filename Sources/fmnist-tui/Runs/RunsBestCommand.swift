import ArgumentParser
import Experiment
import Platform
import Reports
import Sessions
import TerminalUI

/// `fmnist-tui runs best`: the runs that are best by a figure.
struct RunsBestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "best",
    abstract: "Name the best runs by a figure at their end, or at their best epoch.",
    discussion: """
      The best epoch was chosen by images held out where there were any, and otherwise by the test set, which flatters it: \
      by --best-epoch the figures are those of that epoch.
      """)

  @Option(help: "The figure. (default: test_accuracy)")
  var by = Chosen(Figure.testAccuracy)

  @Flag(help: "Take the figures of each run's best epoch in place of its final ones.")
  var bestEpoch = false

  @Option(parsing: .unconditional, help: ArgumentHelp("How many runs are named.", valueName: "count"))
  var count = 1

  @Option(help: ArgumentHelp("Which sessions, as 'runs list' has it.", valueName: "words"))
  var filter: String?

  @OptionGroup var directory: RunsDirectoryOption

  @Option(help: "'text' for people, 'jsonl' for programs: one JSON object per run.")
  var format = ReportFormat.text

  mutating func validate() throws {
    guard count >= 1 else {
      throw ValidationError("--count \(count): at least one run is named. Give for example 5.")
    }
  }

  mutating func run() throws {
    let sessions = try directory.listed().filter(SessionQuery(argument: filter).means)
    let ranked = RankedRuns(sessions, by: by.value, ofBestEpoch: bestEpoch).runs.prefix(count)
    guard !ranked.isEmpty else {
      throw Failure(
        status: .missingInput,
        message:
          "\(directory.runsDir): no run here has the figure \(by.value.key). 'runs list' shows those there are."
      )
    }
    let encoding = TerminalTraits(environment: Environment.variables).encoding
    let lines = format == .text ? RankedRuns.table(Array(ranked)).map(encoding.encode) : ranked.map(\.json)
    try StandardStream.output.write(lines: lines)
  }
}
