internal import Platform

/// The characters that a terminal or a file can be expected to show.
public enum TextEncoding: Hashable, Sendable {
  /// Everything.
  case utf8
  /// Only 7-bit characters.
  case ascii

  /// The encoding of the locale that is in force; a locale that the system lacks is none, and then it is ASCII.
  public static var ofLocale: TextEncoding { TextLocale.isUTF8 ? .utf8 : .ascii }

  /// `text` in this encoding: what ASCII lacks gets a look-alike, or `?` in each of its cells.
  ///
  /// Look-alikes of aligned text are as wide as what they stand for, so columns stay where they are.
  public func encode(_ text: String) -> String {
    switch self {
    case .utf8: text
    case .ascii:
      text.reduce(into: "") {
        $0 +=
          $1.isASCII
          ? String($1) : Self.lookAlikes[$1] ?? String(repeating: "?", count: $1.cellWidth)
      }
    }
  }

  private static let lookAlikes: [Character: String] = [
    "−": "-", "·": "|", "×": "x", "–": "-", "±": "+/-", "²": "^2", "…": "...", "λ": "lambda", "ε": "epsilon",
    "√": "sqrt ", "→": ">", "←": "<", "↑": "^", "↓": "v", "÷": "/", "’": "'",
  ]
}
