/// A chart of lines over a common horizontal axis: a value, drawn into a rectangle of any size.
public struct LineChart: Sendable {
  /// Written into the frame.
  public var title: String
  /// Lines; later ones are on top.
  public var series: [ChartSeries]
  /// Filled spaces behind the lines.
  public var bands: [ChartBand] = []
  /// Vertical lines where something happened.
  public var marks: [ChartMark] = []
  /// What is shown of the horizontal axis.
  public var horizontal: Axis
  /// What is shown of the vertical axis, or `nil` for what the points need.
  public var vertical: Axis?
  /// Place on the horizontal axis from which on the vertical axis must hold the points; those before may leave it.
  public var scaledFrom = -Double.infinity
  /// Whether the vertical axis is logarithmic, where every value is positive.
  public var isLogarithmic = false
  /// Whether values are shares, written as percentages.
  public var showsPercent = false
  /// Unit of the horizontal axis, written at its end.
  public var horizontalUnit = ""
  /// Whether points lie at whole numbers only, so that nothing stands between them on the horizontal axis.
  public var hasWholePlaces = false
  /// Place that a person reads the values at.
  public var cursor: Double?
  /// The characters to draw with.
  public var glyphs: GlyphSet

  /// A chart over a horizontal range.
  public init(title: String, series: [ChartSeries], horizontal: Axis, glyphs: GlyphSet) {
    self.title = title
    self.series = series
    self.horizontal = horizontal
    self.glyphs = glyphs
  }

  /// The vertical axis: the given one, or one that holds every finite value in sight from `scaledFrom` on.
  public var verticalAxis: Axis {
    if let vertical { return vertical }
    var lowest = Double.infinity
    var highest = -Double.infinity
    let edges = bands.flatMap { band in
      band.spans.flatMap { span in
        [span.values.lowerBound, span.values.upperBound].map { ChartSeries.Point(x: span.x, y: $0) }
      }
    }
    for points in series.map(\.points) + [edges] {
      for point in points where point.y.isFinite && isVisible(point.x) && point.x >= scaledFrom {
        guard !isLogarithmic || point.y > 0 else { continue }
        lowest = min(lowest, point.y)
        highest = max(highest, point.y)
      }
    }
    guard lowest <= highest else { return Axis(0, 1) }
    if isLogarithmic { return Axis(lowest / 1.05, highest * 1.05, isLogarithmic: true) }
    let margin = (highest - lowest) * 0.04
    return Axis(lowest - margin, highest + margin)
  }

  /// The place on the horizontal axis at a column of the screen, if the chart drawn into `area` has its lines there.
  public func place(atColumn column: Int, row: Int, in area: Rect) -> Double? {
    guard let plot = layout(in: area)?.plot, plot.width > 1, (plot.x..<plot.maxX).contains(column),
      (plot.y..<plot.maxY).contains(row)
    else { return nil }
    return horizontal.value(at: Double(column - plot.x) / Double(plot.width - 1))
  }

  private func isVisible(_ x: Double) -> Bool { x >= horizontal.lower && x <= horizontal.upper }
}

// MARK: - Drawing

extension LineChart {
  /// Draws frame, axes, lines, marks and legend.
  public func draw(on surface: inout Surface, in area: Rect) {
    surface.drawFrame(area, title: title, glyphs: glyphs)
    guard let layout = layout(in: area) else { return }
    let (plot, vertical) = (layout.plot, layout.vertical)
    drawVerticalAxis(on: &surface, layout)
    if !layout.axisRows.isEmpty {
      drawHorizontalAxis(on: &surface, in: layout.axisRows.splitLeft(layout.margin - 1).rest)
    }
    drawMarks(on: &surface, in: plot)
    drawLines(on: &surface, in: plot, vertical: vertical)
    drawCursor(on: &surface, in: plot)
    if !drawLegend(on: &surface, in: plot), cursor == nil {
      drawMarksAtEnds(on: &surface, in: plot, vertical: vertical)
      surface.drawTitle(titleWithLegend(width: area.width - 4), of: area)
    }
  }

