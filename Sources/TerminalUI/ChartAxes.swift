internal import Messages

/// The frame of a chart: its axes, their ticks, and what lies beyond them.
extension LineChart {
  /// Tells in the frame what lies beyond the vertical axis.
  func drawBeyond(_ axis: Axis, on surface: inout Surface, in area: Rect) {
    let (above, below) = beyond(axis)
    for (point, arrow, row) in [
      (above, glyphs.hasSymbols ? "↑" : "^", area.y), (below, glyphs.hasSymbols ? "↓" : "v", area.maxY - 1),
    ] {
      guard let point else { continue }
      let value =
        showsPercent
        ? NumberText.percent(point.y, decimals: 1) : NumberText.significant(point.y, digits: 2)
      let place = NumberText.fixed(point.x, decimals: 1)
      let text = plain(says(" \(arrow) \(value) at \(place) ", " \(arrow) \(value) 于 \(place) "))
      let start = area.maxX - 2 - text.cellWidth
      let free = row == area.y ? area.x + 5 + title.cellWidth : area.x + 1
      if start >= free { surface.write(text, x: start, y: row, style: .bold) }
    }
  }

  /// Where the parts of the chart are.
  struct Layout {
    let vertical: Axis
    let ticks: [(value: Double, label: String)]
    /// Columns of the labels and the vertical axis.
    let margin: Int
    /// Rows of labels and lines.
    let rows: Rect
    /// Rows of the horizontal axis; none where there is no room.
    let axisRows: Rect

    /// Where the lines are.
    var plot: Rect { rows.splitLeft(margin).rest }
  }

  /// Where the parts are; `nil` where there is room for the frame only.
  func layout(in area: Rect) -> Layout? {
    let inside = area.inset(by: 1)
    guard inside.width >= 4, inside.height >= 2 else { return nil }
    let (rows, axisRows) = inside.splitBottom(inside.height >= 5 ? 2 : 0)
    let (vertical, ticks) = verticalAxis(rows: rows.height)
    let labels = tickLabels(ticks, isLogarithmic: vertical.isLogarithmic)
    return Layout(
      vertical: vertical, ticks: Self.distinct(ticks, labels),
      margin: min((labels.map(\.cellWidth).max() ?? 0) + 1, inside.width / 2), rows: rows, axisRows: axisRows)
  }

  /// The ticks with labels that no tick before has, so that none stands for two places.
  private static func distinct(_ ticks: [Double], _ labels: [String]) -> [(Double, String)] {
    zip(ticks, labels).enumerated().filter { place, tick in !labels[..<place].contains(tick.1) }.map(
      \.element)
  }

  private func tickLabels(_ ticks: [Double], isLogarithmic: Bool) -> [String] {
    let shown = showsPercent ? ticks.map { $0 * 100 } : ticks
    // Over decades each has the digits of its own size.
    if isLogarithmic, ticks.allSatisfy(Axis.isRound) {
      return shown.map { plain(NumberText.significant($0, digits: 1)) + (showsPercent ? "%" : "") }
    }
    let decimals = Axis.decimals(for: shown)
    return shown.map { plain(NumberText.fixed($0, decimals: decimals)) + (showsPercent ? "%" : "") }
  }

  /// `text` in the characters that the glyph set allows.
  func plain(_ text: String) -> String { glyphs.plain(text) }

  func drawVerticalAxis(on surface: inout Surface, _ layout: Layout) {
    let rows = layout.rows
    let column = rows.x + layout.margin - 1
    for y in rows.y..<rows.maxY { surface.put(glyphs.frame.vertical, x: column, y: y, style: .dim) }
    var taken: Set<Int> = []
    for (value, label) in layout.ticks {
      guard let position = layout.vertical.position(of: value), (0...1).contains(position) else { continue }
      let y = rows.y + Int((Double(rows.height - 1) * (1 - position)).rounded())
      guard taken.insert(y).inserted else { continue }
      surface.put(glyphs.axis.verticalTick, x: column, y: y, style: .dim)
      surface.write(label, endingAt: column, y: y, style: .dim)
    }
  }

  func drawHorizontalAxis(on surface: inout Surface, in area: Rect) {
    let plotWidth = area.width - 1
    guard plotWidth > 0 else { return }
    surface.put(glyphs.axis.corner, x: area.x, y: area.y, style: .dim)
    for x in area.x + 1..<area.maxX { surface.put(glyphs.frame.horizontal, x: x, y: area.y, style: .dim) }
    let unitWidth = horizontalUnit.isEmpty ? 0 : horizontalUnit.cellWidth + 1
    let room = max(3, min(12, plotWidth / 6))
    let ticks = hasWholePlaces ? horizontal.wholeTicks(limit: room) : horizontal.ticks(limit: room)
    let decimals = Axis.decimals(for: ticks)
    var free = area.x
    for value in ticks {
      guard let position = horizontal.position(of: value), (0...1).contains(position) else { continue }
      let x = area.x + 1 + Int((Double(plotWidth - 1) * position).rounded())
      surface.put(glyphs.axis.horizontalTick, x: x, y: area.y, style: .dim)
      let label = plain(NumberText.fixed(value, decimals: decimals))
      let start = min(max(x - label.cellWidth / 2, area.x), area.maxX - label.cellWidth)
      guard start >= free, start + label.cellWidth <= area.maxX - unitWidth else { continue }
      free = surface.write(label, x: start, y: area.y + 1, style: .dim) + 1
    }
    if free + unitWidth <= area.maxX + 1 {
      surface.write(horizontalUnit, endingAt: area.maxX, y: area.y + 1, style: .dim)
    }
  }
}
