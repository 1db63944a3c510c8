/// The characters that a terminal or a file can be expected to show.
public enum TextEncoding: Hashable, Sendable {
  /// Everything.
  case utf8
  /// Only 7-bit characters.
  case ascii

  /// The encoding of the locale that the environment names; without a locale, ASCII.
  public init(environment: [String: String]) {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    let name = locale?.lowercased() ?? ""
    self = name.contains("utf-8") || name.contains("utf8") ? .utf8 : .ascii
  }

  /// `text` in this encoding: what ASCII lacks gets a look-alike, or `?`.
  ///
  /// Look-alikes of aligned text are one character long, so columns stay where they are.
  public func encode(_ text: String) -> String {
    switch self {
    case .utf8: text
    case .ascii: text.reduce(into: "") { $0 += $1.isASCII ? String($1) : Self.lookAlikes[$1] ?? "?" }
    }
  }

  private static let lookAlikes: [Character: String] = [
    "−": "-", "·": "|", "×": "x", "–": "-", "±": "+/-", "²": "^2", "…": "...", "λ": "lambda", "ε": "epsilon",
    "√": "sqrt ", "→": ">", "←": "<", "↑": "^", "↓": "v", "÷": "/", "’": "'",
  ]
}
