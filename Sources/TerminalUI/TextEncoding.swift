internal import Messages
internal import Platform

/// The characters that a terminal or a file can be expected to show.
public enum TextEncoding: Hashable, Sendable {
  /// Everything.
  case utf8
  /// What the fonts of Linux's console have in common.
  case console
  /// Only 7-bit characters.
  case ascii

  /// The encoding of the locale that is in force; a locale that the system lacks is none, and then it is ASCII.
  public static var ofLocale: TextEncoding { TextLocale.isUTF8 ? .utf8 : .ascii }

  /// `text` in this encoding: what it lacks gets a look-alike, or `?` in each of its cells.
  ///
  /// Look-alikes of aligned text are as wide as what they stand for, so columns stay where they are.
  public func encode(_ text: String) -> String {
    guard self != .utf8 else { return text }
    return text.reduce(into: "") {
      $0 +=
        has($1) ? String($1) : Self.lookAlikes[$1] ?? String(repeating: "?", count: $1.cellWidth)
    }
  }

  private func has(_ character: Character) -> Bool {
    // Who is spoken to in Chinese has a terminal that shows it; the pictures alone are made of simpler characters.
    if Language.current == .chinese, character.cellWidth > 1 { return true }
    return switch self {
    case .utf8: true
    case .console: character.isASCII || Self.ofConsole.contains(character)
    case .ascii: character.isASCII
    }
  }

  /// What both code page 437 and the fonts for Western Europe have beyond the 7-bit characters.
  private static let ofConsole = Set("─│┌┐└┘├┤┬┴┼█▄▀▌▐░▒▓·√±²÷°ÄÅÆÇÉÑÖÜßàáâäåæçèéêëìíîïñòóôöùúûüÿ£¥")

  private static let lookAlikes: [Character: String] = [
    "−": "-", "·": "|", "×": "x", "–": "-", "±": "+/-", "²": "^2", "…": "...", "λ": "lambda",
    "σ": "sigma", "ψ": "psi", "½": "1/2", "ε": "epsilon",
    "η": "eta", "μ": "mu", "‖": "||", "√": "sqrt ", "→": ">", "←": "<", "↑": "^", "↓": "v", "÷": "/",
    "’": "'", "“": "\"", "”": "\"",
  ]
}
