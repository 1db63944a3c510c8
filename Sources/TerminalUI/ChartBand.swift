/// The space between the lowest and the highest of several lines, filled with sparse dots.
public struct ChartBand: Hashable, Sendable {
  /// What lies at one place.
  public struct Span: Hashable, Sendable {
    /// Place on the horizontal axis.
    public var x: Double
    /// The lowest and the highest value there.
    public var values: ClosedRange<Double>

    /// A span.
    public init(x: Double, values: ClosedRange<Double>) {
      self.x = x
      self.values = values
    }
  }

  /// The look of the dots.
  public var style: Style
  /// The spans, by increasing x.
  public var spans: [Span]

  /// A band.
  public init(style: Style, spans: [Span]) {
    self.style = style
    self.spans = spans
  }
}

extension LineChart {
  /// Fills the bands; where they overlap, each has columns of cells and a pattern of its own, so that both are seen
  /// without colours too.
  func drawBands(on canvas: inout DotCanvas, vertical: Axis) {
    for (index, band) in bands.enumerated() {
      for (start, end) in zip(band.spans, band.spans.dropFirst()) {
        fill(
          start, end, BandPattern(index: index, count: bands.count, glyphs: glyphs), band.style, on: &canvas,
          vertical)
      }
    }
  }

  private func fill(
    _ start: ChartBand.Span, _ end: ChartBand.Span, _ pattern: BandPattern, _ style: Style,
    on canvas: inout DotCanvas, _ vertical: Axis
  ) {
    let across = [start, end].map { (horizontal.position(of: $0.x) ?? 0) * Double(canvas.width - 1) }
    guard across[1] > across[0], across[1] >= 0, across[0] <= Double(canvas.width - 1) else { return }
    let first = max(0, Int(across[0].rounded(.up)))
    let last = min(canvas.width - 1, Int(across[1].rounded(.down)))
    guard first <= last else { return }
    for x in first...last {
      let share = (Double(x) - across[0]) / (across[1] - across[0])
      func value(_ bound: (ClosedRange<Double>) -> Double) -> Double {
        bound(start.values) * (1 - share) + bound(end.values) * share
      }
      guard let low = vertical.position(of: value(\.lowerBound)),
        let high = vertical.position(of: value(\.upperBound))
      else { continue }
      let rows = [high, low].map { (1 - min(max($0, 0), 1)) * Double(canvas.height - 1) }
      for y in Int(rows[0].rounded(.up))...max(Int(rows[0].rounded(.up)), Int(rows[1].rounded(.down)))
      where pattern.hasDot(x: x, y: y) && Double(y) <= rows[1] {
        canvas.set(x: x, y: y, style: style, mark: pattern.mark)
      }
    }
  }
}

/// Which dots of a band are set.
private struct BandPattern {
  let index: Int
  let count: Int
  let glyphs: GlyphSet

  /// Stands for a dot where there are no finer ones.
  var mark: Character { ["'", ",", "`", "~"][index % 4] }

  func hasDot(x: Int, y: Int) -> Bool {
    let (width, height) = glyphs.dotsPerCell
    let isOdd = !index.isMultiple(of: 2)
    guard (x / width) % count == index else { return false }
    switch glyphs {
    case .braille: return (y + 2 * (x % width) + (isOdd ? 1 : 0)).isMultiple(of: height)
    case .block: return x % width == (isOdd ? 1 : 0) && y % height == (isOdd ? 1 : 0)
    case .console: return (x / count).isMultiple(of: 2) && (y + index).isMultiple(of: 2)
    case .ascii: return true
    }
  }
}
