internal import TerminalUI

/// Every key of the page, from the table that also drives dispatch, and on a second page what the curves are.
struct HelpView {
  let state: DashboardState

  private struct Row {
    var caption: String
    var help = ""
  }

  func draw(on surface: inout Surface, in area: Rect) {
    let inside = area.inset(by: 1)
    let onFirst = 2 * max(1, inside.height)
    guard state.help == .curves else {
      surface.drawFrame(area, title: "keys (? for the curves)", glyphs: state.glyphs)
      draw(keys.prefix(onFirst), on: &surface, in: inside)
      return
    }
    surface.drawFrame(area, title: "the curves (? closes)", glyphs: state.glyphs)
    let rest = keys.dropFirst(onFirst)
    let lines = Self.curves.flatMap { TextWrap.lines(state.plain($0), width: inside.width - 2) + [""] }
    for (row, line) in lines.prefix(inside.height).enumerated() {
      surface.write(line, x: inside.x + 1, y: inside.y + row, limit: inside.maxX)
    }
    draw(rest, on: &surface, in: inside.splitTop(min(lines.count, inside.height)).rest)
  }

  private func draw(_ rows: ArraySlice<Row>, on surface: inout Surface, in area: Rect) {
    guard area.height > 0 else { return }
    let columns = rows.count > area.height ? 2 : 1
    let width = area.width / columns
    for (index, row) in rows.enumerated() {
      let column = index / area.height
      guard column < columns else { return }
      let x = area.x + column * width + 1
      let y = area.y + index % area.height
      surface.write(state.plain(row.caption), x: x, y: y, style: .bold, limit: x + width - 2)
      surface.write(
        state.plain(row.help), x: x + (row.help.isEmpty ? 0 : 10), y: y, limit: x + width - 2)
    }
  }

  private var keys: [Row] {
    KeyBindings.help(in: state).flatMap { group in
      [Row(caption: group.title)]
        + group.bindings.filter { !$0.help.isEmpty }.map { Row(caption: $0.caption, help: $0.help) }
    }
  }

  /// The three curves that elsewhere share one name, and what is shown of several seeds.
  private static let curves = [
    "running, dropout on (dim): the mean over an epoch's own steps. Units are dropped and the weights still move, so "
      + "it tells of a weaker network than the epoch ends with; that is why it may lie above the test loss.",
    "train, dropout off (dashed): the epoch's final weights on all training images. Only this may be compared with "
      + "test; the generalisation gap is train minus test accuracy.",
    "test, dropout off (bold): the same weights on the test images.",
    "Several seeds: lines are means, dots fill what lies between the lowest and the highest seed's test curve, ± is "
      + "the sample's standard deviation. Differences are paired by seed; a 95 % interval that spans zero shows no "
      + "difference. Of 20 figures that do not differ one is expected to seem to.",
  ]
}
