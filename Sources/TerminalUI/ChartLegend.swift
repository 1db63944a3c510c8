extension LineChart {
  /// Names the lines in a corner that no line uses; returns false where there is no room.
  ///
  /// Dim ones have no entry where not all fit.
  func drawLegend(on surface: inout Surface, in plot: Rect) -> Bool {
    let all = series.filter { !$0.label.isEmpty }
    let bright = all.filter { !$0.style.isDim }
    for (entries, isLong) in [(all, true), (all, false), (bright, true), (bright, false)]
    where !entries.isEmpty {
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

  /// Names each line to the right of its end, or a few rows away, where nothing else is: the bold ones first.
  ///
  /// Where there is no room for that a mark stands right at the end, and nowhere else: it would look like a point of the line.
  func drawNamesAtEnds(on surface: inout Surface, in plot: Rect, vertical: Axis) {
    let named = series.filter { !$0.label.isEmpty }
    for series in named.filter(\.style.isBold).reversed() + named.filter({ !$0.style.isBold }).reversed() {
      guard
        let last = series.points.last(where: {
          $0.y.isFinite && $0.x >= horizontal.lower && $0.x <= horizontal.upper
        }), let end = cell(of: last, in: plot, vertical: vertical)
      else { continue }
      let places =
        [0, -1, 1, -2, 2].flatMap { row in
          [1, 2].map { (text: "\(series.mark) \(series.label)", x: end.x + $0, y: end.y + row) }
        } + [(text: String(series.mark), x: end.x + 1, y: end.y)]
      let free = places.first { place in
        (plot.y..<plot.maxY).contains(place.y) && place.x + place.text.cellWidth <= plot.maxX
          && (place.x - 1...place.x + place.text.cellWidth).allSatisfy {
            ($0 == end.x && place.y == end.y) || $0 >= plot.maxX || surface[$0, place.y] == .blank
          }
      }
      if let free { surface.write(free.text, x: free.x, y: free.y, style: series.style) }
    }
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
    return line.isEmpty ? label : "\(line) \(label)"
  }

  /// A corner of the plot whose cells are blank, top right first.
  private func corner(width: Int, height: Int, in plot: Rect, on surface: Surface) -> Rect? {
    [
      (plot.maxX - width, plot.y), (plot.maxX - width, plot.maxY - height), (plot.x + 1, plot.y),
      (plot.x + 1, plot.maxY - height),
    ].map { Rect(x: $0.0, y: $0.1, width: width, height: height) }.first { corner in
      (corner.y..<corner.maxY).allSatisfy { y in
        (corner.x..<corner.maxX).allSatisfy { surface[$0, y] == .blank }
      }
    }
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
  /// Draws a frame with a title in its upper edge, of which the parts after commas, Chinese ones too, give way.
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

  /// Tells in the edge of a frame, in row `y`, that there is more.
  package mutating func drawHint(_ text: String, y: Int, in area: Rect) {
    guard text.cellWidth + 4 <= area.width else { return }
    write(" \(text) ", endingAt: area.maxX - 2, y: y, style: .bold)
  }

  /// Writes a title into the upper edge of a frame.
  mutating func drawTitle(_ title: String, of area: Rect) {
    var title = title
    while area.width < title.cellWidth + 4,
      let end = [", ", "，"].compactMap({ title.ranges(of: $0).last?.lowerBound }).max()
    {
      title = String(title[..<end])
    }
    guard !title.isEmpty, area.width >= title.cellWidth + 4 else { return }
    write(" \(title) ", x: area.x + 1, y: area.y)
  }
}
