package import Experiment
internal import Messages
package import TerminalUI

/// A sweep as a table: a row for each cell, with mean ± standard deviation of the figures.
package struct SweepTable {
  private let progress: SweepProgress
  private let figures: [Figure]
  private let order: [Int]
  private var isNarrow = false

  /// A table of these figures, or of all there are, with the cells in an order, or in that of the plan.
  package init(_ progress: SweepProgress, figures: [Figure]? = nil, order: [Int]? = nil) {
    self.progress = progress
    self.figures = figures ?? progress.figures
    self.order = order ?? Array(progress.plan.cells.indices)
  }

  /// The heading and a line for each cell.
  package var lines: [String] {
    let names = progress.plan.axes.map(\.name)
    let heading =
      names + (isNarrow ? [] : [says("seeds", "种子")]) + figures.map(isNarrow ? \.heading : \.title)
    let rows = order.map { cell in
      progress.plan.cells[cell].values + (isNarrow ? [] : [seeds(of: cell)])
        + figures.map { figure in progress.mean(figure, of: cell).map(figure.bareText) ?? "-" }
    }
    return TextTable(rows: [heading] + rows, spacing: 2, flushLeft: names.count).lines
  }

  private func seeds(of cell: Int) -> String {
    let results = progress.results(of: cell)
    let diverged = progress.divergedCount(of: cell)
    return "\(results.count - diverged)/\(progress.plan.seeds)"
      + (diverged > 0 ? says(", \(diverged) div.", ", \(diverged) 发散") : "")
  }

  /// The lines with as many figures as there is room for, at last without the seeds and with short names.
  private func fittingLines(width: Int, glyphs: GlyphSet) -> [String] {
    let lines = lines.map(glyphs.plain)
    guard lines.contains(where: { $0.cellWidth > width }), figures.count > 1 || !isNarrow else {
      return lines
    }
    var smaller = SweepTable(
      progress, figures: figures.count > 1 ? figures.dropLast() : figures, order: order)
    smaller.isNarrow = figures.count == 1
    return smaller.fittingLines(width: width, glyphs: glyphs)
  }

  /// Draws the heading and those rows that fit, the selected cell's among them, with a star at the best one's.
  package func draw(on surface: inout Surface, in area: Rect, selected: Int, best: Int?, glyphs: GlyphSet) {
    guard area.height > 0 else { return }
    let lines = fittingLines(width: area.width - 2, glyphs: glyphs)
    surface.write(lines[0], x: area.x + 2, y: area.y, style: .bold, limit: area.maxX)
    let shown = max(0, min(order.count, area.height - 1))
    let place = order.firstIndex(of: selected) ?? 0
    // The first rows are seen for as long as the selected one is among them.
    let first = min(max(0, place - shown + 2), order.count - shown)
    for (line, row) in (first..<first + shown).enumerated() {
      let y = area.y + 1 + line
      surface.write(lines[1 + row], x: area.x + 2, y: y, limit: area.maxX)
      if order[row] == best { surface.put(glyphs.star, x: area.x + 1, y: y, style: .bold) }
      guard order[row] == selected else { continue }
      surface.put(">", x: area.x, y: y, style: .bold)
      surface.restyle(Rect(x: area.x, y: y, width: area.width, height: 1)) { $0.isBold = true }
    }
  }
}
