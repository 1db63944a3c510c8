/// What is within the axes of a chart: lines, marks and the cursor.
extension LineChart {
  /// Draws a line where something happened, and what happened where there is room for the whole of it.
  func drawMarks(on surface: inout Surface, in plot: Rect) {
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
  func drawMarkNumbers(on surface: inout Surface, in plot: Rect) {
    for mark in marks where mark.isNumbered {
      guard let column = column(of: mark.x, in: plot),
        let row = (plot.y..<plot.maxY).first(where: { surface[column, $0].character == glyphs.axis.event })
      else { continue }
      surface.write(mark.label, x: column, y: row, style: mark.style, limit: column + 1)
    }
  }

  /// Puts a star on the best point of each line that has one.
  func drawBest(on surface: inout Surface, in plot: Rect, vertical: Axis) {
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

  func drawLines(on surface: inout Surface, in plot: Rect, vertical: Axis) {
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

  func drawCursor(on surface: inout Surface, in plot: Rect) {
    guard let cursor, let column = column(of: cursor, in: plot) else { return }
    surface.restyle(Rect(x: column, y: plot.y, width: 1, height: plot.height)) { $0.isReversed = true }
  }

  private func column(of x: Double, in plot: Rect) -> Int? {
    guard isVisible(x), !plot.isEmpty, let position = horizontal.position(of: x) else { return nil }
    return plot.x + Int((Double(plot.width - 1) * position).rounded())
  }
}
