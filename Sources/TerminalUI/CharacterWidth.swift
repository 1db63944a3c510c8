internal import Platform

extension Character {
  /// Cells that the character takes on a terminal as it is drawn: the sum of what the C library's `wcwidth` gives its
  /// scalars, as ncurses counts, and 1 for each `?` that stands for one that cannot be shown.
  public var cellWidth: Int {
    if isASCII { return unicodeScalars.count }
    if let scalar = unicodeScalars.first, unicodeScalars.count == 1 {
      return scalar.isPrintable ? TextLocale.width(of: scalar) : 1
    }
    return printable.unicodeScalars.reduce(0) { $0 + TextLocale.width(of: $1) }
  }

  /// What is drawn of the character: a scalar that takes cells in each part, with the marks that stand on it.
  ///
  /// A cell of ncurses holds no more than that, and cuts off the second picture of an emoji that is joined of two.
  var parts: [Character] {
    if unicodeScalars.count == 1 { return Array(printable) }
    var parts: [String] = []
    for scalar in printable.unicodeScalars {
      if TextLocale.width(of: scalar) > 0 || parts.isEmpty {
        parts.append(String(scalar))
      } else {
        parts[parts.count - 1].unicodeScalars.append(scalar)
      }
    }
    return parts.map { Character($0) }
  }
}

extension String {
  /// Cells that the text takes on a terminal.
  public var cellWidth: Int { reduce(0) { $0 + $1.cellWidth } }

  /// The beginning of the text, of at most `width` cells.
  public func prefix(columns width: Int) -> String {
    var room = width
    return String(
      prefix { character in
        room -= character.cellWidth
        return room >= 0
      })
  }
}
