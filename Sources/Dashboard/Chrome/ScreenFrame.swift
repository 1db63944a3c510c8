internal import TerminalUI

extension Surface {
  /// The smallest screen that everything fits on.
  static let smallestScreen = (width: 60, height: 16)

  /// A whole screen: what `draw` draws, or, where there is no room for that, what `small` says in few words, and the question.
  static func screen(
    width: Int, height: Int, glyphs: GlyphSet, showsColors: Bool, theme: Theme, terminalTheme: Theme,
    question: QuestionLine?, small: (inout Surface, Rect) -> Void, draw: (inout Surface) -> Void
  ) -> Surface {
    var surface = Surface(width: width, height: height)
    let needed = smallestScreen
    if width >= needed.width, height >= needed.height {
      draw(&surface)
    } else {
      let lines = question.map { TextWrap.lines(glyphs.plain($0.text), width: width) } ?? []
      let (area, rows) = surface.bounds.splitBottom(lines.isEmpty ? 0 : min(lines.count, height))
      small(&surface, area)
      for (row, line) in lines.prefix(rows.height).enumerated() {
        surface.write(line, x: 0, y: rows.y + row, style: .bold)
      }
    }
    if showsColors, theme != .dark {
      surface.restyle(surface.bounds) { $0 = theme.adapted($0, on: terminalTheme) }
    }
    if !showsColors {
      surface.restyle(surface.bounds) { style in (style.foreground, style.background) = (nil, nil) }
    }
    return surface
  }

  /// The first line: the program, what it does, and flush right what it works on.
  mutating func drawTitle(
    _ status: String, style: Style = .plain, caption: String, glyphs: GlyphSet, in area: Rect
  ) {
    write(" fmnist-tui", x: area.x, y: area.y, style: .bold)
    let free = write(glyphs.plain(" · " + status), x: area.x + 11, y: area.y, style: style) + 2
    // The last parts, the least important ones, are left out where there is no room for all.
    var caption = glyphs.plain(caption)
    while free + caption.cellWidth > area.maxX - 1, let end = caption.ranges(of: glyphs.plain(" · ")).last {
      caption = String(caption[..<end.lowerBound])
    }
    guard free + caption.cellWidth <= area.maxX - 1 else { return }
    write(
      caption, x: max(free, area.maxX - 1 - caption.cellWidth), y: area.y, style: .dim, limit: area.maxX - 1)
  }

  /// Blanks an area.
  mutating func clear(_ area: Rect) {
    for y in area.y..<area.maxY { write(String(repeating: " ", count: area.width), x: area.x, y: y) }
  }
}

extension Theme {
  /// The theme after this one, and after the last the first.
  var next: Theme {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }
}

extension GlyphSet {
  /// The set after this one, of those that a terminal with `best` has.
  func next(upTo best: GlyphSet) -> GlyphSet {
    let sets = Self.allCases.drop { $0 != best }
    return sets.drop { $0 != self }.dropFirst().first ?? best
  }
}