  /// Where the parts of the chart are.
  private struct Layout {
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
  private func layout(in area: Rect) -> Layout? {
    let inside = area.inset(by: 1)
    guard inside.width >= 4, inside.height >= 2 else { return nil }
    let vertical = verticalAxis
    let ticks = vertical.ticks(limit: max(3, min(7, inside.height / 2)))
    let labels = tickLabels(ticks)
    let (rows, axisRows) = inside.splitBottom(inside.height >= 5 ? 2 : 0)
    return Layout(
      vertical: vertical, ticks: zip(ticks, labels).map { ($0, $1) },
      margin: min((labels.map(\.cellWidth).max() ?? 0) + 1, inside.width / 2), rows: rows, axisRows: axisRows)
  }

  private func tickLabels(_ ticks: [Double]) -> [String] {
    let shown = showsPercent ? ticks.map { $0 * 100 } : ticks
    let decimals = Axis.decimals(for: shown)
    return shown.map { plain(NumberText.fixed($0, decimals: decimals)) + (showsPercent ? "%" : "") }
  }

  /// `text` in the characters that the glyph set allows.
  private func plain(_ text: String) -> String { glyphs == .ascii ? TextEncoding.ascii.encode(text) : text }

  private func drawVerticalAxis(on surface: inout Surface, _ layout: Layout) {
    let rows = layout.rows
    let column = rows.x + layout.margin - 1
    for y in rows.y..<rows.maxY { surface.put(glyphs.frame.vertical, x: column, y: y, style: .dim) }
    for (value, label) in layout.ticks {
      guard let position = layout.vertical.position(of: value), (0...1).contains(position) else { continue }
      let y = rows.y + Int((Double(rows.height - 1) * (1 - position)).rounded())
      surface.put(glyphs.axis.verticalTick, x: column, y: y, style: .dim)
      surface.write(label, endingAt: column, y: y, style: .dim)
    }
  }

  private func drawHorizontalAxis(on surface: inout Surface, in area: Rect) {
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

  private func drawMarks(on surface: inout Surface, in plot: Rect) {
    var free = plot.x
    for mark in marks.sorted(by: { $0.x < $1.x }) {
      guard let column = column(of: mark.x, in: plot) else { continue }
      for y in plot.y..<plot.maxY { surface.put(glyphs.axis.event, x: column, y: y, style: mark.style) }
      let start = column + 1
      guard start >= free, start + mark.label.cellWidth <= plot.maxX else { continue }
      free = surface.write(mark.label, x: start, y: plot.maxY - 1, style: mark.style) + 1
    }
  }

  private func drawLines(on surface: inout Surface, in plot: Rect, vertical: Axis) {
    guard !plot.isEmpty else { return }
    var canvas = DotCanvas(area: plot, glyphs: glyphs)
    drawBands(on: &canvas, vertical: vertical)
    for series in series { drawLine(series, on: &canvas, vertical: vertical) }
    canvas.draw(on: &surface)
  }

  /// Draws one line; where several points share a column of dots, their smallest and largest value are kept.
  private func drawLine(_ series: ChartSeries, on canvas: inout DotCanvas, vertical: Axis) {
    var previous: (x: Int, y: Int)?
    var isGap = true
    for point in series.points {
      guard isVisible(point.x), let across = horizontal.position(of: point.x),
        let up = vertical.position(of: point.y)
      else {
        if isVisible(point.x) { isGap = true }
        continue
      }
      let x = Int((across * Double(canvas.width - 1)).rounded())
      let height = (1 - min(max(up, -1), 2)) * Double(canvas.height - 1)
      let dot = (x: x, y: Int(height.rounded()))
      canvas.line(
        from: isGap ? dot : previous ?? dot, to: dot, style: series.style, mark: series.mark,
        isDashed: series.isDashed)
      previous = dot
      isGap = false
    }
  }

  private func drawCursor(on surface: inout Surface, in plot: Rect) {
    guard let cursor, let column = column(of: cursor, in: plot) else { return }
    surface.restyle(Rect(x: column, y: plot.y, width: 1, height: plot.height)) { $0.isReversed = true }
  }

  private func column(of x: Double, in plot: Rect) -> Int? {
    guard isVisible(x), !plot.isEmpty, let position = horizontal.position(of: x) else { return nil }
    return plot.x + Int((Double(plot.width - 1) * position).rounded())
  }
}
