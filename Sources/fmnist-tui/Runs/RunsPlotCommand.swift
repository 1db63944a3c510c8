import ArgumentParser
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

  @Option(help: "What the chart shows.")
  var figure = ChartedQuantity(.accuracy)

  @OptionGroup var result: ResultFileOptions

  mutating func validate() throws { try directory.validate(for: names) }

  mutating func run() throws {
    let runs = ChosenRun.all(of: try directory.sessions(names))
    let chart = SVGChart(
      title: figure.quantity.title,
      runs: runs.map { SVGChart.Run(title: $0.title, curves: figure.quantity.curves(of: $0.run.history)) },
      horizontal: Quantity.horizontalAxis(runs.map(\.run.history)), isShare: figure.quantity.isShare)
    try result.write(chart.text)
  }
}

/// What a chart shows, by its key.
struct ChartedQuantity: ExpressibleByArgument {
  let quantity: Quantity

  init(_ quantity: Quantity) { self.quantity = quantity }

  init?(argument: String) {
    guard let quantity = Quantity.all.first(where: { $0.key == argument }) else { return nil }
    self.init(quantity)
  }

  static var allValueStrings: [String] { Quantity.all.map(\.key) }

  var defaultValueDescription: String { quantity.key }
}
