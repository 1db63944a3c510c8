import Experiment
import Reports
internal import Sessions
package import TerminalUI

extension RunsState {
  /// Draws the table at any size: a pure function of the state.
  package func render(width: Int, height: Int) -> Surface {
    screen(width: width, height: height, small: { drawSmall(on: &$0, in: $1) }, draw: draw)
  }

  private func draw(on surface: inout Surface) {
    let (header, rest) = surface.bounds.splitBottom(1).rest.splitTop(1)
    surface.drawTitle(status, caption: directory, glyphs: glyphs, in: header)
    if drawFooterAndHelp(on: &surface) { return }
    let (main, line) = rest.splitBottom(1)
    surface.write(
      glyphs.plain(message), x: line.x + 1, y: line.y, style: Style(foreground: .accent), limit: line.maxX)
    guard !listed.rows.isEmpty else { return drawNothing(on: &surface, in: main) }
    let runs = selectedRow?.session.known?.runs.count ?? 1
    let (table, details) = main.splitBottom(min(runs + 5, max(6, main.height / 3)))
    drawTable(on: &surface, in: table)
    if let selectedRow { drawDetails(of: selectedRow, on: &surface, in: details) }
  }

  /// How many sessions there are, and how many of them are meant.
  private var status: String {
    let all = found.rows.count == 1 ? "1 session" : "\(NumberText.grouped(found.rows.count)) sessions"
    let meant = query == .all ? "" : ", \(NumberText.grouped(listed.rows.count)) with '\(query.text)'"
    return all + meant + (marked.isEmpty ? "" : ", \(NumberText.grouped(marked.count)) marked")
  }

  private func drawNothing(on surface: inout Surface, in area: Rect) {
    let text =
      found.problem
      ?? (found.version == 0
        ? "Reading."
        : found.rows.isEmpty
          ? "No sessions here yet: 'fmnist-tui' trains one."
          : "No session is like that: / changes it, esc shows all.")
    let inside = Rect(x: area.x + 1, y: area.y + 1, width: max(1, area.width - 2), height: area.height)
    surface.write(TextWrap.lines(glyphs.plain(text), width: inside.width), in: inside)
  }

  // MARK: Table

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

  private func drawTable(on surface: inout Surface, in area: Rect) {
    let column = SessionColumn.all[order.column]
    surface.drawFrame(
      area, title: "ordered by \(column.heading)\(order.isReversed ? ", from its end" : "")", glyphs: glyphs)
    let inside = area.inset(by: 1)
    let names = listed.rows.lazy.map(\.session.folder.name.cellWidth)
    let layout = Layout(width: inside.width, longestName: names.max() ?? 0)
    drawHeadings(layout, column, on: &surface, in: inside)
    let rows = inside.height - 1
    let place = selectedPlace ?? 0
    let first = max(0, min(place - rows / 2, listed.rows.count - rows))
    for (index, row) in listed.rows.dropFirst(first).prefix(max(0, rows)).enumerated() {
      draw(row, layout, isSelected: first + index == place, on: &surface, in: inside, y: inside.y + 1 + index)
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
    surface.write("tags, note, settings", x: x, y: area.y, style: .dim, limit: area.maxX)
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
        glyphs.cut(row.settings(in: found.overview), to: area.maxX - end), x: end, y: y, style: .dim,
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

  // MARK: Details

  /// The runs of the selected session, its tags and its note.
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

  /// The selected session and its neighbours: in a corner of a screen.
  private func drawSmall(on surface: inout Surface, in area: Rect) {
    surface.write(
      glyphs.cut(message.isEmpty ? status : message, to: area.width), x: area.x, y: area.y, style: .bold,
      limit: area.maxX)
    let rows = max(0, area.height - 1)
    let place = selectedPlace ?? 0
    let first = max(0, min(place - rows / 2, listed.rows.count - rows))
    for (index, row) in listed.rows.dropFirst(first).prefix(rows).enumerated() {
      let y = area.y + 1 + index
      let isSelected = first + index == place
      let mark: Character = marked.contains(row.session.folder) ? glyphs.star : isSelected ? ">" : " "
      surface.put(mark, x: area.x, y: y, style: isSelected ? .bold : .plain)
      surface.write(
        glyphs.cut(row.session.folder.name, to: max(0, area.width - 14)), x: area.x + 2, y: y,
        style: isSelected ? .bold : .plain, limit: area.maxX)
      surface.write(glyphs.plain(row.best), endingAt: area.maxX, y: y)
    }
  }
}
