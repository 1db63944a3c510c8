import ArgumentParser
import Reports
import Sessions

/// `fmnist-tui runs plot`: a chart of runs as a picture.
struct RunsPlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot", abstract: "Draw a figure of runs over their epochs as an SVG picture.")

  @Argument(help: "The runs: names, paths with a slash, or 'latest'.")
  var names: [String]

  @OptionGroup var directory: RunsDirectoryOption

  @Option(help: "What the chart shows.")
  var figure = ChartedFigure.accuracy

  @OptionGroup var result: ResultFileOptions

  mutating func run() throws {
    let runs = ChosenRun.all(of: try directory.sessions(names))
    let chart = SVGChart(
      title: figure.title,
      runs: runs.map { SVGChart.Run(title: $0.title, curves: figure.curves(of: $0.run.history)) },
      horizontal: ChartedFigure.horizontalAxis(runs.map(\.run.history)), isShare: figure.isShare)
    try result.write(chart.text)
  }
}

extension ChartedFigure: ExpressibleByArgument {}
