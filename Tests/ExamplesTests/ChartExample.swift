import TerminalUI

/// Losses by epoch as lines of text with a chart in them.
func chart(of losses: [Double]) -> String {
  let points = losses.enumerated().map { ChartSeries.Point(x: Double($0.offset + 1), y: $0.element) }
  var chart = LineChart(
    title: "loss",
    series: [ChartSeries(label: "train", mark: "●", style: .plain, points: points)],
    horizontal: Axis(1, Double(losses.count)), glyphs: .braille)
  chart.horizontalUnit = "epoch"

  var surface = Surface(width: 60, height: 12)
  chart.draw(on: &surface, in: surface.bounds)
  return surface.lines.joined(separator: "\n")
}
