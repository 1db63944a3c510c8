import Experiment
import Platform
internal import TerminalUI

/// What training takes of the machine: processors, memory, threads and, where it is told, the temperature.
struct SystemPage: Page {
  static let title = "System"
  // There are pages enough in the line for 80 columns.
  static let tab = ""
  static let key: Character = "Y"
  static let coversRuns = true

  static let absence: String? =
    "What training takes of the machine is measured where it trains, and not kept."
  func isAvailable(in state: DashboardState) -> Bool { state.origin == .training }

  /// One of the figures.
  private struct Figure {
    var title: String
    var value: (SystemHistory.Sample) -> Double?
    /// The whole scale, where it is known.
    var scale: Axis?
  }

  private static func figures(available: Int) -> [Figure] {
    [
      Figure(
        title: "processors busy, of \(available)", value: \.processors, scale: Axis(0, Double(available))),
      Figure(title: "memory, MB", value: { $0.use.memory / 1e6 }),
      Figure(title: "threads", value: { Double($0.use.threads) }),
      Figure(title: "temperature, °C", value: { $0.use.temperature }),
    ]
  }

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let history = state.system
    guard let last = history.samples.last else {
      let text = "The first figures come after a second."
      _ = surface.write(text, x: area.x + 1, y: area.y + 1, style: .dim, limit: area.maxX)
      return
    }
    let (charts, line) = area.splitBottom(1)
    let shown = Self.figures(available: last.use.available).filter { $0.value(last) != nil }
    for (figure, place) in zip(shown, charts.grid(of: shown.count, columns: 2)) {
      chart(figure, history, state).draw(on: &surface, in: place)
    }
    surface.write(
      state.plain(Self.sentence(last, history)), x: line.x + 1, y: line.y, style: .dim, limit: line.maxX)
  }

  private func chart(_ figure: Figure, _ history: SystemHistory, _ state: DashboardState) -> LineChart {
    let isLong = (history.samples.last?.seconds ?? 0) > 180
    let unit = isLong ? 60.0 : 1
    let points = history.samples.map { ChartSeries.Point(x: $0.seconds / unit, y: figure.value($0) ?? .nan) }
    let range = (points.first?.x ?? 0, points.last?.x ?? 1)
    var chart = LineChart(
      title: state.plain(figure.title),
      series: [ChartSeries(label: "", mark: " ", style: Style(foreground: Color.series[0]), points: points)],
      horizontal: Axis(range.0, max(range.1, range.0 + 1 / unit)), glyphs: state.glyphs)
    chart.vertical = figure.scale
    chart.horizontalUnit = isLong ? "minutes" : "seconds"
    return chart
  }

  private static func sentence(_ last: SystemHistory.Sample, _ history: SystemHistory) -> String {
    let temperature = last.use.temperature.map { ", \(NumberText.fixed($0, decimals: 0)) °C" } ?? ""
    return "now \(NumberText.fixed(last.processors, decimals: 2)) processors, "
      + "\(NumberText.bytes(last.use.memory)) (at most \(NumberText.bytes(history.mostMemory))), "
      + "\(last.use.threads) threads\(temperature); processor time since the start "
      + "\(NumberText.clock(last.use.processorSeconds))"
  }
}
