/// What the environment says of the terminal.
public struct TerminalTraits: Hashable, Sendable {
  /// How many colours can be used.
  public enum Colors: Hashable, Sendable {
    /// None: the terminal has none, or `NO_COLOR` is set.
    case none
    /// The 16 of every colour terminal.
    case sixteen
    /// The xterm palette.
    case palette256
  }

  /// The characters that can be shown.
  public var encoding: TextEncoding
  /// The colours that can be shown.
  public var colors: Colors
  /// Whether the cursor can be moved.
  public var movesCursor: Bool

  /// The finest characters to draw with.
  public var glyphs: GlyphSet {
    switch encoding {
    case .utf8: .braille
    case .console: .console
    case .ascii: .ascii
    }
  }

  /// Explicit traits.
  public init(encoding: TextEncoding, colors: Colors, movesCursor: Bool) {
    self.encoding = encoding
    self.colors = colors
    self.movesCursor = movesCursor
  }

  /// The traits that `TERM`, `COLORTERM` and `NO_COLOR` tell, with the encoding of the locale.
  public init(environment: [String: String], encoding: TextEncoding = .ofLocale) {
    let name = environment["TERM"] ?? ""
    let trueColor = ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "")
    self.encoding = encoding == .utf8 && name == "linux" ? .console : encoding
    movesCursor = !name.isEmpty && name != "dumb"
    colors =
      if !movesCursor || !(environment["NO_COLOR"] ?? "").isEmpty || name.hasPrefix("vt") {
        .none
      } else {
        name.contains("256color") || trueColor ? .palette256 : .sixteen
      }
  }
}
