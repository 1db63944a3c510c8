internal import RealModule

/// Bars side by side, one for each value.
public struct Histogram: Hashable, Sendable {
  /// Rows up to which more of them tell more.
  package static let mostRows = 10

  private let heights: [Double]

  /// Bars as high as the values, which are not negative, or as the logarithms of the values plus one.
  public init(values: [Double], isLogarithmic: Bool = false) {
    heights = isLogarithmic ? values.map { .log(onePlus: $0) } : values
  }

  /// Fills a rectangle: the highest bar reaches its top, and a bar that is not 0 is always to be seen.
  ///
  /// Where there are fewer columns than bars, each column shows the highest of its bars.
  public func draw(on surface: inout Surface, in area: Rect, glyphs: GlyphSet, style: Style = .plain) {
    guard !area.isEmpty, let highest = heights.max(), highest > 0 else { return }
    let steps = Self.steps(of: glyphs)
    let columns = min(area.width, heights.count * max(1, area.width / heights.count))
    for column in 0..<columns {
      let start = column * heights.count / columns
      let end = max(start + 1, (column + 1) * heights.count / columns)
      let value = heights[start..<end].max() ?? 0
      guard value > 0 else { continue }
      var level = max(1, Int((value / highest * Double(area.height * steps.count)).rounded()))
      var y = area.maxY - 1
      while level > 0 {
        surface.put(steps[min(level, steps.count) - 1], x: area.x + column, y: y, style: style)
        level -= steps.count
        y -= 1
      }
    }
  }

  /// What fills a cell, from the least to all of it.
  private static func steps(of glyphs: GlyphSet) -> [Character] {
    switch glyphs {
    case .braille, .block: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    case .console: ["▄", "█"]
    case .ascii: ["#"]
    }
  }
}
