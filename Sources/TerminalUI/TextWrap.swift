/// Phrases joined by a separator and broken into lines between phrases.
public enum TextWrap {
  /// Lines of at most `width` columns, unless one phrase alone is longer.
  ///
  /// The first line begins with `label`, padded to `indent`; the others with `indent` blanks.
  public static func lines(
    label: String, phrases: [String], separator: String = " · ", indent: Int, width: Int
  ) -> [String] {
    let pieces = phrases.flatMap { phrase in
      // A phrase that has no line to itself is broken where its script allows it.
      let parts = indent + phrase.cellWidth <= width ? [phrase] : self.pieces(of: phrase)
      return parts.enumerated().map { (text: $1, joint: $0 == 0 ? separator : "") }
    }
    return lines(label: label, pieces: pieces, indent: indent, width: width)
  }

  private static func lines(
    label: String, pieces: [(text: String, joint: String)], indent: Int, width: Int
  ) -> [String] {
    var lines: [String] = []
    var line = label.padded(to: indent)
    var isEmpty = true
    for (text, joint) in pieces {
      if isEmpty {
        line += text
      } else if line.cellWidth + joint.cellWidth + text.cellWidth <= width {
        line += joint + text
      } else {
        lines.append(line)
        line = String(repeating: " ", count: indent) + text
      }
      isEmpty = false
    }
    return lines + [line.withoutTrailingBlanks]
  }

  /// As much of `text` as a line of `width` columns holds: whole clauses, which commas and colons divide, or if not even the first
  /// one fits whole words of it.
  public static func beginning(of text: String, width: Int) -> String {
    var text = text
    while text.cellWidth > width,
      let end = [", ", ": ", "，", "：", "；"].flatMap(text.ranges).map(\.lowerBound).max()
    {
      text = String(text[..<end])
    }
    return text.cellWidth <= width ? text : lines(text, width: width).first ?? ""
  }

  /// `text` broken between words, but not between a number and its unit, and between Chinese characters.
  public static func lines(_ text: String, width: Int) -> [String] {
    // A phrase that has no line to itself is broken like any other text.
    let phrases = phrases(text).flatMap { phrase in
      self.pieces(of: phrase).allSatisfy { $0.cellWidth <= width }
        ? [phrase] : phrase.split(separator: " ").map(String.init)
    }
    let pieces = phrases.flatMap { phrase in
      self.pieces(of: phrase).enumerated().map { (text: $1, joint: $0 == 0 ? " " : "") }
    }
    return lines(label: "", pieces: pieces, indent: 0, width: width)
  }

  /// The parts of a word between which a line may end: beside wide characters, which are written without blanks, but not
  /// before a mark that closes something or behind one that opens it.
  private static func pieces(of word: String) -> [String] {
    guard word.utf8.contains(where: { $0 >= 0x80 }) else { return [word] }
    var pieces: [String] = []
    for character in word {
      if let last = pieces.last?.last,
        last.cellWidth < 2 && character.cellWidth < 2 || last == " " || character == " "
          || closing.contains(character) || opening.contains(last)
      {
        pieces[pieces.count - 1].append(character)
      } else {
        pieces.append(String(character))
      }
    }
    return pieces
  }

  private static let closing: Set<Character> = [
    "，", "。", "：", "；", "、", "！", "？", "）", "”", "》", "…", ",", ".", ":", ";", "!", "?", ")", "%",
  ]
  private static let opening: Set<Character> = ["（", "“", "《", "("]

  /// The words of `text`, a number and its unit as one: `81.3 %`, `0.86 ± 0.01`, `12 epochs`.
  public static func phrases(_ text: String) -> [String] {
    var phrases: [String] = []
    var last: Substring = ""
    for word in text.split(separator: " ") {
      if let phrase = phrases.last,
        isUnit(word, of: last) || isSign(last) || isSign(word) || isCounted(word, by: last)
      {
        phrases[phrases.count - 1] = phrase + " " + word
      } else {
        phrases.append(String(word))
      }
      last = word
    }
    return phrases
  }

  /// Whether a Chinese word is counted by the number before it, or a number is of the word before it: `第 3 轮`, `10 轮`.
  private static func isCounted(_ word: Substring, by last: Substring) -> Bool {
    guard let end = last.last, let start = word.first else { return false }
    return end.isNumber && start.cellWidth > 1 || end == "第"
  }

  /// What stands between two numbers that belong to each other.
  private static func isSign(_ word: Substring) -> Bool {
    ["±", "+/-", "=", "−", "-", "+"].contains(word.first == "(" ? word.dropFirst() : word)
  }

  private static let units: Set<String> = [
    "%", "points", "epoch", "epochs", "step", "steps", "images", "images/s", "samples", "samples/s", "runs",
    "seeds", "passes",
    "nats",
    "seconds", "s", "ms", "MB",
  ]

  private static func isUnit(_ word: Substring, of number: Substring) -> Bool {
    guard number.last?.isNumber == true else { return false }
    return units.contains(String(word.reversed().drop { ".,;:)".contains($0) }.reversed()))
  }
}
