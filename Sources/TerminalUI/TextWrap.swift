/// Phrases joined by a separator and broken into lines between phrases.
public enum TextWrap {
  /// Lines of at most `width` columns, unless one phrase alone is longer.
  ///
  /// The first line begins with `label`, padded to `indent`; the others with `indent` blanks.
  public static func lines(
    label: String, phrases: [String], separator: String = " · ", indent: Int, width: Int
  ) -> [String] {
    var lines: [String] = []
    var line = label.padded(to: indent)
    var isEmpty = true
    for phrase in phrases {
      if isEmpty {
        line += phrase
      } else if line.cellWidth + separator.cellWidth + phrase.cellWidth <= width {
        line += separator + phrase
      } else {
        lines.append(line)
        line = String(repeating: " ", count: indent) + phrase
      }
      isEmpty = false
    }
    return lines + [line.withoutTrailingBlanks]
  }

  /// `text` broken between words.
  public static func lines(_ text: String, width: Int) -> [String] {
    lines(
      label: "", phrases: text.split(separator: " ").map(String.init), separator: " ", indent: 0,
      width: width)
  }
}
