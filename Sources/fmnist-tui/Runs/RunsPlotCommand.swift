import ArgumentParser
import Datasets
import Experiment
import Reports
import Sessions

/// `fmnist-tui runs plot`: a chart of runs as a picture.
struct RunsPlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot", abstract: "Draw a figure of runs over their epochs as an SVG picture.")

  @Argument(help: "The runs: names, paths with a slash, or 'latest'.")
  var names: [String]

  @OptionGroup var directory: RunsDirectoryOption

  @Option(help: "What the chart shows. (default: accuracy, or loss where there is none)")
  var figure: Chosen<Quantity>?

  @OptionGroup var result: ResultFileOptions

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
