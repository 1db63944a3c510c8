import ArgumentParser
import Experiment
import Platform
import Reports
import Sessions
import TerminalUI

/// `fmnist-tui runs compare`: what differs between runs, and a chart of them.
struct RunsCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare runs: the settings that differ, the figures with their differences, and a chart.",
    discussion:
      "Differences are the first run's figure minus each other run's. Runs keep their letters: exp3 A, exp5 A."
  )

  @Argument(help: "The runs: names, paths with a slash, or 'latest'.")
  var names: [String]

  @OptionGroup var directory: RunsDirectoryOption

  @Option(help: "What the chart shows. (default: accuracy, or loss where there is none)")
  var figure: Chosen<Quantity>?

  private static let chartHeight = 18

  mutating func validate() throws { try directory.validate(for: names) }

  mutating func run() throws {
    let runs = ChosenRun.all(of: try directory.sessions(names))
    let quantity = figure?.value ?? .usual(of: runs)
    var traits = TerminalTraits(environment: Environment.variables)
    if !StandardStream.output.isTerminal { traits.colors = .none }
    let width = max(60, StandardStream.output.columns - 1)
    let chart = RunsChart(runs: runs, quantity: quantity, traits: traits)
    try StandardStream.output.write(
      pictures: RunsComparison(runs, width: width).lines.map { traits.encoding.encode($0.printable) } + [""]
        + chart.lines(width: width, height: Self.chartHeight).map(traits.encoding.encode))
  }
}
