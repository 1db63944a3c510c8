internal import Experiment
internal import TerminalUI

/// The list from which the charts are chosen.
struct ChartChooser {
  let state: DashboardState
  let chosen: [Quantity]
  let selected: Int

  func draw(on surface: inout Surface, in area: Rect) {
    let candidates = ChartsPage.candidates(in: state)
    let rows = min(candidates.count, max(1, area.height - 4))
    let width = min(area.width, 60)
    let box = Rect(
      x: area.x + (area.width - width) / 2, y: area.y + max(0, (area.height - rows - 3) / 2), width: width,
      height: min(area.height, rows + 3))
    surface.clear(box)
    surface.drawFrame(box, title: "charts, up to \(ChartsPage.largestCount)", glyphs: state.glyphs)
    let inside = box.inset(by: 1)
    let first = max(0, min(selected - rows + 1, candidates.count - rows))
    for (row, quantity) in candidates.dropFirst(first).prefix(rows).enumerated() {
      let number = chosen.firstIndex(of: quantity).map { String($0 + 1) } ?? " "
      let style = first + row == selected ? Style.reversed : .plain
      surface.write(
        " [\(number)] \(quantity.title)".padded(to: inside.width), x: inside.x, y: inside.y + row,
        style: style,
        limit: inside.maxX)
    }
    surface.write(
      state.plain(" ↑↓ move   space on or off   enter done"), x: inside.x, y: inside.maxY - 1, style: .dim,
      limit: inside.maxX)
  }
}
