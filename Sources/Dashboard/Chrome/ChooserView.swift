internal import TerminalUI

/// A list from which some are chosen, each with its number among those.
struct ChooserView {
  let title: String
  let names: [String]
  let numbers: [Int?]
  let selected: Int
  let keys: String
  let glyphs: GlyphSet

  func draw(on surface: inout Surface, in area: Rect) {
    let rows = min(names.count, max(1, area.height - 4))
    let width = min(area.width, 60)
    let box = Rect(
      x: area.x + (area.width - width) / 2, y: area.y + max(0, (area.height - rows - 3) / 2), width: width,
      height: min(area.height, rows + 3))
    surface.clear(box)
    surface.drawFrame(box, title: title, glyphs: glyphs)
    let inside = box.inset(by: 1)
    let first = max(0, min(selected - rows + 1, names.count - rows))
    for (row, name) in names.dropFirst(first).prefix(rows).enumerated() {
      let number = numbers[first + row].map(String.init) ?? " "
      let style = first + row == selected ? Style.reversed : .plain
      surface.write(
        " [\(number)] \(glyphs.cut(name, to: inside.width - 5))".padded(to: inside.width), x: inside.x,
        y: inside.y + row, style: style, limit: inside.maxX)
    }
    surface.write(glyphs.plain(" " + keys), x: inside.x, y: inside.maxY - 1, style: .dim, limit: inside.maxX)
  }
}
