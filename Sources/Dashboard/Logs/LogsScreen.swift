internal import Experiment
internal import Messages
import Reports
internal import Sessions
package import TerminalUI

extension LogsState {
  /// Draws the logs at any size: a pure function of the state.
  package func render(width: Int, height: Int) -> Surface {
    let picture = LogsPicture(self)
    return screen(
      width: width, height: height, small: { drawSmall(picture, on: &$0, in: $1) },
      draw: { draw(picture, on: &$0) })
  }

  private func draw(_ picture: LogsPicture, on surface: inout Surface) {
    let (header, rest) = surface.bounds.splitBottom(1).rest.splitTop(1)
    surface.drawTitle(status, caption: caption, glyphs: glyphs, in: header)
    if drawFooterAndHelp(on: &surface) { return }
    guard let notesLine else {
      let (main, line) = rest.splitBottom(1)
      drawMain(picture, on: &surface, in: main)
      return drawMessage(picture, on: &surface, in: line)
    }
    drawNotes(picture.notes, from: notesLine, on: &surface, in: rest)
  }

  /// What is there, and how far it is read.
  private var status: String {
    let count = NumberText.grouped(found.runs.count)
    let runs = says(found.runs.count == 1 ? "1 run" : "\(count) runs", "\(count) 个运行")
    let filter = Self.words(for: runPattern)
    let unread = found.bytes - found.readBytes
    let share = found.bytes > 0 ? Double(found.readBytes) / Double(found.bytes) : 1
    let reading =
      unread > 1 << 20
      ? says(
        " · \(Int(share * 100))% of \(NumberText.bytes(Double(found.bytes))) read",
        " · 已读 \(NumberText.bytes(Double(found.bytes))) 的 \(Int(share * 100))%") : ""
    return runs + filter + reading
  }

  /// What of names is shown.
  private static func words(for pattern: LogPattern) -> String {
    pattern == .all ? "" : says(", those of '\(pattern.text)'", "，符合 '\(pattern.text)'")
  }

  private func drawMessage(_ picture: LogsPicture, on surface: inout Surface, in line: Rect) {
    guard message.isEmpty else {
      surface.write(
        glyphs.plain(message), x: line.x + 1, y: line.y, style: Style(foreground: .accent), limit: line.maxX)
      return
    }
    let notes = picture.notes
    guard let first = notes.first else { return }
    let more = notes.count > 1 ? says("  (i: \(notes.count - 1) more)", "  (i: 另有 \(notes.count - 1) 条)") : ""
    // The end of a long path tells more than its beginning.
    let room = line.width - 2 - more.cellWidth
    let end = String(String(first.reversed()).prefix(columns: max(0, room - 1)).reversed())
    let text = (first.cellWidth <= room ? first : (glyphs.hasSymbols ? "…" : "") + end) + more
    surface.write(glyphs.plain(text), x: line.x + 1, y: line.y, style: .dim, limit: line.maxX)
  }

  private func drawMain(_ picture: LogsPicture, on surface: inout Surface, in area: Rect) {
    guard !picture.charted.isEmpty else {
      let text =
        found.runs.isEmpty
        ? found.isOpen || found.version == 0
          ? says("Waiting for the first figures.", "正在等待第一批指标。") : says("No figures yet.", "还没有指标。")
        : says(
          "No run or figure has the names that were asked for: / and C change them.",
          "没有运行或指标符合所要的名称：用 / 和 C 更改。")
      surface.write(text, x: area.x + 1, y: area.y + 1, style: .bold, limit: area.maxX)
      return
    }
    let wanted = min(picture.runs.count + 3, max(5, area.height / 3))
    let (charts, table) = area.splitBottom(enlarged != nil && cursor == nil ? 0 : wanted)
    let shown =
      enlarged.flatMap { picture.charted.indices.contains($0) ? [picture.charted[$0]] : nil }
      ?? picture.charted
    for (name, place) in zip(shown, charts.grid(of: shown.count, columns: shown.count == 1 ? 1 : 2)) {
      picture.chart(name).draw(on: &surface, in: place)
    }
    drawTable(picture, on: &surface, in: table)
    if let chooser { drawChooser(chooser, picture, on: &surface, in: area) }
  }

  // MARK: Runs

