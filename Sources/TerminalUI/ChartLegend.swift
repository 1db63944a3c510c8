extension LineChart {
  /// Names the lines: in a corner that no line uses, or by their marks alone at the line ends where there is no room.
  func drawLegend(on surface: inout Surface, in plot: Rect, vertical: Axis) {
    let entries = series.filter { !$0.label.isEmpty }
    guard !entries.isEmpty else { return }
    let width = (entries.map(\.label.cellWidth).max() ?? 0) + 2
    guard width + 2 <= plot.width, entries.count < plot.height,
      let corner = freeCorner(width: width, height: entries.count, in: plot, on: surface)
    else {
      drawMarksAtEnds(on: &surface, in: plot, vertical: vertical)
      return
    }
    for (row, entry) in entries.enumerated() {
      surface.put(entry.mark, x: corner.x, y: corner.y + row, style: entry.style)
      surface.write(entry.label, x: corner.x + 2, y: corner.y + row, style: entry.style)
    }
  }

  /// The corner of the plot whose cells are blank, top right first.
  private func freeCorner(width: Int, height: Int, in plot: Rect, on surface: Surface) -> Rect? {
    let corners = [
      (plot.maxX - width, plot.y), (plot.maxX - width, plot.maxY - height), (plot.x + 1, plot.y),
      (plot.x + 1, plot.maxY - height),
    ].map { Rect(x: $0.0, y: $0.1, width: width, height: height) }
    return corners.first { corner in
      (corner.y..<corner.maxY).allSatisfy { y in
        (corner.x..<corner.maxX).allSatisfy { surface[$0, y].character == " " }
      }
    }
  }

  private func drawMarksAtEnds(on surface: inout Surface, in plot: Rect, vertical: Axis) {
    for series in series {
      guard
        let last = series.points.last(where: {
          $0.y.isFinite && $0.x >= horizontal.lower && $0.x <= horizontal.upper
        }), let across = horizontal.position(of: last.x), let up = vertical.position(of: last.y)
      else { continue }
      let x = plot.x + Int((Double(plot.width - 1) * across).rounded())
      let y = plot.y + Int((Double(plot.height - 1) * (1 - min(max(up, 0), 1))).rounded())
      surface.put(series.mark, x: min(x, plot.maxX - 1), y: y, style: series.style)
    }
  }
}

extension Surface {
  /// Draws a frame with a title in its upper edge.
  public mutating func drawFrame(_ area: Rect, title: String, glyphs: GlyphSet, style: Style = .dim) {
    guard area.width >= 2, area.height >= 2 else { return }
    let frame = glyphs.frame
    for x in area.x + 1..<area.maxX - 1 {
      put(frame.horizontal, x: x, y: area.y, style: style)
      put(frame.horizontal, x: x, y: area.maxY - 1, style: style)
    }
    for y in area.y + 1..<area.maxY - 1 {
      put(frame.vertical, x: area.x, y: y, style: style)
      put(frame.vertical, x: area.maxX - 1, y: y, style: style)
    }
    put(frame.corners[0], x: area.x, y: area.y, style: style)
    put(frame.corners[1], x: area.maxX - 1, y: area.y, style: style)
    put(frame.corners[2], x: area.maxX - 1, y: area.maxY - 1, style: style)
    put(frame.corners[3], x: area.x, y: area.maxY - 1, style: style)
    guard !title.isEmpty, area.width >= title.cellWidth + 4 else { return }
    write(" \(title) ", x: area.x + 1, y: area.y)
  }
}
