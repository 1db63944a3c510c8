// What comes from files, names and the command line may hold anything: sequences that a terminal obeys, marks that turn
// the direction of writing around, characters without a width that make two names look the same. None of these may be
// written as it is.

extension Unicode.Scalar {
  /// Whether a terminal shows the scalar and does nothing else about it.
  package var isPrintable: Bool {
    guard !isASCII else { return (32..<127).contains(value) }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return false
    // A byte that belongs to no character.
    case .privateUse where escapedBytes.contains(value): return false
    default: return !properties.isDefaultIgnorableCodePoint && TextLocale.width(of: self) >= 0
    }
  }
}

extension Character {
  /// The character as it may be written: `?` stands for each scalar that is not printable.
  ///
  /// What only joins and chooses pictures is left out of an emoji, as neither ncurses nor every terminal joins them.
  package var printable: String {
    guard unicodeScalars.contains(where: { !$0.isPrintable }) else { return String(self) }
    var text = ""
    for scalar in unicodeScalars {
      if scalar.isPrintable {
        text.unicodeScalars.append(scalar)
      } else if !isPicture {
        text += "?"
      }
    }
    return text
  }

  /// Whether it is an emoji, in which scalars without a width have a meaning.
  fileprivate var isPicture: Bool {
    guard let first = unicodeScalars.first, first.properties.isEmoji else { return false }
    return !first.isASCII || unicodeScalars.contains("\u{20E3}")
  }
}

extension StringProtocol {
  /// The text as it may be written to a terminal, on one line.
  package var printable: String {
    guard !utf8.allSatisfy({ (32..<127).contains($0) }) else { return String(self) }
    return reduce(into: "") { $0 += $1.printable }
  }

  /// The text without its middle where it is longer than anybody reads: an error may tell of a name as long as a file.
  package var shortened: String {
    let (most, kept) = (4000, 1500)
    let scalars = unicodeScalars
    let last = scalars.index(scalars.startIndex, offsetBy: most, limitedBy: scalars.endIndex)
    guard let last, last < endIndex else { return String(self) }
    let start = scalars.index(scalars.startIndex, offsetBy: kept)
    let end = scalars.index(scalars.endIndex, offsetBy: -kept)
    return "\(self[..<start]) [...] \(self[end...])"
  }

  /// The text as a field of a table for programs may have it, which count no cells: with line breaks and joined emoji.
  package var printableField: String {
    guard !utf8.allSatisfy({ (32..<127).contains($0) }) else { return String(self) }
    return reduce(into: "") {
      $0 += $1.isPicture || ["\n", "\r", "\r\n"].contains($1) ? String($1) : $1.printable
    }
  }

  /// JSON as it may be written to a terminal: the same values, with escapes for what is not printable.
  ///
  /// Outside the strings of JSON there is nothing that this could change.
  package var escapedJSON: String {
    guard !utf8.allSatisfy({ (32..<127).contains($0) }) else { return String(self) }
    var text = ""
    for scalar in unicodeScalars {
      if scalar.isPrintable || scalar == "\n" {
        text.unicodeScalars.append(scalar)
      } else {
        for unit in UTF16.encode(scalar).map({ Array($0) }) ?? [] {
          let digits = String(unit, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return text
  }
}
