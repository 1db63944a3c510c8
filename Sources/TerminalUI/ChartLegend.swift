extension LineChart {
  /// Names the lines in a corner that no line uses; returns false where there is no room.
  ///
  /// At a cursor the names stand beside the values there, on top of the lines if need be. Lines without a value there,
  /// and dim ones where not all fit, have no entry.
  func drawLegend(on surface: inout Surface, in plot: Rect) -> Bool {
    let all = series.filter { !$0.label.isEmpty && (cursor == nil || $0.value(at: cursor ?? 0) != nil) }
    let bright = all.filter { !$0.style.isDim }
    for (entries, isLong) in [(all, true), (all, false), (bright, true), (bright, false)]
    where !entries.isEmpty && (cursor == nil || !isLong) {
      let texts = entries.map { text(of: $0, isLong: isLong) }
      let width = (texts.map(\.cellWidth).max() ?? 0) + 2
      guard width + 2 <= plot.width, entries.count < plot.height else { continue }
      guard let corner = corner(width: width, height: entries.count, in: plot, on: surface) else { continue }
      for (row, entry) in entries.enumerated() {
        surface.write(String(repeating: " ", count: width), x: corner.x, y: corner.y + row)
        surface.put(entry.mark, x: corner.x, y: corner.y + row, style: entry.style)
        surface.write(texts[row], x: corner.x + 2, y: corner.y + row, style: entry.style)
      }
      return true
    }
    return false
  }

  /// The title, with what dashed and whole lines are, as far as it fits into `width` columns.
  func titleWithLegend(width: Int) -> String {
    var kinds: [String] = []
    for series in series where !series.label.isEmpty && !series.style.isDim {
      let line = series.isDashed ? glyphs.line.dashed : glyphs.line.whole
      let kind = "\(line.isEmpty ? String(series.mark) : line) \(series.label)"
      if !kinds.contains(where: { $0.hasSuffix(" \(series.label)") }) { kinds.append(kind) }
    }
    let whole = "\(title): \(kinds.joined(separator: " "))"
    return kinds.isEmpty || whole.cellWidth > width ? title : whole
  }

  private func text(of series: ChartSeries, isLong: Bool) -> String {
    let line = series.isDashed ? glyphs.line.dashed : glyphs.line.whole
    let label = isLong ? series.longLabel : series.label
    let name = line.isEmpty ? label : "\(line) \(label)"
    guard let cursor, let value = series.value(at: cursor) else { return name }
    let width = self.series.map(\.label.cellWidth).max() ?? 0
    let number = showsPercent ? NumberText.percent(value) : NumberText.fitting(value, decimals: 4, width: 7)
    return name + String(repeating: " ", count: width - series.label.cellWidth + 1) + number.paddedLeft(to: 7)
  }

  /// A corner of the plot whose cells are blank, top right first; at a cursor, one that is away from it.
  private func corner(width: Int, height: Int, in plot: Rect, on surface: Surface) -> Rect? {
    let corners = [
      (plot.maxX - width, plot.y), (plot.maxX - width, plot.maxY - height), (plot.x + 1, plot.y),
      (plot.x + 1, plot.maxY - height),
    ].map { Rect(x: $0.0, y: $0.1, width: width, height: height) }
    let free = corners.first { corner in
      (corner.y..<corner.maxY).allSatisfy { y in
        (corner.x..<corner.maxX).allSatisfy { surface[$0, y] == .blank }
      }
    }
    guard free == nil, let cursor, let position = horizontal.position(of: cursor) else { return free }
    return position < 0.5 ? corners[0] : corners[2]
  }

  /// Draws the marks of the lines where they end.
  func drawMarksAtEnds(on surface: inout Surface, in plot: Rect, vertical: Axis) {
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
  /// Draws a frame with a title in its upper edge, of which the parts after commas give way.
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
    drawTitle(title, of: area)
  }

  /// Writes a title into the upper edge of a frame.
  mutating func drawTitle(_ title: String, of area: Rect) {
    var title = title
    while area.width < title.cellWidth + 4, let end = title.ranges(of: ", ").last {
      title = String(title[..<end.lowerBound])
    }
    guard !title.isEmpty, area.width >= title.cellWidth + 4 else { return }
    write(" \(title) ", x: area.x + 1, y: area.y)
  }
}
