extension Character {
  /// Cells that the character takes on a terminal: 0 for combining marks and control characters alone, 2 for East Asian
  /// wide characters and emoji, 1 otherwise.
  public var cellWidth: Int {
    guard let first = unicodeScalars.first else { return 0 }
    if isASCII { return first.value >= 32 && first.value < 127 ? 1 : 0 }
    // U+FE0F asks for the emoji form of what is narrow as text.
    if unicodeScalars.contains("\u{FE0F}") { return 2 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .control, .format, .lineSeparator, .paragraphSeparator: return 0
    default: return Self.wideRanges.contains { $0.contains(first.value) } ? 2 : 1
    }
  }

  /// East Asian Wide and Fullwidth, by block (Unicode Standard Annex 11).
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x23E9...0x23EC, 0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653,
    0x26AA...0x26AB, 0x26BD...0x26BE, 0x2705...0x2705, 0x274C...0x274C, 0x2753...0x2755, 0x2795...0x2797,
    0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
    0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
  ]
}

extension String {
  /// Cells that the text takes on a terminal.
  public var cellWidth: Int { reduce(0) { $0 + $1.cellWidth } }
}
