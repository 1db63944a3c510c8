internal import TerminalUI

/// Every key, from the table that also drives dispatch.
struct HelpView {
  let state: DashboardState

  func draw(on surface: inout Surface, in area: Rect) {
    surface.drawFrame(area, title: "keys", glyphs: state.glyphs)
    let inside = area.inset(by: 1)
    let columns = rows.count > inside.height ? 2 : 1
    let width = inside.width / columns
    for (index, row) in rows.enumerated() {
      let column = index / max(1, inside.height)
      guard column < columns else { return }
      let x = inside.x + column * width + 1
      let y = inside.y + index % max(1, inside.height)
      surface.write(state.plain(row.caption), x: x, y: y, style: .bold, limit: x + width - 2)
      surface.write(
        state.plain(row.help), x: x + (row.help.isEmpty ? 0 : 10), y: y, limit: x + width - 2)
    }
  }

  private var rows: [(caption: String, help: String)] {
    KeyBindings.groups.flatMap { group in
      [(caption: group.title, help: "")]
        + group.bindings.filter { !$0.help.isEmpty }
        .map { (caption: $0.caption, help: $0.help) }
    }
  }
}
