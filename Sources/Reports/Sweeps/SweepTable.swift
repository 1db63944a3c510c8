package import Experiment
package import TerminalUI

/// A sweep as a table: a row for each cell, with mean ± standard deviation of the figures.
package struct SweepTable {
  private let progress: SweepProgress
  private let figures: [Figure]

  /// A table of these figures, or of all there are.
  package init(_ progress: SweepProgress, figures: [Figure]? = nil) {
    self.progress = progress
    self.figures = figures ?? progress.figures
  }

  /// The heading and a line for each cell.
  package var lines: [String] {
    let names = progress.plan.axes.map(\.setting.key)
    let heading = names + ["seeds"] + figures.map(\.title)
    let rows = progress.plan.cells.indices.map { cell in
      progress.plan.cells[cell].values + [seeds(of: cell)]
        + figures.map { figure in progress.mean(figure, of: cell).map(figure.bareText) ?? "-" }
    }
    return TextTable(rows: [heading] + rows, spacing: 2, flushLeft: names.count).lines
  }

  private func seeds(of cell: Int) -> String {
    let results = progress.results(of: cell)
    let diverged = progress.divergedCount(of: cell)
    return "\(results.count - diverged)/\(progress.plan.seeds)"
      + (diverged > 0 ? ", \(diverged) div." : "")
  }

  /// The lines with as many figures as there is room for.
  private func fittingLines(width: Int, isASCII: Bool) -> [String] {
    let lines = isASCII ? lines.map(TextEncoding.ascii.encode) : lines
    guard figures.count > 1, lines.contains(where: { $0.count > width }) else { return lines }
    return SweepTable(progress, figures: figures.dropLast()).fittingLines(width: width, isASCII: isASCII)
  }

  /// Draws the heading and those rows that fit, around the selected cell's.
  package func draw(on surface: inout Surface, in area: Rect, selected: Int, isASCII: Bool) {
    let lines = fittingLines(width: area.width - 1, isASCII: isASCII)
    let rows = lines.dropFirst()
    surface.write(lines[0], x: area.x + 1, y: area.y, style: .bold, limit: area.maxX)
    let shown = max(0, min(rows.count, area.height - 1))
    let first = min(max(0, selected - shown / 2), rows.count - shown)
    for (line, row) in (first..<first + shown).enumerated() {
      let y = area.y + 1 + line
      surface.write(rows[rows.startIndex + row], x: area.x + 1, y: y, limit: area.maxX)
      guard row == selected else { continue }
      surface.put(">", x: area.x, y: y, style: .bold)
      surface.restyle(Rect(x: area.x, y: y, width: area.width, height: 1)) { $0.isBold = true }
    }
  }
}
