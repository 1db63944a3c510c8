internal import Messages
import Reports
import Sessions
internal import TerminalUI

/// Sessions in a table, and what one of them is made of.
struct SessionTable {
  /// The sessions, as they stand.
  var rows: [SessionRow]
  /// Which settings of all of them are worth telling.
  var overview: SettingsOverview
  /// The column by which they are ordered, and whether from its end.
  var order: (column: Int, isReversed: Bool)
  /// The place of the selected one.
  var selected: Int
  var marked: Set<RunFolder>
  let glyphs: GlyphSet

  /// Columns of a width, and what is left for tags, note and settings.
  private struct Layout {
    var columns: [(column: SessionColumn, width: Int)]
    var rest: Int

    init(width: Int, longestName: Int) {
      let widths = [
        "name": min(max(7, longestName), width < 90 ? 12 : 24), "state": 11, "when": 16, "best": 10,
        "test": 8, "gap": 7, "size": 7,
      ]
      // The last ones are the first to give way.
      let optional = ["when", "size", "gap", "test"]
      var shown = SessionColumn.all.filter { widths[$0.key] != nil }
      func room() -> Int { width - 2 - shown.reduce(0) { $0 + (widths[$1.key] ?? 0) + 2 } }
      for key in optional where room() < 20 { shown.removeAll { $0.key == key } }
      columns = shown.map { ($0, widths[$0.key] ?? 0) }
      rest = max(0, room())
    }
  }

  /// Draws the table, and below it what the selected session is made of.
  func draw(on surface: inout Surface, in area: Rect) {
    guard rows.indices.contains(selected) else { return }
    let runs = rows[selected].session.known?.runs.count ?? 1
    let (table, details) = area.splitBottom(min(runs + 5, max(6, area.height / 3)))
    drawTable(on: &surface, in: table)
    drawDetails(of: rows[selected], on: &surface, in: details)
  }

  private func drawTable(on surface: inout Surface, in area: Rect) {
    let column = SessionColumn.all[order.column]
    let title =
      order.isReversed
      ? says("ordered by \(column.heading), from its end", "按\(column.heading)倒序")
      : says("ordered by \(column.heading)", "按\(column.heading)排序")
    surface.drawFrame(area, title: glyphs.plain(title), glyphs: glyphs)
    let inside = area.inset(by: 1)
    let layout = Layout(
      width: inside.width, longestName: rows.lazy.map(\.session.folder.name.cellWidth).max() ?? 0)
    drawHeadings(layout, column, on: &surface, in: inside)
    let count = inside.height - 1
    let first = max(0, min(selected - count / 2, rows.count - count))
    for (index, row) in rows.dropFirst(first).prefix(max(0, count)).enumerated() {
      draw(
        row, layout, isSelected: first + index == selected, on: &surface, in: inside, y: inside.y + 1 + index)
    }
  }

  private func drawHeadings(
    _ layout: Layout, _ ordering: SessionColumn, on surface: inout Surface, in area: Rect
  ) {
    var x = area.x + 2
    for (column, width) in layout.columns {
      let style: Style = column.key == ordering.key ? .bold : .dim
      write(column.heading, column.isNumeric, x: x, width: width, style, on: &surface, y: area.y)
      x += width + 2
    }
    surface.write(
      glyphs.plain(says("tags, note, settings", "标记、备注、设置")), x: x, y: area.y, style: .dim, limit: area.maxX)
  }

  private func draw(
    _ row: SessionRow, _ layout: Layout, isSelected: Bool, on surface: inout Surface, in area: Rect, y: Int
  ) {
    let isMarked = marked.contains(row.session.folder)
    let style: Style = isSelected ? .bold : .plain
    if isSelected { surface.put(">", x: area.x, y: y, style: .bold) }
    if isMarked { surface.put(glyphs.star, x: area.x + 1, y: y, style: Style(foreground: .accent)) }
    var x = area.x + 2
    for (column, width) in layout.columns {
      write(column.text(row), column.isNumeric, x: x, width: width, style, on: &surface, y: y)
      x += width + 2
    }
    let labels = glyphs.cut(row.labels, to: layout.rest)
    let end = surface.write(labels, x: x, y: y, style: style, limit: area.maxX) + (labels.isEmpty ? 0 : 2)
    if end < area.maxX {
      surface.write(
        glyphs.cut(row.settings(in: overview), to: area.maxX - end), x: end, y: y, style: .dim,
        limit: area.maxX)
    }
  }

  private func write(
    _ text: String, _ isNumeric: Bool, x: Int, width: Int, _ style: Style, on surface: inout Surface, y: Int
  ) {
    let text = glyphs.cut(text, to: width)
    if isNumeric {
      surface.write(text, endingAt: x + width, y: y, style: style)
    } else {
      surface.write(text, x: x, y: y, style: style, limit: x + width)
    }
  }

  /// The runs of a session, its tags and its note.
  private func drawDetails(of row: SessionRow, on surface: inout Surface, in area: Rect) {
    surface.drawFrame(area, title: glyphs.plain(row.session.folder.name), glyphs: glyphs)
    let inside = area.inset(by: 1)
    let width = max(1, inside.width - 2)
    // The lines of runs are a table; everything else is a sentence.
    var (runs, sentences): ([String], [String]) = ([], [])
    switch row.session.contents {
    case .failure: sentences.append(row.session.problem ?? "")
    case .success(let contents): runs = SessionRuns(contents).lines
    }
    if case .failure(let error) = row.session.labels { sentences.append(error.description) }
    sentences.append(row.labels)
    let lines =
      runs.map { glyphs.cut($0, to: width) }
      + sentences.flatMap { $0.isEmpty ? [] : TextWrap.lines(glyphs.plain($0), width: width) }
    let text = Rect(x: inside.x + 1, y: inside.y, width: max(0, inside.width - 1), height: inside.height)
    surface.write(lines.prefix(inside.height), in: text)
  }
}
