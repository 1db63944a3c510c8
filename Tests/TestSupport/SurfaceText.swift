package import TerminalUI

extension Surface {
  /// The characters, then one letter for each cell's style: capital where bold, and what each letter stands for.
  package var textWithStyles: String {
    var names: [Style: Character] = [.plain: "."]
    // Pictures have many greys.
    let letters = ([0x61...0x7A, 0xC0...0x2000] as [ClosedRange<UInt16>]).joined()
      .compactMap(Unicode.Scalar.init).map(Character.init)
    let styles = (0..<height).map { y in
      String(
        row(y).map { cell in
          if cell.character == " " && cell.style.background == nil && !cell.style.isReversed { return " " }
          if let name = names[cell.style] { return name }
          let name = letters[names.count - 1]
          names[cell.style] = name
          return name
        })
    }
    let legend = names.filter { $0.value != "." }.sorted { $0.value < $1.value }.map { style, name in
      let parts = [
        style.foreground.map { "colour \($0.palette256)" }, style.background.map { "on \($0.palette256)" },
        style.isBold ? "bold" : nil,
        style.isDim ? "dim" : nil,
        style.isReversed ? "reversed" : nil,
      ]
      return "\(name): " + parts.compactMap(\.self).joined(separator: ", ")
    }
    let trimmed = (lines + ["---"] + styles + ["---"] + legend).map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    return trimmed.joined(separator: "\n") + "\n"
  }
}
