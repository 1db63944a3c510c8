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
  func verticalAxis(rows: Int) -> (axis: Axis, ticks: [Double]) {
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
  func beyond(_ axis: Axis) -> (above: ChartSeries.Point?, below: ChartSeries.Point?) {
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

  func isVisible(_ x: Double) -> Bool { x >= horizontal.lower && x <= horizontal.upper }
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
}
