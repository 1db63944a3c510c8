internal import Experiment
internal import Messages
import Reports
package import TerminalUI

extension SweepState {
  /// The most runs under way that have a line of their own.
  private static let mostRunning = 4

  /// Draws the sweep at any size: a pure function of the state.
  package func render(width: Int, height: Int) -> Surface {
    screen(width: width, height: height, small: { drawSmall(on: &$0, in: $1) }, draw: draw)
  }

  private func draw(on surface: inout Surface) {
    let lines = runningLines(limit: min(Self.mostRunning, max(1, surface.height / 12)))
    let (header, rest) = surface.bounds.splitBottom(1).rest.splitTop(3 + lines.count)
    drawHeader(on: &surface, in: header, lines)
    if drawFooterAndHelp(on: &surface) { return }
    guard openRun == nil else { return drawOpenCell(on: &surface, in: rest) }
    // On a low screen the map needs the row.
    let (main, details) = rest.splitBottom(surface.height < 28 ? 6 : 7)
    if showsTable { drawTable(on: &surface, in: main) } else { drawMaps(on: &surface, in: main) }
    drawDetails(on: &surface, in: details)
  }

  // MARK: Header

  private var status: String {
    progress.isComplete
      ? says("sweep finished", "扫描已完成") : isPaused ? says("sweep paused", "扫描已暂停") : says("sweep", "扫描")
  }

  private var count: String {
    let total = String(progress.runs.count)
    return "\(String(progress.results.count).paddedLeft(to: total.count))/\(total)" + says(" runs", " 个运行")
  }

  /// Only a sweep that is over is full.
  private var percent: String { "\(Int((progress.share * 100).rounded(.down)))%".paddedLeft(to: 4) }

  private func drawHeader(on surface: inout Surface, in area: Rect, _ lines: [String]) {
    surface.drawTitle(status, caption: caption, glyphs: glyphs, in: area)
    let text = "\(percent) \(clock)"
    let start = surface.write(" \(count) ", x: area.x, y: area.y + 1, style: .bold)
    drawGauge(on: &surface, x: start, y: area.y + 1, width: area.maxX - 1 - start - text.cellWidth - 1)
    surface.write(text, endingAt: area.maxX - 1, y: area.y + 1)
    for (row, line) in lines.enumerated() {
      surface.write(plain(line), x: area.x, y: area.y + 2 + row, style: .dim, limit: area.maxX)
    }
    // The last parts are the first to give way.
    var best = bestLine
    while best.cellWidth > area.width - 2,
      let end = [", ", "，"].compactMap({ best.ranges(of: $0).last?.lowerBound }).max()
    {
      best = String(best[..<end])
    }
    surface.write(
      best, x: area.x + 1, y: area.y + 2 + lines.count, style: .bold, limit: area.maxX)
  }

  /// The best cell by the chosen figure, with its settings.
  private var bestLine: String {
    guard let sentence = progress.bestSentence(by: figure) else {
      return figure.direction == .neither
        ? says("of \(figure.title) no value is better than another", "\(figure.title)没有优劣之分")
        : says("no best cell yet", "还没有最佳的格")
    }
    return "\(glyphs.star) " + plain(sentence)
  }

  private func drawGauge(on surface: inout Surface, x: Int, y: Int, width: Int) {
    let gauge = Gauge(
      share: progress.share, width: width,
      style: Gauge.Style(glyphs, showsColors: showsColors))
    let middle = surface.write(gauge.completed, x: x, y: y, style: Style(foreground: Color.series[0]))
    surface.write(gauge.rest, x: middle, y: y, style: .dim)
  }

  /// A line for each run under way, and one for those that have none.
  private func runningLines(limit: Int) -> [String] {
    let running = progress.running
    let shown = running.count > limit ? limit - 1 : running.count
    let lines = running.prefix(shown).map { running in
      // Until it is measured it is not over.
      " \(String(min(99, Int(running.share * 100))).paddedLeft(to: 3))%  \(words(running.run))"
    }
    guard shown < running.count else { return lines }
    return lines + [
      says(
        "       \(running.count - shown)\(shown > 0 ? " more" : "") runs under way",
        "       \(shown > 0 ? "另有 " : "")\(running.count - shown) 个运行正在进行")
    ]
  }

  private func words(_ run: SweepRun) -> String {
    let phrase = progress.plan.phrase(of: run.key.cell)
    let epochs = progress.plan.cells[run.key.cell].configuration.epochs
    return (phrase.isEmpty ? "" : phrase + says(", ", "，"))
      + says(
        "seed \(run.key.seed), " + (epochs == 1 ? "1 epoch" : "\(epochs) epochs"),
        "种子 \(run.key.seed)，\(epochs) 轮")
  }

  // MARK: Cells

  private func drawTable(on surface: inout Surface, in area: Rect) {
    let order =
      !isRanked
      ? says("in the order of the lists", "按列表的顺序")
      : says(
        "by \(figure.title), \(figure.direction == .neither ? "highest" : "best") first",
        "按\(figure.title)，\(figure.direction == .neither ? "最高" : "最佳")在前")
    let title = says("cells \(order), mean ± standard deviation", "格\(order)，均值 ± 标准差")
    surface.drawFrame(area, title: plain(title), glyphs: glyphs)
    SweepTable(progress, figures: figures, order: self.order).draw(
      on: &surface, in: area.inset(by: 1), selected: selected, best: progress.best(by: figure),
      glyphs: glyphs)
  }

