internal import Messages

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
  /// What is shown of the vertical axis at least, or `nil` for what the points need.
  public var vertical: Axis?
  /// Values that there can be, where the vertical axis is to tell of no others.
  public var bounds: ClosedRange<Double>?
  /// Whether the vertical axis is made for where most values lie; what lies beyond is told at the chart's edge.
  public var isRobust = false
  /// Where lines are named.
  public var legend = Legend.corner
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
  /// Whether values count whole things, so that no tick stands at a part of one.
  public var hasWholeValues = false
  /// Place that a person reads the values at.
  public var cursor: Double?
  /// The characters to draw with.
  public var glyphs: GlyphSet

  /// Where lines are named.
  public enum Legend: Hashable, Sendable {
    /// In a corner that no line uses, or in the title.
    case corner
    /// Where each line ends, if there is room beside it.
    case lineEnds
  }

  /// A chart over a horizontal range.
  public init(title: String, series: [ChartSeries], horizontal: Axis, glyphs: GlyphSet) {
    self.title = title
    self.series = series
    self.horizontal = horizontal
    self.glyphs = glyphs
  }

  /// The vertical axis: the given one, or one that holds the finite values in sight from `scaledFrom` on.
  public var verticalAxis: Axis { verticalAxis(rows: 0).axis }

  /// The vertical axis of a chart with so many rows, and its ticks.
  private func verticalAxis(rows: Int) -> (axis: Axis, ticks: [Double]) {
    let limit = max(3, min(7, (rows + 2) / 2))
    if let vertical {
      return Axis.onRows(vertical.lower...vertical.upper, rows: rows, isLogarithmic: vertical.isLogarithmic)
        ?? (vertical, vertical.ticks(limit: limit))
    }
    let lines = values
    guard let range = isRobust ? ChartRange.typical(lines, within: bounds) : ChartRange.whole(lines) else {
      let axis = bounds.map { Axis($0.lowerBound, $0.upperBound) } ?? Axis(0, 1)
      return (axis, axis.ticks(limit: limit))
    }
    if isLogarithmic {
      if let axis = Axis.onRows(range, rows: rows, isLogarithmic: true) { return axis }
      let axis = Axis(range.lowerBound / 1.05, range.upperBound * 1.05, isLogarithmic: true)
      return (axis, axis.ticks(limit: limit))
    }
    if let axis = Axis.onRows(range, rows: rows, within: bounds, areWhole: hasWholeValues) { return axis }
    let margin = (range.upperBound - range.lowerBound) * 0.04
    let axis = Axis(range.lowerBound - margin, range.upperBound + margin)
    return (axis, hasWholeValues ? axis.wholeTicks(limit: limit) : axis.ticks(limit: limit))
  }

  /// The values of each line and band that the vertical axis is made for.
  private var values: [[Double]] {
    let edges = bands.map { band in
      band.spans.flatMap { span in
        [span.values.lowerBound, span.values.upperBound].map { ChartSeries.Point(x: span.x, y: $0) }
      }
    }
    return (series.map(\.points) + edges).map { points in points.filter(isScaled).map(\.y) }
  }

  private func isScaled(_ point: ChartSeries.Point) -> Bool {
    point.y.isFinite && isVisible(point.x) && point.x >= scaledFrom && (!isLogarithmic || point.y > 0)
  }

  /// The highest and the lowest value that the vertical axis leaves out, where there are some.
  private func beyond(_ axis: Axis) -> (above: ChartSeries.Point?, below: ChartSeries.Point?) {
    guard isRobust else { return (nil, nil) }
    var (above, below): (ChartSeries.Point?, ChartSeries.Point?)
    for point in series.lazy.flatMap(\.points) where isScaled(point) {
      if point.y > axis.upper, point.y > above?.y ?? axis.upper { above = point }
      if point.y < axis.lower, point.y < below?.y ?? axis.lower { below = point }
    }
    return (above, below)
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
    drawBeyond(vertical, on: &surface, in: area)
    drawVerticalAxis(on: &surface, layout)
    if !layout.axisRows.isEmpty {
      drawHorizontalAxis(on: &surface, in: layout.axisRows.splitLeft(layout.margin - 1).rest)
    }
    drawMarks(on: &surface, in: plot)
    drawLines(on: &surface, in: plot, vertical: vertical)
    drawMarkNumbers(on: &surface, in: plot)
    drawBest(on: &surface, in: plot, vertical: vertical)
    if legend == .lineEnds {
      drawNamesAtEnds(on: &surface, in: plot, vertical: vertical)
    } else if !drawLegend(on: &surface, in: plot), cursor == nil {
      drawMarksAtEnds(on: &surface, in: plot, vertical: vertical)
      surface.drawTitle(titleWithLegend(width: area.width - 4), of: area)
    }
    drawCursor(on: &surface, in: plot)
  }

  /// Tells in the frame what lies beyond the vertical axis.
  private func drawBeyond(_ axis: Axis, on surface: inout Surface, in area: Rect) {
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
  private func plain(_ text: String) -> String { glyphs.plain(text) }

  private func drawVerticalAxis(on surface: inout Surface, _ layout: Layout) {
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

  /// Draws a line where something happened, and what happened where there is room for the whole of it.
  private func drawMarks(on surface: inout Surface, in plot: Rect) {
    var free = plot.x
    for mark in marks.sorted(by: { $0.x < $1.x }) {
      guard let column = column(of: mark.x, in: plot) else { continue }
      for y in plot.y..<plot.maxY { surface.put(glyphs.axis.event, x: column, y: y, style: mark.style) }
      let start = column + 1
      guard !mark.isNumbered, start >= free, start + mark.label.cellWidth <= plot.maxX else { continue }
      free = surface.write(mark.label, x: start, y: plot.maxY - 1, style: mark.style) + 1
    }
  }

  /// Puts the number of each numbered mark on its line, where no curve crosses it.
  private func drawMarkNumbers(on surface: inout Surface, in plot: Rect) {
    for mark in marks where mark.isNumbered {
      guard let column = column(of: mark.x, in: plot),
        let row = (plot.y..<plot.maxY).first(where: { surface[column, $0].character == glyphs.axis.event })
      else { continue }
      surface.write(mark.label, x: column, y: row, style: mark.style, limit: column + 1)
    }
  }

  /// Puts a star on the best point of each line that has one.
  private func drawBest(on surface: inout Surface, in plot: Rect, vertical: Axis) {
    for series in series {
      guard let best = series.best, let place = cell(of: best, in: plot, vertical: vertical) else { continue }
      var style = series.style
      style.isBold = true
      surface.put(glyphs.star, x: place.x, y: place.y, style: style)
    }
  }

  /// The cell of a point, where its dot is; `nil` for one that is not shown.
  func cell(of point: ChartSeries.Point, in plot: Rect, vertical: Axis) -> (x: Int, y: Int)? {
    guard isVisible(point.x), !plot.isEmpty, let across = horizontal.position(of: point.x),
      let up = vertical.position(of: point.y), (0...1).contains(up)
    else { return nil }
    let dots = glyphs.dotsPerCell
    return (
      plot.x + Int((across * Double(plot.width * dots.x - 1)).rounded()) / dots.x,
      plot.y + Int(((1 - up) * Double(plot.height * dots.y - 1)).rounded()) / dots.y
    )
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
        isDashed: series.isDashed, spacing: series.spacing)
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
