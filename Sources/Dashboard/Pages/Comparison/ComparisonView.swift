internal import Experiment
import Reports
internal import TerminalUI

/// The figures of the runs side by side after the last epoch that all have completed, and what they show.
struct ComparisonView {
  let state: DashboardState

  static let labelWidth = 26

  /// Rows that it makes good use of on a page: frame, heading, figures, then the best epoch and the sentences, more of
  /// them where there is room.
  func height(onPageOf rows: Int) -> Int {
    let sentences = rows >= 40 ? 7 : rows >= 25 ? 3 : 2
    return 2 + 1 + state.comparedFigures.count + sentences
  }

  func draw(on surface: inout Surface, in area: Rect) {
    guard area.height >= 3 else { return drawVerdict(on: &surface, in: area) }
    let inside = area.inset(by: 1)
    let content = state.comparisonContent(width: inside.width)
    surface.drawFrame(area, title: state.plain(content.title), glyphs: state.glyphs)
    guard !inside.isEmpty else { return }
    let columns = columnEnds(of: content, in: inside)
    let labelX = inside.x + (inside.width < 62 ? 0 : 1)
    var y = inside.y
    drawHeadings(of: content, on: &surface, x: inside.x, y: y, columns: columns)
    if let end = columns.last {
      surface.write(
        state.plain(content.differenceHeading), endingAt: end + content.differenceWidth - 1, y: y)
    }
    // What was found never gives way, those figures do that tell least.
    let verdict = verdictLines(content, width: inside.width - 2).count
    let room = inside.height - 1 - verdict
    let least = content.rows.map(\.rank).sorted().prefix(max(0, room)).last ?? -1
    for row in content.rows where row.rank <= least {
      y += 1
      draw(row, of: content, on: &surface, x: labelX, y: y, columns: columns)
    }
    // Where there is no room for both, the best epoch gives way to what needs an explanation.
    let sentences = verdict + (content.note == nil ? 0 : 1)
    if let best = content.best, y + 1 + sentences < inside.maxY {
      y += 1
      draw(best, of: content, on: &surface, x: labelX, y: y, columns: columns)
    }
    drawSentences(
      content, on: &surface,
      in: Rect(x: inside.x + 1, y: y + 1, width: inside.width - 2, height: inside.maxY - y - 1))
  }

  /// Writes the names above their columns; there is no label in this row, so that those on the left give way to longer ones
  /// on the right before any is cut.
  private func drawHeadings(
    of content: ComparisonContent, on surface: inout Surface, x: Int, y: Int, columns: [Int]
  ) {
    let widths = content.headings.map(\.text.cellWidth)
    var (end, places) = (Int.max, [Range<Int>]())
    for (width, column) in zip(widths, columns).reversed() {
      end = min(column, end - 1)
      places.insert(end - width..<end, at: 0)
      end -= width
    }
    let fit = places.first.map { $0.lowerBound >= x } ?? true
    for (index, heading) in content.headings.enumerated() {
      let end = fit ? places[index].upperBound : columns[index]
      let room = fit ? widths[index] : columns[index] - (index == 0 ? x : columns[index - 1]) - 1
      surface.write(state.glyphs.cut(heading.text, to: room), endingAt: end, y: y, style: heading.style)
    }
  }

  /// The most important sentence alone, where there is room for nothing else.
  private func drawVerdict(on surface: inout Surface, in area: Rect) {
    let lines = verdictLines(width: area.width)
    surface.write(lines, in: area.splitLeft(1).rest, style: .bold)
  }

  /// The most important sentence, in the lines of an area of a width.
  func verdictLines(width: Int) -> [String] {
    verdictLines(state.comparisonContent(width: width), width: width - 2)
  }

  private func verdictLines(_ content: ComparisonContent, width: Int) -> [String] {
    content.findings.first.map { TextWrap.lines(state.plain($0), width: max(1, width)) } ?? []
  }

  private func columnEnds(of content: ComparisonContent, in area: Rect) -> [Int] {
    let count = content.headings.count
    let room = area.width - Self.labelWidth - content.differenceWidth
    let needed = content.headings.map { max($0.text.cellWidth, content.cellWidth) + 1 }
    let spare = room - needed.reduce(0, +)
    let equal = min(22, room / max(1, count))
    var end = area.x + 1 + Self.labelWidth
    return (0..<count).map { index in
      end += count == 2 && spare >= 0 ? min(22, needed[index] + spare / count) : equal
      return end
    }
  }

  private func draw(
    _ row: ComparisonContent.Row, of content: ComparisonContent, on surface: inout Surface, x: Int, y: Int,
    columns: [Int]
  ) {
    surface.write(row.label, x: x, y: y)
    for (cell, end) in zip(row.cells, columns) {
      surface.write(state.plain(cell), endingAt: end, y: y)
    }
    guard let end = columns.last else { return }
    surface.write(
      state.plain(row.difference), endingAt: end + content.differenceWidth - 1, y: y,
      style: row.differenceStyle)
  }

  /// The findings, then why the running loss lies where it does; in full where all of it fits.
  private func drawSentences(_ content: ComparisonContent, on surface: inout Surface, in area: Rect) {
    guard area.height > 0, area.width > 0 else { return }
    let findings = content.findings
    func lines(_ sentences: [String]) -> [String] {
      sentences.isEmpty
        ? [] : TextWrap.lines(state.plain(sentences.joined(separator: " ")), width: area.width)
    }
    let whole = (findings: lines(findings), note: lines(content.note?.sentences ?? []))
    let mark = content.note.flatMap { content.headings[$0.index].text.first.map(String.init) } ?? ""
    let short = (
      findings: lines(Array(findings.prefix(1))),
      note: content.note.map { lines(["\(mark) \($0.line)"]) } ?? []
    )
    let isWhole = whole.findings.count + whole.note.count <= area.height
    let findingLines = isWhole ? whole.findings : short.findings
    let noteLines = isWhole ? whole.note : short.note
    let all = findingLines.map { ($0, Style.bold) } + noteLines.map { ($0, Style.plain) }
    for (row, (line, style)) in all.prefix(area.height).enumerated() {
      surface.write(line, x: area.x, y: area.y + row, style: style, limit: area.maxX)
    }
  }
}

extension Figure {
  /// The look of the first run's figure minus the second's.
  func style(of difference: Double) -> Style {
    guard difference != 0, direction != .neither else { return .plain }
    return Style(foreground: isBetter(difference, than: 0) ? .better : .worse)
  }
}