  /// As many figures side by side as fit, the chosen one first, each with the ends of its colours below it; of a sweep that
  /// makes a curve, the chosen figure and the curve.
  private func drawMaps(on surface: inout Surface, in area: Rect) {
    let maps = figures.compactMap {
      SweepMap(progress, figure: $0, selected: selected, glyphs: glyphs)
    }
    guard let map = maps.first else { return }
    let needed = maps.map(\.ownWidth).max() ?? 0
    if let curve = SweepCurveChart(progress, figure: figure, selected: selected, glyphs: glyphs),
      area.width - map.ownWidth >= SweepCurveChart.narrowest
    {
      let (left, right) = area.splitLeft(map.ownWidth)
      draw(map, on: &surface, in: left)
      curve.draw(on: &surface, in: right)
      return
    }
    let count = min(maps.count, max(1, area.width / needed))
    for (index, map) in maps.prefix(count).enumerated() {
      let (left, right) = (area.width * index / count, area.width * (index + 1) / count)
      draw(map, on: &surface, in: Rect(x: area.x + left, y: area.y, width: right - left, height: area.height))
    }
  }

  private func draw(_ map: SweepMap, on surface: inout Surface, in frame: Rect) {
    surface.drawFrame(frame, title: map.title, glyphs: glyphs)
    map.drawLegend(on: &surface, x: frame.x + 1, y: frame.maxY - 1, limit: frame.maxX - 1)
    map.draw(on: &surface, in: frame.inset(by: 1).splitLeft(1).rest)
  }

  /// How the selected cell stands.
  var selectedTitle: String {
    let phrase = progress.plan.phrase(of: selected)
    return (phrase.isEmpty ? "" : phrase + says(": ", "：")) + progress.state(of: selected)
  }

  /// The figures of the selected cell, each with those of its seeds as far as they fit.
  private func drawDetails(on surface: inout Surface, in area: Rect) {
    surface.drawFrame(area, title: plain(selectedTitle), glyphs: glyphs)
    let inside = area.inset(by: 1)
    let figures = figures.prefix(max(0, inside.height - 1))
    let lines = fitting(progress.results(of: selected), width: inside.width - 1) { results, hidden in
      var rows = [
        [says("mean ± sd", "均值 ± 标准差") + (results.isEmpty ? says(", none yet", "，还没有") : ""), ""]
      ]
      rows[0] +=
        results.map { says("seed \($0.key.seed)", "种子 \($0.key.seed)") }
        + (hidden > 0 ? [says("and \(hidden) more", "另有 \(hidden) 个")] : [])
      for figure in figures {
        let mean = progress.mean(figure, of: selected).map(figure.bareText) ?? "-"
        rows.append([figure.titleWithUnit, mean] + results.map { $0.text(figure) })
      }
      return TextTable(rows: rows, spacing: 2, flushLeft: 1).lines.map(plain)
    }
    for (row, line) in lines.prefix(inside.height).enumerated() {
      surface.write(
        line, x: inside.x + 1, y: inside.y + row, style: row == 0 ? .dim : .plain, limit: inside.maxX)
    }
  }

  /// Lines of as many of the items as fit, which are told how many are left out.
  func fitting<Item>(_ items: [Item], width: Int, lines: ([Item], Int) -> [String]) -> [String] {
    for count in stride(from: items.count, to: 0, by: -1) {
      let fitted = lines(Array(items.prefix(count)), items.count - count)
      if fitted.allSatisfy({ $0.cellWidth <= width }) { return fitted }
    }
    return lines([], items.count)
  }

  // MARK: Small screens

  /// How far the sweep is, the best cell, and the list: in a corner of a screen.
  private func drawSmall(on surface: inout Surface, in area: Rect) {
    if openRun != nil { return drawOpenCell(on: &surface, in: area) }
    let state =
      progress.isComplete
      ? says("finished", "已完成") : isPaused ? says("paused", "已暂停") : says("sweep", "扫描")
    let share = percent.drop { $0 == " " }
    let heading = ["\(state) · \(count) \(share) \(clock)", "\(state) · \(count)", count]
    surface.write(
      heading.map(plain).first { $0.cellWidth <= area.width } ?? "", x: area.x, y: area.y, style: .bold)
    let (gauge, below) = area.splitTop(1).rest.splitTop(1)
    if gauge.height > 0 { drawGauge(on: &surface, x: gauge.x, y: gauge.y, width: gauge.width) }
    let lines = TextWrap.lines(bestLine, width: max(1, area.width))
    let (best, list) = below.splitTop(lines.count)
    for (row, line) in lines.prefix(best.height).enumerated() {
      surface.write(line, x: best.x, y: best.y + row)
    }
    SweepTable(progress, figures: [figure], order: order).draw(
      on: &surface, in: list, selected: selected, best: progress.best(by: figure), glyphs: glyphs)
  }

  func plain(_ text: String) -> String { glyphs.plain(text) }
}

extension SweepResult {
  /// A figure of it, or that it has none.
  func text(_ figure: Figure) -> String {
    metrics.map { $0[figure].map { figure.bareText($0) } ?? "-" } ?? says("diverged", "已发散")
  }
}
