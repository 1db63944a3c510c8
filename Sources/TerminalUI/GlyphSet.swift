/// The characters that pictures are made of, from the finest to the most widely shown.
public enum GlyphSet: String, CaseIterable, Codable, Hashable, Sendable {
  /// Braille patterns, 2 × 4 dots a cell.
  case braille
  /// Quadrant blocks, 2 × 2 dots a cell.
  case block
  /// Half blocks, 1 × 2 dots a cell, and nothing that the fonts of Linux's console lack.
  case console
  /// Only 7-bit characters, one dot a cell.
  case ascii

  /// These, or the finest that a terminal with `finest` shows.
  public func limited(to finest: GlyphSet) -> GlyphSet {
    let order = Self.allCases
    guard let own = order.firstIndex(of: self), let limit = order.firstIndex(of: finest) else { return self }
    return order[max(own, limit)]
  }

  /// Dots of a cell.
  public var dotsPerCell: (x: Int, y: Int) {
    switch self {
    case .braille: (2, 4)
    case .block: (2, 2)
    case .console: (1, 2)
    case .ascii: (1, 1)
    }
  }

  /// The character that shows the dots whose bits are set; bit y · dots in x + x, from the top left.
  func character(dots: UInt8, mark: Character) -> Character {
    switch self {
    case .braille:
      // Unicode numbers the dots down the left column, down the right one, then the bottom row.
      let order: [UInt32] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
      let pattern = order.enumerated().reduce(UInt32(0x2800)) { pattern, dot in
        dots & 1 << dot.offset != 0 ? pattern | dot.element : pattern
      }
      return Unicode.Scalar(pattern).map(Character.init) ?? mark
    case .block: return Self.quadrants[Int(dots & 15)]
    case .console: return Self.halves[Int(dots & 3)]
    case .ascii: return mark
    }
  }

  private static let quadrants: [Character] = [
    " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
  ]

  private static let halves: [Character] = [" ", "▀", "▄", "█"]

  /// Horizontal, vertical, and the corners of a frame from the top left, clockwise.
  public var frame: (horizontal: Character, vertical: Character, corners: [Character]) {
    switch self {
    case .braille, .block: ("─", "│", ["╭", "╮", "╯", "╰"])
    case .console: ("─", "│", ["┌", "┐", "┘", "└"])
    case .ascii: ("-", "|", ["+", "+", "+", "+"])
    }
  }

  /// What stands for a whole and for a dashed line in a legend; nothing where lines consist of their marks.
  var line: (whole: String, dashed: String) {
    switch self {
    case .braille, .block: ("━", "╌")
    case .console: ("▄", "░")
    case .ascii: ("", "")
    }
  }

  /// Tick on a vertical axis, tick on a horizontal one, the corner where they meet, and a line that marks an event.
  public var axis: (verticalTick: Character, horizontalTick: Character, corner: Character, event: Character) {
    switch self {
    case .braille, .block: ("┤", "┬", "└", "┊")
    case .console: ("┤", "┬", "└", ":")
    case .ascii: ("+", "+", "+", ":")
    }
  }

  /// What a bar is made of.
  package var bar: Character {
    switch self {
    case .braille, .block: "━"
    case .console: "▄"
    case .ascii: "#"
    }
  }

  /// Whether there are circles, triangles and arrows beside what lines are made of.
  package var hasSymbols: Bool { self == .braille || self == .block }

  /// Marks the best one.
  package var star: Character { hasSymbols ? "★" : "*" }

  /// The characters of texts that go with the set.
  package var encoding: TextEncoding {
    switch self {
    case .braille, .block: .utf8
    case .console: .console
    case .ascii: .ascii
    }
  }

  /// `text` in the characters that go with the set.
  package func plain(_ text: String) -> String { encoding.encode(text) }

  /// As much of `text` as fits into `width` columns, with a sign that it is cut where there is one.
  package func cut(_ text: String, to width: Int) -> String {
    hasSymbols ? text.cut(to: width) : plain(text.prefix(columns: max(0, width)))
  }
}
