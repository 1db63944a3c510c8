import Experiment
internal import Messages
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
    SessionTable(
      rows: listed.rows, overview: found.overview, order: order, selected: selectedPlace ?? 0, marked: marked,
      glyphs: glyphs
    ).draw(on: &surface, in: main)
  }

  /// How many sessions there are, and how many of them are meant.
  private var status: String {
    let count = NumberText.grouped(found.rows.count)
    let all = says(found.rows.count == 1 ? "1 session" : "\(count) sessions", "\(count) 个会话")
    let shown = NumberText.grouped(listed.rows.count)
    let meant =
      query == .all ? "" : says(", \(shown) with '\(query.text)'", ", \(shown) 个符合 '\(query.text)'")
    let ones = NumberText.grouped(marked.count)
    return all + meant + (marked.isEmpty ? "" : says(", \(ones) marked", "，标出 \(ones) 个"))
  }

  private func drawNothing(on surface: inout Surface, in area: Rect) {
    let text =
      found.problem
      ?? (found.version == 0
        ? says("Reading.", "正在读取。")
        : found.rows.isEmpty
          ? says("No sessions here yet: 'fmnist-tui' trains one.", "这里还没有会话：'fmnist-tui' 会训练一个。")
          : says("No session is like that: / changes it, esc shows all.", "没有这样的会话：/ 更改条件，esc 显示全部。"))
    let inside = Rect(x: area.x + 1, y: area.y + 1, width: max(1, area.width - 2), height: area.height)
    surface.write(TextWrap.lines(glyphs.plain(text), width: inside.width), in: inside)
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
