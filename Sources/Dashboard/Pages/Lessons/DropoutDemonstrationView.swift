internal import Messages
import NeuralNetwork
internal import TerminalUI

/// A matrix, what dropout makes of it, and how the mean of many draws comes back to it.
struct DropoutDemonstrationView {
  let demonstration: DropoutDemonstration
  let setting: DropoutDemonstration.Setting
  /// Which draw is shown.
  let draw: Int
  let glyphs: GlyphSet

  /// Draws sentences and matrices, and below or beside them the chart of the error.
  func draw(on surface: inout Surface, in area: Rect) {
    var y = area.y
    for line in sentences(width: area.width) {
      surface.write(plain(line), x: area.x, y: y, limit: area.maxX)
      y += 1
    }
    y += 1
    var matrices = matrices(isNarrow: area.width < 61)
    // On a low screen the blank lines go first.
    if matrices.count > area.maxY - y { matrices.removeAll(where: \.text.isEmpty) }
    let width = matrices.map(\.text.cellWidth).max() ?? 0
    for (row, line) in matrices.enumerated() where y + row < area.maxY {
      surface.write(plain(line.text), x: area.x, y: y + row, style: line.style, limit: area.maxX)
    }
    guard setting.probability > 0, setting.probability < 1 else { return }
    let (beside, below) = (area.width - width - 3, area.maxY - y - matrices.count - 1)
    if beside >= 30 {
      chart.draw(
        on: &surface,
        in: Rect(x: area.x + width + 3, y: y, width: min(beside, 70), height: min(area.maxY - y, 16)))
    } else if below >= 7 {
      chart.draw(
        on: &surface,
        in: Rect(
          x: area.x, y: y + matrices.count + 1, width: min(area.width, 76), height: min(below, 14)))
    }
  }

  /// Rows of sentences and matrices without blank lines between.
  func fewestRows(width: Int) -> Int {
    sentences(width: width).count + 1 + matrices(isNarrow: width < 61).filter { !$0.text.isEmpty }.count
  }

  /// What happens, in words.
  private func sentences(width: Int) -> [String] {
    let probability = NumberText.fixed(setting.probability, decimals: 2)
    let text: String
    switch setting.probability {
    case 0:
      text = says(
        "p = \(probability): nothing is dropped. Dropout is the identity, as it is in evaluation.",
        "p = \(probability)：什么都不丢弃。暂退法是恒等映射，与评估时一样。")
    case 1:
      text = says(
        "p = \(probability): everything is dropped. There is nothing left to scale.",
        "p = \(probability)：全部丢弃。没有什么可以缩放。")
    default:
      let scale = NumberText.fixed(setting.scale, decimals: 3)
      text = says(
        "p = \(probability): each number is dropped with probability \(probability), the others are multiplied "
          + "by 1/(1 − p) = \(scale). So the mean stays what it was: over n draws "
          + "it comes back to the input, its error shrinking as 1/√n.",
        "p = \(probability)：每个数以概率 \(probability) 被丢弃，其余的乘以 1/(1 − p) = \(scale)。于是均值不变："
          + "抽取 n 次，均值回到输入，误差按 1/√n 缩小。")
    }
    return TextWrap.lines(text, width: min(width, 100))
  }

  /// Input, one draw, and the means; with one decimal less where there is little room.
  private func matrices(isNarrow: Bool) -> [(text: String, style: Style)] {
    let (width, decimals) = isNarrow ? (5, 1) : (6, 2)
    let number = draw % setting.draws.count
    var lines = rows(says("input", "输入"), demonstration.input, columnWidth: width, decimals: 0)
    lines +=
      [("", .plain)]
      + rows(
        says("draw \(number + 1)", "第 \(number + 1) 次抽取"), setting.draws[number], columnWidth: width,
        decimals: decimals, marksZeros: true)
    guard let last = setting.means.last, setting.probability > 0, setting.probability < 1 else {
      return lines
    }
    for mean in setting.means where mean.count == 16 || mean.count == last.count {
      lines +=
        [("", .plain)]
        + rows(
          says("mean of \(mean.count)", "\(mean.count) 次均值"), mean.values, columnWidth: width,
          decimals: decimals)
      let error = NumberText.fixed(mean.error, decimals: 2)
      lines.append((says("  off by \(error) (root mean square)", "  偏差 \(error)（均方根）"), .dim))
    }
    return lines
  }

  private static let labelWidth = 13

  private func rows(
    _ label: String, _ values: [Float], columnWidth: Int, decimals: Int, marksZeros: Bool = false
  ) -> [(text: String, style: Style)] {
    stride(from: 0, to: values.count, by: demonstration.columns).map { start in
      let cells = values[start..<start + demonstration.columns].enumerated().map { offset, value in
        // A number that was 0 before is not told from a dropped one.
        let isDropped = marksZeros && value == 0 && demonstration.input[start + offset] != 0
        return
          (isDropped
          ? glyphs == .ascii ? "." : "·"
          : NumberText.fixed(Double(value), decimals: value == 0 ? 0 : decimals))
          .paddedLeft(to: columnWidth)
      }
      return ((start == 0 ? label : "").padded(to: Self.labelWidth) + cells.joined(), .plain)
    }
  }

  /// The error of the mean against the number of draws, both axes logarithmic: 1/√n is a straight line.
  private var chart: LineChart {
    let counts = setting.means.map(\.count)
    let expected = ChartSeries(
      label: says("expected", "理论"), mark: glyphs.hasSymbols ? "○" : ".", style: .dim, isDashed: true,
      points: counts.map {
        ChartSeries.Point(
          x: Double($0), y: demonstration.expectedError(setting, count: $0))
      })
    let found = ChartSeries(
      label: says("found", "实测"), mark: glyphs.hasSymbols ? "●" : "*",
      style: Style(foreground: Color.series[0], isBold: true),
      points: setting.means.map { ChartSeries.Point(x: Double($0.count), y: $0.error) })
    var chart = LineChart(
      title: says("error of the mean", "均值的误差"), series: [expected, found],
      horizontal: Axis(1, Double(counts.last ?? 1), isLogarithmic: true), glyphs: glyphs)
    chart.isLogarithmic = true
    chart.horizontalUnit = says("draws", "次")
    return chart
  }

  private func plain(_ text: String) -> String { glyphs.plain(text) }
}
