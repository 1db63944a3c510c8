internal import Experiment
import Reports
package import TerminalUI

extension SweepState {
  /// The most runs under way that have a line of their own.
  private static let mostRunning = 4
  private static let detailsHeight = 7

  /// Draws the sweep at any size: a pure function of the state.
  package func render(width: Int, height: Int) -> Surface {
    .screen(
      width: width, height: height, glyphs: glyphs, showsColors: showsColors && terminalColors != .none,
      question: question?.line, draw: draw)
  }

  private func draw(on surface: inout Surface) {
    let lines = runningLines(limit: min(Self.mostRunning, max(1, surface.height / 12)))
    let (body, footer) = surface.bounds.splitBottom(1)
    let (header, rest) = body.splitTop(2 + lines.count)
    let (main, details) = rest.splitBottom(Self.detailsHeight)
    drawHeader(on: &surface, in: header, lines)
    if showsTable { drawTable(on: &surface, in: main) } else { drawMaps(on: &surface, in: main) }
    drawDetails(on: &surface, in: details)
    FooterView(
      keys: Self.cells.group("", for: self).entries, ways: Self.program.group("", for: self).entries,
      question: question?.line, glyphs: glyphs
    ).draw(on: &surface, in: footer)
  }

  // MARK: Header

  private func drawHeader(on surface: inout Surface, in area: Rect, _ lines: [String]) {
    surface.drawTitle(
      progress.isComplete ? "sweep finished" : "sweep", caption: caption, glyphs: glyphs, in: area)
    let total = progress.runs.count
    let name = " \(String(progress.results.count).paddedLeft(to: String(total).count))/\(total) runs "
    // Only a sweep that is over is full.
    let percent = "\(Int((progress.share * 100).rounded(.down)))%".paddedLeft(to: 4)
    let text = "\(percent) \(clock)"
    let start = surface.write(name, x: area.x, y: area.y + 1, style: .bold)
    let gauge = Gauge(
      share: progress.share, width: area.maxX - 1 - start - text.cellWidth - 1,
      style: glyphs == .ascii ? .ascii : showsColors ? .line : .lineWithoutRest)
    let middle = surface.write(
      gauge.completed, x: start, y: area.y + 1, style: Style(foreground: Color.series[0]))
    surface.write(gauge.rest, x: middle, y: area.y + 1, style: .dim)
    surface.write(text, endingAt: area.maxX - 1, y: area.y + 1)
    for (row, line) in lines.enumerated() {
      surface.write(plain(line), x: area.x, y: area.y + 2 + row, style: .dim, limit: area.maxX)
    }
  }

  /// A line for each run under way, and one for those that have none.
  private func runningLines(limit: Int) -> [String] {
    let running = progress.running
    let shown = running.count > limit ? limit - 1 : running.count
    let lines = running.prefix(shown).map { running in
      " \(String(Int(running.share * 100)).paddedLeft(to: 3))%  \(words(running.run))"
    }
    guard shown < running.count else { return lines }
    return lines + ["       \(running.count - shown)\(shown > 0 ? " more" : "") runs under way"]
  }

  private func words(_ run: SweepRun) -> String {
    let phrase = progress.plan.phrase(of: run.cell)
    return (phrase.isEmpty ? "" : phrase + ", ") + "seed \(run.configuration.seed), "
      + (run.configuration.epochs == 1 ? "1 epoch" : "\(run.configuration.epochs) epochs")
  }

  // MARK: Cells

  private func drawTable(on surface: inout Surface, in area: Rect) {
    surface.drawFrame(area, title: plain("cells, mean ± standard deviation"), glyphs: glyphs)
    SweepTable(progress).draw(
      on: &surface, in: area.inset(by: 1), selected: selected, isASCII: glyphs == .ascii)
  }

  /// As many figures side by side as fit, the chosen one first.
  private func drawMaps(on surface: inout Surface, in area: Rect) {
    let all = progress.figures
    let first = all.firstIndex(of: figure) ?? 0
    let maps = (all[first...] + all[..<first]).compactMap {
      SweepMap(progress, figure: $0, selected: selected, isASCII: glyphs == .ascii)
    }
    guard let map = maps.first else { return }
    let needed = max(map.size.width, maps.map(\.title.count).max() ?? 0) + 4
    let count = min(maps.count, max(1, area.width / needed))
    for (index, map) in maps.prefix(count).enumerated() {
      let (left, right) = (area.width * index / count, area.width * (index + 1) / count)
      let frame = Rect(x: area.x + left, y: area.y, width: right - left, height: area.height)
      surface.drawFrame(frame, title: map.title, glyphs: glyphs)
      map.draw(on: &surface, in: frame.inset(by: 1).splitLeft(1).rest)
    }
  }

  /// The figures of the selected cell, each with those of its seeds.
  private func drawDetails(on surface: inout Surface, in area: Rect) {
    let phrase = progress.plan.phrase(of: selected)
    let results = progress.results(of: selected)
    let diverged = progress.divergedCount(of: selected)
    let title =
      (phrase.isEmpty ? "" : phrase + ": ") + "\(results.count - diverged) of \(progress.plan.seeds) seeds"
      + (diverged > 0 ? ", \(diverged) diverged" : "")
    surface.drawFrame(area, title: plain(title), glyphs: glyphs)
    let inside = area.inset(by: 1)
    let seeds = results.map { "\($0.key.seed)" }
    var rows = [["mean ± sd" + (results.isEmpty ? ", none yet" : ""), ""] + seeds.map { "seed \($0)" }]
    for figure in progress.figures.prefix(max(0, inside.height - 1)) {
      let mean = progress.mean(figure, of: selected).map(figure.bareText) ?? "-"
      rows.append(
        [figure.titleWithUnit, mean]
          + results.map { $0.metrics.map { $0[figure].map { figure.bareText($0) } ?? "-" } ?? "diverged" })
    }
    for (row, line) in TextTable(rows: rows, spacing: 2, flushLeft: 1).lines.prefix(inside.height)
      .enumerated()
    {
      surface.write(
        plain(line), x: inside.x + 1, y: inside.y + row, style: row == 0 ? .dim : .plain, limit: inside.maxX)
    }
  }

  private func plain(_ text: String) -> String { glyphs.plain(text) }
}
