/// What the colours are made for: the terminal's background, and how well a person, or a projector, tells them apart.
public enum Theme: String, CaseIterable, Codable, Hashable, Sendable {
  /// Light characters on a dark background.
  case dark
  /// Dark characters on a light background.
  case light
  /// Nothing that steps back, on a background of its own: black, or white where the terminal's is known to be light.
  case contrast

  /// What the terminal answers to the question for its background (xterm, OSC 11): `11;rgb:ffff/ffff/ffff`.
  public init?(reply: String) {
    guard
      let values = reply.wholeMatch(
        of: /11;rgba?:([0-9a-fA-F]{1,4})\/([0-9a-fA-F]{1,4})\/([0-9a-fA-F]{1,4}).*/)?.output
    else { return nil }
    let shares = [values.1, values.2, values.3].map { digits in
      Double(Int(digits, radix: 16) ?? 0) / Double(1 << (4 * digits.count) - 1)
    }
    // Weights of the luma of Rec. 601.
    self = zip(shares, [0.299, 0.587, 0.114]).map(*).reduce(0, +) > 0.5 ? .light : .dark
  }

  /// A style in this theme, on a terminal whose own colours are made for `terminal`: what stands on a background of its own stays.
  public func adapted(_ style: Style, on terminal: Theme = .dark) -> Style {
    let isLight = self == .light || self == .contrast && terminal == .light
    var style = style
    if style.background == nil {
      if isLight { style.foreground = style.foreground?.onLight }
      if self == .contrast {
        style.foreground = style.foreground ?? .gray(isLight ? 0 : 1)
        style.background = .gray(isLight ? 1 : 0)
      }
    }
    if self == .contrast { style.isDim = false }
    return style
  }
}
