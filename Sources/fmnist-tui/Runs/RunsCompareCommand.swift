import ArgumentParser
import Experiment
import Messages
import Platform
import Reports
import Sessions
import TerminalUI

/// `fmnist-tui runs compare`: what differs between runs, and a chart of them.
struct RunsCompareCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "compare",
      abstract: says(
        "Compare runs: the settings that differ, the figures with their differences, and a chart.",
        "比较运行：不同的设置、指标和它们的差，以及一张图。"),
      discussion:
        says(
          "Differences are the first run's figure minus each other run's. Runs keep their letters: exp3 A, exp5 A.",
          "差是第一个运行的指标减去每个其他运行的指标。运行保留各自的字母：exp3 A、exp5 A。")
    )
  }

  @Argument(
    help: ArgumentHelp("The runs: names, paths with a slash, or 'latest'.", "运行：名称、带斜杠的路径，或 'latest'。"))
  var names: [String]

  @OptionGroup var directory: RunsDirectoryOption

  @Option(
    help: ArgumentHelp(
      "What the chart shows. (default: accuracy, or loss where there is none)",
      "图中显示什么。（默认：accuracy；没有时为 loss）"))
  var figure: Chosen<Quantity>?

  private static let chartHeight = 18

  @OptionGroup var language: LanguageOption

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
