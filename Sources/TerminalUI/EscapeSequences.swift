extension Surface {
  /// The characters, one line per row, with the escape sequences (ECMA-48, SGR) of their styles; each line ends plain.
  ///
  /// For a picture that is printed once, not for a screen. Without colours the lines are those of `lines`.
  public func lines(colors: TerminalTraits.Colors) -> [String] {
    guard colors != .none else { return lines.map(\.withoutTrailingBlanks) }
    return (0..<height).map { y in
      var line = ""
      var current = Style.plain
      for cell in row(y) {
        guard let character = cell.character else { continue }
        if cell.style != current {
          line += cell.style.escapeSequence(colors)
          current = cell.style
        }
        line.append(character)
      }
      return current == .plain ? line.withoutTrailingBlanks : line + Style.plain.escapeSequence(colors)
    }
  }
}

extension Style {
  /// Sets this style whatever was set before.
  fileprivate func escapeSequence(_ colors: TerminalTraits.Colors) -> String {
    var codes = ["0"]
    if isBold { codes.append("1") }
    if isDim { codes.append("2") }
    if isReversed { codes.append("7") }
    for (color, basic, palette) in [(foreground, 30, "38"), (background, 40, "48")] {
      guard let color else { continue }
      codes.append(
        colors == .palette256 ? "\(palette);5;\(color.palette256)" : "\(basic + Int(color.basic))")
    }
    return "\u{1B}[" + codes.joined(separator: ";") + "m"
  }
}
