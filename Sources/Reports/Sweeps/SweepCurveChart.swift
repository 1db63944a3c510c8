package import Experiment
internal import Messages
package import TerminalUI

/// The curves of a sweep over one setting, as a chart with sentences below it.
package struct SweepCurveChart {
  private let progress: SweepProgress
  private let curve: SweepCurve
  private let selected: Int?
  private let glyphs: GlyphSet

  /// A chart, or `nil` where the sweep makes no curve.
  package init?(_ progress: SweepProgress, figure: Figure, selected: Int? = nil, glyphs: GlyphSet) {
    guard let curve = SweepCurve(progress, of: figure) else { return nil }
    (self.progress, self.curve, self.selected, self.glyphs) = (progress, curve, selected, glyphs)
  }

  /// Columns that it needs to be worth looking at.
  package static let narrowest = 40

  /// Draws the chart, and below it as many sentences as leave it most of the rows.
  package func draw(on surface: inout Surface, in area: Rect) {
    let findings = SweepCurveFindings(progress, curve).sentences
    let lines = [findings, Array(findings.prefix(1))].map { sentences in
      TextWrap.lines(glyphs.plain(sentences.joined(separator: says(" ", ""))), width: max(1, area.width - 2))
    }.first { $0.count <= area.height / 4 }
    let (top, below) = area.splitBottom(lines?.count ?? 0)
    chart.draw(on: &surface, in: top)
    if let lines { surface.write(lines, in: below.splitLeft(1).rest, style: .bold) }
  }

  /// The chart without the sentences.
  package var chart: LineChart {
    let range = curve.range
    let horizontal =
      curve.isLogarithmic
      ? Axis(range.lowerBound / 1.1, range.upperBound * 1.1, isLogarithmic: true)
      : Axis(
        range.lowerBound - 0.02 * (range.upperBound - range.lowerBound),
        range.upperBound + 0.02 * (range.upperBound - range.lowerBound))
    var chart = LineChart(
      title: glyphs.plain(title), series: curve.lines.enumerated().map(series), horizontal: horizontal,
      glyphs: glyphs)
    chart.bands = curve.lines.enumerated().compactMap(band)
    chart.showsPercent = curve.quantity.isShare
    chart.bounds = curve.tellsErrors || curve.lines.allSatisfy { $0.figure.format == .percent } ? 0...1 : nil
    chart.horizontalUnit = curve.unit
    if let selected, curve.places.indices.contains(selected) {
      chart.marks = [ChartMark(x: curve.places[selected], label: "", style: .dim)]
    }
    return chart
  }

  private var title: String {
    let what =
      curve.tellsErrors
      ? says("error", "误差") : says(curve.quantity.key.replacing("_", with: " "), curve.quantity.title)
    let seeds = progress.plan.seeds
    return seeds > 1 ? says("\(what), mean of \(seeds) seeds, 95 %", "\(what), \(seeds) 个种子的均值，95 %") : what
  }

  private func series(_ place: Int, _ line: SweepCurve.Line) -> ChartSeries {
    let isMain = place == curve.lines.count - 1
    var style = style(place)
    style.isBold = isMain
    let name = line.figure.split?.heading ?? line.figure.heading
    // A letter of a chart takes one cell.
    let initial = name.first?.cellWidth == 1 ? name.first : line.figure.key.first
    let letter = initial.map { isMain ? Character($0.uppercased()) : $0 } ?? "?"
    return ChartSeries(
      label: name, mark: glyphs.hasSymbols ? RunID(place).mark : letter,
      style: style, isDashed: line.figure.split == .train,
      points: line.points.map { ChartSeries.Point(x: $0.x, y: $0.mean) })
  }

  private func band(_ place: Int, _ line: SweepCurve.Line) -> ChartBand? {
    let spans = line.points.compactMap { point in
      point.interval.map { interval in
        ChartBand.Span(
          x: point.x, values: chartable(interval.lowerBound)...chartable(interval.upperBound))
      }
    }
    guard spans.count > 1 else { return nil }
    var style = style(place)
    style.isDim = true
    return ChartBand(style: style, spans: spans)
  }

  /// The part of an interval that is drawn: one of few seeds may be so wide that nothing else could be told apart.
  private func chartable(_ value: Double) -> Double {
    let means = curve.lines.flatMap(\.points).map(\.mean).filter(\.isFinite)
    guard let lowest = means.min(), let highest = means.max() else { return value }
    let margin = max(0.25 * (highest - lowest), 0.05 * highest.magnitude)
    let range = lowest - margin...highest + margin
    return curve.tellsErrors
      ? min(max(value, range.lowerBound, 0), range.upperBound, 1)
      : min(max(value, range.lowerBound), range.upperBound)
  }

  private func style(_ place: Int) -> Style { RunID(place).style }
}
