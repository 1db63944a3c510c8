/// A horizontal bar that shows a share of a whole, in half cells where the glyphs allow it.
public struct Gauge: Hashable, Sendable {
  /// How a gauge is drawn.
  public enum Style: Hashable, Sendable {
    /// `━━━╸━━━━`: the rest is drawn too, and only a colour tells it from the completed part.
    case line
    /// `━━━╸`, the rest blank: for terminals without colours.
    case lineWithoutRest
    /// `███▌░░░░`
    case shades
    /// `###-----`
    case ascii

    /// How gauges are drawn with a set of glyphs, and with or without colours.
    package init(_ glyphs: GlyphSet, showsColors: Bool) {
      self =
        switch glyphs {
        case .braille, .block: showsColors ? .line : .lineWithoutRest
        case .console: .shades
        case .ascii: .ascii
        }
    }
  }

  /// The part that is done.
  public let completed: String
  /// What remains; together with `completed` as wide as the gauge.
  public let rest: String

  /// A gauge of `width` cells that is full only when `share` is 1 or more; NaN is empty.
  public init(share: Double, width: Int, style: Style) {
    let width = max(0, width)
    let share = share.isNaN ? 0 : min(max(share, 0), 1)
    let halves = Int(share * Double(2 * width))
    let (full, half) = (halves / 2, halves % 2)
    switch style {
    case .line:
      let bar = String(repeating: "━", count: full)
      completed = half == 1 ? bar + "╸" : bar
      let remaining = width - full - half
      rest =
        remaining > 0 && half == 0 && full > 0
        ? "╺" + String(repeating: "━", count: remaining - 1) : String(repeating: "━", count: remaining)
    case .lineWithoutRest:
      let bar = String(repeating: "━", count: full)
      completed = half == 1 ? bar + "╸" : bar
      rest = String(repeating: " ", count: width - full - half)
    case .shades:
      completed = String(repeating: "█", count: full) + (half == 1 ? "▌" : "")
      rest = String(repeating: "░", count: width - full - half)
    case .ascii:
      completed = String(repeating: "#", count: full)
      rest = String(repeating: "-", count: width - full)
    }
  }
}
