/// A horizontal bar for a share that is known up to a spread: whole up to mean − spread, broken up to mean + spread.
public struct SpreadBar: Hashable, Sendable {
  /// The bar, as wide as it is long.
  public let text: String

  /// A bar of at most `width` cells, which is full where the share is 1; what is not finite is empty.
  public init(mean: Double, spread: Double, width: Int, glyphs: GlyphSet) {
    func cells(_ share: Double) -> Int {
      share.isFinite ? Int((min(max(share, 0), 1) * Double(max(0, width))).rounded()) : 0
    }
    let whole = cells(mean - spread)
    let broken = max(0, cells(mean + spread) - whole)
    text =
      String(repeating: glyphs.bar, count: whole) + String(repeating: glyphs.brokenBar, count: broken)
  }
}

extension GlyphSet {
  /// What the part of a bar is made of that may be there or not.
  fileprivate var brokenBar: Character {
    switch self {
    case .braille, .block: "╍"
    case .console: "░"
    case .ascii: "~"
    }
  }
}
