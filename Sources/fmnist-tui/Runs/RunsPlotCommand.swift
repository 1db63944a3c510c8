import ArgumentParser
import Datasets
import Experiment
import Messages
import Reports
import Sessions

/// `fmnist-tui runs plot`: a chart of runs as a picture.
struct RunsPlotCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "plot",
      abstract: says("Draw a figure of runs over their epochs as an SVG picture.", "把运行的一个指标随轮数的变化画成 SVG 图片。")
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

  @OptionGroup var result: ResultFileOptions

  @OptionGroup var language: LanguageOption

  mutating func validate() throws { try directory.validate(for: names) }

  mutating func run() throws {
    let runs = ChosenRun.all(of: try directory.sessions(names))
    let quantity = figure?.value ?? .usual(of: runs)
    let chart = SVGChart(
      title: quantity.title,
      runs: runs.map { SVGChart.Run(title: $0.title, curves: quantity.curves(of: $0.run.history)) },
      horizontal: Quantity.horizontalAxis(runs.map(\.run.history)), isShare: quantity.isShare,
      isLogarithmic: quantity.isLogarithmic(of: runs.map(\.run.history)))
    try result.write(chart.text)
  }
}

extension Quantity {
  /// What a chart of runs shows where nothing is said.
  static func usual(of runs: [ChosenRun]) -> Quantity {
    runs.contains { $0.run.history.task == .classification } ? .accuracy : .loss
  }
}