  private func drawTable(_ picture: LogsPicture, on surface: inout Surface, in area: Rect) {
    guard area.height > 2 else { return }
    let count = picture.listed.count
    let part =
      count > picture.runs.count
      ? says(
        ", runs \(picture.first + 1) to \(picture.first + picture.runs.count) of \(NumberText.grouped(count))",
        "，运行 \(picture.first + 1)-\(picture.first + picture.runs.count)/\(NumberText.grouped(count))")
      : ""
    surface.drawFrame(area, title: glyphs.plain(picture.cursorText + part), glyphs: glyphs)
    let inside = area.inset(by: 1)
    let width = 14
    let columns = picture.charted.prefix(max(1, (inside.width - 20) / width))
    let nameWidth = inside.width - columns.count * width - 1
    func end(_ column: Int) -> Int { inside.x + nameWidth + width * (column + 1) }
    for (index, name) in columns.enumerated() {
      surface.write(glyphs.cut(name, to: width - 2), endingAt: end(index), y: inside.y, style: .dim)
    }
    let selected = picture.selected - picture.first
    let rows = inside.height - 1
    let first = max(0, min(selected - rows / 2, picture.runs.count - rows))
    for (row, run) in picture.runs.dropFirst(first).prefix(rows).enumerated() {
      let y = inside.y + 1 + row
      let isSelected = first + row == selected && picture.runs.count > 1
      var style: Style = isSelected ? .bold : .plain
      style.isDim = run.isHidden
      if isSelected { surface.put(">", x: inside.x, y: y, style: style) }
      surface.put(
        run.isHidden ? "-" : run.id.mark(in: glyphs), x: inside.x + 1, y: y,
        style: run.isHidden ? style : run.id.style)
      surface.write(glyphs.cut(run.run.name, to: nameWidth - 4), x: inside.x + 3, y: y, style: style)
      for (index, name) in columns.enumerated() {
        let value = picture.value(name, of: run).map { NumberText.significant($0, digits: 4) } ?? "–"
        surface.write(glyphs.plain(value), endingAt: end(index), y: y, style: style)
      }
    }
  }

  /// The runs with their latest values: in a corner of a screen.
  private func drawSmall(_ picture: LogsPicture, on surface: inout Surface, in area: Rect) {
    surface.write(glyphs.plain(status), x: area.x, y: area.y, style: .bold, limit: area.maxX)
    for (row, run) in picture.runs.prefix(max(0, area.height - 1)).enumerated() {
      let y = area.y + 1 + row
      let value =
        picture.charted.first.flatMap { picture.value($0, of: run) }
        .map { glyphs.plain(NumberText.significant($0, digits: 4)) } ?? "-"
      surface.put(run.id.mark(in: glyphs), x: area.x, y: y, style: run.id.style)
      surface.write(
        glyphs.cut(run.run.name, to: area.width - value.cellWidth - 3), x: area.x + 2, y: y, limit: area.maxX)
      surface.write(value, endingAt: area.maxX, y: y)
    }
  }

  // MARK: Lists

  private func drawChooser(_ chosen: Int, _ picture: LogsPicture, on surface: inout Surface, in area: Rect) {
    let names = figureNames(of: picture.listed)
    let filter = Self.words(for: figurePattern)
    ChooserView(
      title: says("figures, up to \(Self.mostCharts)", "指标，至多 \(Self.mostCharts) 个") + filter, names: names,
      numbers: names.map { name in picture.charted.firstIndex(of: name).map { $0 + 1 } },
      selected: min(chosen, max(0, names.count - 1)),
      keys: says("↑↓ move   space on or off   / filter   enter done", "↑↓ 移动   空格 选或不选   / 筛选   回车 完成"),
      glyphs: glyphs
    ).draw(on: &surface, in: area)
  }

  private func drawNotes(_ notes: [String], from line: Int, on surface: inout Surface, in area: Rect) {
    surface.drawFrame(area, title: says("what else is in the logs", "日志中还有什么"), glyphs: glyphs)
    let inside = area.inset(by: 1)
    let lines =
      notes.isEmpty
      ? [says("Nothing but figures, and all of it could be read.", "只有指标，而且全部都能读取。")]
      : notes.flatMap { TextWrap.lines(glyphs.plain($0), width: max(1, inside.width - 2)) }
    let first = min(line, max(0, lines.count - inside.height))
    let text = Rect(x: inside.x + 1, y: inside.y, width: inside.width - 1, height: inside.height)
    surface.write(lines.dropFirst(first).prefix(inside.height), in: text)
  }
}
