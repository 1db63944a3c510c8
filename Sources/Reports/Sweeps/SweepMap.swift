package import Experiment
internal import Messages
package import TerminalUI

/// A sweep over one or two settings as a map: a figure's mean in each cell, a star at the best one and, where there are
/// colours, one that tells how good the mean is: bright is better, whatever the figure.
package struct SweepMap {
  /// The sweep.
  package var progress: SweepProgress
  /// What is shown.
  package var figure: Figure
  /// The cell that stands out, if one does.
  package var selected: Int?
  /// The characters to draw with.
  package var glyphs: GlyphSet

  /// A map, or `nil` for more settings than a map has sides.
  package init?(_ progress: SweepProgress, figure: Figure, selected: Int? = nil, glyphs: GlyphSet) {
    guard progress.plan.axes.count <= 2 else { return nil }
    self.progress = progress
    self.figure = figure
    self.selected = selected
    self.glyphs = glyphs
  }

  private static let narrowestColumn = 6
  private static let headingHeight = 2

  private var plan: SweepPlan { progress.plan }

  /// The setting with more values goes down: a terminal has more rows than columns to spare.
  private var sides: (rows: Int?, columns: Int?) {
    switch plan.axes.count {
    case 0: (nil, nil)
    case 1: (0, nil)
    default: plan.axes[1].values.count > plan.axes[0].values.count ? (1, 0) : (0, 1)
    }
  }

  private func values(_ side: Int?) -> [String] { side.map { plan.axes[$0].values } ?? [""] }
  private var rowLabels: [String] { values(sides.rows) }
  private var columnLabels: [String] { values(sides.columns) }

  private func cell(row: Int, column: Int) -> Int {
    let places = [sides.rows.map { ($0, row) }, sides.columns.map { ($0, column) }].compactMap(\.self)
      .sorted { $0.0 < $1.0 }
    return zip(plan.axes, places).reduce(0) { $0 * $1.0.values.count + $1.1.1 }
  }

  private func place(of cell: Int) -> (row: Int, column: Int) {
    let places = plan.place(of: cell)
    return (sides.rows.map { places[$0] } ?? 0, sides.columns.map { places[$0] } ?? 0)
  }

  /// The cell beside `cell`, as far as there is one.
  package func neighbour(of cell: Int, rows: Int, columns: Int) -> Int {
    let place = place(of: cell)
    return self.cell(
      row: min(max(place.row + rows, 0), rowLabels.count - 1),
      column: min(max(place.column + columns, 0), columnLabels.count - 1))
  }

  // MARK: Drawing

  /// What the map shows.
  package var title: String { figure.titleWithUnit }

  private var labelWidth: Int {
    max(
      sides.rows.map { plan.axes[$0].name.cellWidth } ?? 0, rowLabels.map(\.cellWidth).max() ?? 0)
  }

  private var columnWidth: Int {
    max(Self.narrowestColumn, columnLabels.map(\.cellWidth).max() ?? 0) + 3
  }

  /// Columns and rows of the terminal that show all of it.
  package var size: (width: Int, height: Int) {
    let heading = sides.columns.map { labelWidth + 2 + plan.axes[$0].name.cellWidth } ?? 0
    return (
      max(labelWidth + 1 + columnLabels.count * columnWidth, heading), Self.headingHeight + rowLabels.count
    )
  }

  /// Columns of the map with its title, in a frame.
  package var ownWidth: Int { max(size.width, title.cellWidth) + 4 }

  /// Draws as much of the map as fits, with the selected cell in it.
  package func draw(on surface: inout Surface, in area: Rect) {
    let shownColumns = max(1, min(columnLabels.count, (area.width - labelWidth - 1) / columnWidth))
    let shownRows = max(1, min(rowLabels.count, area.height - Self.headingHeight))
    let place = place(of: selected ?? 0)
    let firstColumn = min(max(0, place.column - shownColumns / 2), columnLabels.count - shownColumns)
    let firstRow = min(max(0, place.row - shownRows / 2), rowLabels.count - shownRows)
    let columns = firstColumn..<firstColumn + shownColumns
    let rows = firstRow..<firstRow + shownRows
    drawHeading(on: &surface, in: area, columns: columns, isCut: rows.count < rowLabels.count)
    let (scale, best) = (scale, progress.best(by: figure))
    for (line, row) in rows.enumerated() {
      let y = area.y + Self.headingHeight + line
      surface.write(rowLabels[row], x: area.x, y: y, style: .bold, limit: area.maxX)
      for (index, column) in columns.enumerated() {
        drawCell(
          cell(row: row, column: column), scale: scale, best: best, on: &surface,
          in: Rect(
            x: area.x + labelWidth + 1 + index * columnWidth, y: y, width: columnWidth, height: 1
          ).intersection(area))
      }
    }
  }

  private func drawHeading(on surface: inout Surface, in area: Rect, columns: Range<Int>, isCut: Bool) {
    let x = area.x + labelWidth + 1
    if let side = sides.rows {
      surface.write(plan.axes[side].name, x: area.x, y: area.y + 1, style: .dim, limit: area.maxX)
    }
    guard let side = sides.columns else { return }
    let shown = columns.count < columnLabels.count ? " \(columns.lowerBound + 1)-\(columns.upperBound)" : ""
    let name =
      plan.axes[side].name
      + (shown.isEmpty ? "" : says("\(shown) of \(columnLabels.count)", "\(shown)，共 \(columnLabels.count)"))
    surface.write(name, x: x + 1, y: area.y, style: .dim, limit: area.maxX)
    for (index, column) in columns.enumerated() {
      let end = x + (index + 1) * columnWidth - 1
      guard end <= area.maxX else { return }
      surface.write(columnLabels[column], endingAt: end, y: area.y + 1, style: .bold)
    }
  }

  private func drawCell(
    _ cell: Int, scale: (Double) -> Double, best: Int?, on surface: inout Surface, in area: Rect
  ) {
    guard area.width > 1 else { return }
    let isSelected = cell == selected
    var style = Style.dim
    if let mean = progress.mean(figure, of: cell)?.mean {
      style = Color.heat(scale(mean))
    }
    surface.write(String(repeating: " ", count: area.width), x: area.x, y: area.y, style: style)
    surface.write(text(of: cell), endingAt: area.maxX - 1, y: area.y, style: style)
    if cell == best { surface.put(glyphs.star, x: area.x + 1, y: area.y, style: style) }
    guard isSelected else { return }
    // Brackets say it where neither colours nor bold characters do.
    style.isBold = true
    surface.restyle(area) { $0.isBold = true }
    surface.put("[", x: area.x, y: area.y, style: style)
    surface.put("]", x: area.maxX - 1, y: area.y, style: style)
  }

  private func text(of cell: Int) -> String {
    if let mean = progress.mean(figure, of: cell) {
      return plain(figure.bareText(mean.mean, width: columnWidth - 3))
    }
    if progress.divergedCount(of: cell) > 0 { return says("div.", "发散") }
    guard progress.running.contains(where: { $0.run.key.cell == cell }) else {
      return glyphs == .ascii ? "." : "·"
    }
    return glyphs.hasSymbols ? "▸" : ">"
  }

  /// The lowest and the highest mean.
  private var range: ClosedRange<Double>? {
    let means = plan.cells.indices.compactMap { progress.mean(figure, of: $0)?.mean }.filter(\.isFinite)
    guard let lowest = means.min(), let highest = means.max(), highest > lowest else { return nil }
    return lowest...highest
  }

  /// Where a mean lies between the worst and the best one, 0...1; of a figure that is neither, the lowest and the highest.
  private var scale: (Double) -> Double {
    guard let range else { return { _ in 0.5 } }
    let (lowest, extent) = (range.lowerBound, range.upperBound - range.lowerBound)
    return figure.direction == .lower ? { 1 - ($0 - lowest) / extent } : { ($0 - lowest) / extent }
  }

  /// What the scale is written over: characters of one cell.
  private static var legend: String { says("   to   ", "   --   ") }

  /// Writes what the ends of the colour scale are, between them the scale; nothing while all means are one.
  package func drawLegend(on surface: inout Surface, x: Int, y: Int, limit: Int) {
    guard let range else { return }
    let ends = [range.lowerBound, range.upperBound].map { plain(figure.bareText($0)) }
    let (dark, bright) = figure.direction == .lower ? (ends[1], ends[0]) : (ends[0], ends[1])
    let words =
      figure.direction == .neither
      ? (says("lowest", "最低"), says("highest", "最高")) : (says("worst", "最差"), says("best", "最佳"))
    let (first, last) = (" \(words.0) \(dark) ", " \(words.1) \(bright) ")
    guard x + first.cellWidth + Self.legend.count + last.cellWidth <= limit else { return }
    let start = surface.write(first, x: x, y: y)
    for (step, character) in Self.legend.enumerated() {
      surface.put(
        character, x: start + step, y: y, style: Color.heat(Double(step) / Double(Self.legend.count - 1)))
    }
    surface.write(last, x: start + Self.legend.count, y: y)
  }

  private func plain(_ text: String) -> String { glyphs.plain(text) }
}
