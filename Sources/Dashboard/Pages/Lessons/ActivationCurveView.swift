internal import Messages
internal import TerminalUI

/// An activation function and its derivative in one chart, with marks where it begins to saturate.
struct ActivationCurveView {
  let curve: ActivationCurve
  let glyphs: GlyphSet

  func draw(on surface: inout Surface, in area: Rect) { chart.draw(on: &surface, in: area) }

  private static let marks = Style(foreground: .accent)

  private var chart: LineChart {
    var chart = LineChart(
      title: plain("\(curve.name): \(curve.formula)"),
      series: [
        ChartSeries(
          label: says("derivative", "导数"), mark: glyphs.hasSymbols ? "○" : "'",
          style: Style(foreground: Color.series[1]),
          isDashed: true,
          points: points(curve.derivatives)),
        ChartSeries(
          label: says("value", "函数值"), mark: glyphs.hasSymbols ? "●" : "*",
          style: Style(foreground: Color.series[0], isBold: true),
          points: points(curve.values)),
      ], horizontal: Axis(curve.arguments.first ?? 0, curve.arguments.last ?? 1), glyphs: glyphs)
    // What grows without bound would leave no room for the rest.
    chart.vertical = Axis(max(-1, curve.values.min() ?? 0), min(2, curve.values.max() ?? 1))
    chart.marks = [curve.saturated.below, curve.saturated.above].compactMap(\.self).map {
      ChartMark(x: $0, label: "", style: Self.marks)
    }
    chart.horizontalUnit = "x"
    return chart
  }

  private func points(_ values: [Double]) -> [ChartSeries.Point] {
    zip(curve.arguments, values).map { ChartSeries.Point(x: $0, y: $1) }
  }

  private func plain(_ text: String) -> String { glyphs.plain(text) }
}

/// What is to be learnt from the curves: a table and a sentence.
struct SaturationTable {
  let curves: [ActivationCurve]

  private static let layers = 10

  /// The lines, at most `width` columns wide where words allow it.
  func lines(width: Int) -> [String] {
    let limit = NumberText.fixed(ActivationCurve.saturation, decimals: 2)
    let heading = [
      "", says("largest derivative", "最大导数"), says("derivative below \(limit)", "导数小于 \(limit)"),
      says("through \(Self.layers) layers", "经过 \(Self.layers) 层"),
    ]
    let rows = curves.map { curve in
      [curve.name, NumberText.fixed(curve.largestDerivative, decimals: 2), range(curve), product(curve)]
    }
    var table = TextTable(rows: [heading] + rows, spacing: 2, flushLeft: 1).lines
    if table.contains(where: { $0.cellWidth > width }) {
      // The sentence tells what the last column does.
      table = TextTable(rows: ([heading] + rows).map { $0.dropLast() }, spacing: 2, flushLeft: 1).lines
    }
    return table
      + [""] + TextWrap.lines(sentence(limit: limit), width: width)
  }

  private func range(_ curve: ActivationCurve) -> String {
    let (below, above) = curve.saturated
    let parts = [
      below.map { "x < \(NumberText.fixed($0, decimals: 2))" },
      above.map { "x > \(NumberText.fixed($0, decimals: 2))" },
    ].compactMap(\.self)
    return parts.isEmpty ? says("nowhere", "无") : parts.joined(separator: ", ")
  }

  /// The largest derivative, once for each layer.
  private func product(_ curve: ActivationCurve) -> String {
    let product = (0..<Self.layers).reduce(1.0) { product, _ in product * curve.largestDerivative }
    return NumberText.fitting(product, decimals: product < 0.9 ? 9 : 2, width: 11)
  }

  private func sentence(limit: String) -> String {
    says(
      "On its way back a gradient is multiplied by the derivative of every layer. Beyond the dotted lines, where that is "
        + "below \(limit), a unit is saturated and hardly learns. Ten sigmoids leave a millionth at best. ReLU lets all "
        + "through or nothing; LeakyReLU and ELU let a little through below 0.",
      "梯度在反向传播中要乘以每一层的导数。虚线之外导数小于 \(limit)，单元饱和，几乎不再学习。十个 sigmoid 至多留下百万分之一。"
        + "ReLU 要么全部通过，要么完全不通过；LeakyReLU 与 ELU 在 0 以下也让一点通过。")
  }
}
