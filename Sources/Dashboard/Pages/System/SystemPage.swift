import Experiment
internal import Messages
import Platform
internal import TerminalUI

/// What training takes of the machine: processors, memory, threads and, where it is told, the temperature.
struct SystemPage: Page {
  static let title = "System"
  static var name: String { says("System", "系统") }
  // There are pages enough in the line for 80 columns.
  static let tab = ""
  static let key: Character = "Y"
  static let coversRuns = true

  static var absence: String? {
    says(
      "What training takes of the machine is measured where it trains, and not kept.",
      "训练占用的机器资源只在训练时测量，不作保留。")
  }
  func isAvailable(in state: DashboardState) -> Bool { state.origin == .training }

  /// One of the figures.
  private struct Figure {
    var title: String
    var value: (SystemHistory.Sample) -> Double?
    /// The whole scale, where it is known.
    var scale: Axis?
    /// Whether a value is a mean over the time since the one before, not what it is at a moment.
    var isMean = false
    /// Whether it counts whole things.
    var isCount = false
  }

  private static func figures(available: Int) -> [Figure] {
    [
      Figure(
        title: says("processors busy, of \(available)", "忙碌的处理器，共 \(available) 个"), value: \.processors,
        scale: Axis(0, Double(available)), isMean: true),
      Figure(title: says("memory, MB", "内存，MB"), value: { $0.use.memory / 1e6 }),
      Figure(title: says("threads", "线程"), value: { Double($0.use.threads) }, isCount: true),
      Figure(title: says("temperature, °C", "温度，°C"), value: { $0.use.temperature }),
    ]
  }

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let history = state.system
    guard let last = history.samples.last else {
      let text = says("The first figures come after a second.", "一秒之后有第一批数值。")
      _ = surface.write(text, x: area.x + 1, y: area.y + 1, style: .dim, limit: area.maxX)
      return
    }
    let sentences = Self.sentences(last, history).map(state.plain)
    let sentence = sentences.first { $0.cellWidth < area.width - 1 } ?? sentences[sentences.count - 1]
    let (charts, line) = area.splitBottom(1)
    let shown = Self.figures(available: last.use.available).filter { $0.value(last) != nil }
    for (figure, place) in zip(shown, charts.grid(of: shown.count, columns: 2)) {
      chart(figure, history, state).draw(on: &surface, in: place)
    }
    surface.write(sentence, x: line.x + 1, y: line.y, style: .dim, limit: line.maxX)
  }

  /// The stairs of a figure: nothing is known of a moment between two samples but what they say, and these lie far apart once
  /// nothing happens.
  private static func stairs(_ figure: Figure, _ samples: [SystemHistory.Sample]) -> [ChartSeries.Point] {
    var points: [ChartSeries.Point] = []
    for sample in samples {
      let value = figure.value(sample) ?? .nan
      if let last = points.last {
        points.append(figure.isMean ? .init(x: last.x, y: value) : .init(x: sample.seconds, y: last.y))
      }
      points.append(.init(x: sample.seconds, y: value))
    }
    return points
  }

  private func chart(_ figure: Figure, _ history: SystemHistory, _ state: DashboardState) -> LineChart {
    let isLong = (history.samples.last?.seconds ?? 0) > 180
    let unit = isLong ? 60.0 : 1
    let points = Self.stairs(figure, history.samples).map { ChartSeries.Point(x: $0.x / unit, y: $0.y) }
    let range = (points.first?.x ?? 0, points.last?.x ?? 1)
    var chart = LineChart(
      title: state.plain(figure.title),
      series: [ChartSeries(label: "", mark: "*", style: Style(foreground: Color.series[0]), points: points)],
      horizontal: Axis(range.0, max(range.1, range.0 + 1 / unit)), glyphs: state.glyphs)
    chart.vertical = figure.scale
    chart.hasWholeValues = figure.isCount
    chart.legend = .lineEnds
    chart.horizontalUnit = isLong ? says("minutes", "分钟") : says("seconds", "秒")
    return chart
  }

  /// What it is now, at length and shorter.
  private static func sentences(_ last: SystemHistory.Sample, _ history: SystemHistory) -> [String] {
    let temperature =
      last.use.temperature.map { says(", ", "，") + "\(NumberText.fixed($0, decimals: 0)) °C" } ?? ""
    let processors = NumberText.fixed(last.processors, decimals: 2)
    let (memory, most) = (NumberText.bytes(last.use.memory), NumberText.bytes(history.mostMemory))
    let time = NumberText.clock(last.use.processorSeconds)
    let now = says(
      "now \(processors) processors, \(memory) (at most \(most)), \(last.use.threads) threads\(temperature)",
      "现在 \(processors) 个处理器，\(memory)（最多 \(most)），\(last.use.threads) 个线程\(temperature)")
    return [
      now + says("; processor time since the start \(time)", "；启动以来的处理器时间 \(time)"),
      now + says("; in all \(time)", "；共计 \(time)"), now,
    ]
  }
}
