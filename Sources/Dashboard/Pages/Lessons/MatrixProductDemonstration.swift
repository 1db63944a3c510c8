internal import Messages
internal import TerminalUI

/// The norm of a product of random matrices 4 × 4 of N(0, 1), factor after factor, for several seeds.
package struct MatrixProductDemonstration: Hashable, Sendable {
  /// Logarithm to base 10 of the Frobenius norm after each factor, a list for each of the first seeds.
  package var curves: [[Double]]
  /// The last logarithm of each of all seeds.
  package var ends: [Double]
  /// Mean growth of the natural logarithm for each factor, over all seeds.
  package var growth: Double

  /// Products that were made.
  package init(curves: [[Double]], ends: [Double], growth: Double) {
    self.curves = curves
    self.ends = ends
    self.growth = growth
  }

  /// What theory expects of the growth: ½(ln 2 + ψ(2)), ψ(2) being 1 less Euler's constant.
  package static let expectedGrowth = 0.5 * (0.693_147_180_559_945_3 + 1 - 0.577_215_664_901_532_9)
  /// Nepers in a power of ten.
  private static let perDecade = 2.302_585_092_994_046

  /// Mean and standard deviation of the last logarithms.
  package var end: (mean: Double, deviation: Double) {
    let count = Double(max(1, ends.count))
    let mean = ends.reduce(0, +) / count
    let squares = ends.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / max(1, count - 1)).squareRoot())
  }

  /// What happens, in words.
  func sentences(width: Int) -> [String] {
    let factors = (curves.first?.count ?? 1) - 1
    func number(_ number: Double, _ decimals: Int) -> String {
      NumberText.fixed(number, decimals: decimals)
    }
    let (mean, deviation) = (number(end.mean, 1), number(end.deviation, 2))
    let (found, theory) = (number(growth, 3), number(Self.expectedGrowth, 3))
    return TextWrap.lines(
      says(
        "A matrix 4 × 4 of numbers N(0, 1), times \(factors) others: the norm becomes 10 to the \(mean) ± "
          + "\(deviation) (\(ends.count) seeds). Each factor multiplies it by e to the \(found), and "
          + "theory says \(theory). A gradient goes through as many products as a network has layers: it "
          + "explodes, or with smaller weights it vanishes. He's and Xavier's rules choose the size that keeps it.",
        "一个由 N(0, 1) 的数组成的 4 × 4 矩阵，再乘以 \(factors) 个这样的矩阵：范数变成 10 的 \(mean) ± \(deviation) 次方"
          + "（\(ends.count) 个种子）。每个因子使它乘以 e 的 \(found) 次方，理论值是 \(theory)。网络有多少层，梯度就要经过"
          + "多少次这样的乘积：它会爆炸，权重较小时则会消失。He 与 Xavier 的规则选择能保持它的大小。"),
      width: min(width, 100))
  }

  /// The norm against the number of factors.
  func chart(glyphs: GlyphSet) -> LineChart {
    let count = (curves.first?.count ?? 1) - 1
    let start = curves.map { $0.first ?? 0 }.reduce(0, +) / Double(max(1, curves.count))
    let expected = ChartSeries(
      label: says("theory", "理论"), mark: glyphs.hasSymbols ? "○" : ".", style: .dim, isDashed: true,
      points: [0, count].map {
        ChartSeries.Point(
          x: Double($0), y: start + Double($0) * Self.expectedGrowth / Self.perDecade)
      })
    let marks: [Character] =
      glyphs.hasSymbols ? ["●", "▲", "■", "◆", "△"] : ["1", "2", "3", "4", "5"]
    let series = curves.enumerated().map { index, curve in
      ChartSeries(
        label: says("seed \(index + 1)", "种子 \(index + 1)"), mark: marks[index % marks.count],
        style: Style(foreground: Color.series[index % Color.series.count]),
        points: curve.enumerated().map { ChartSeries.Point(x: Double($0), y: $1) })
    }
    var chart = LineChart(
      title: says("norm of the product, powers of ten", "乘积的范数，10 的幂"), series: [expected] + series,
      horizontal: Axis(0, Double(max(1, count))), glyphs: glyphs)
    chart.horizontalUnit = says("factors", "因子")
    return chart
  }

  /// Draws the sentences, and the chart below them.
  func draw(on surface: inout Surface, in area: Rect, glyphs: GlyphSet) {
    let lines = sentences(width: area.width)
    for (row, line) in lines.enumerated() where row < area.height {
      surface.write(glyphs.plain(line), x: area.x, y: area.y + row, limit: area.maxX)
    }
    let chart = area.splitTop(lines.count + 1).rest
    guard chart.height >= 6 else { return }
    self.chart(glyphs: glyphs).draw(
      on: &surface,
      in: Rect(x: chart.x, y: chart.y, width: min(chart.width, 100), height: min(chart.height, 20)))
  }
}
