internal import TerminalUI

/// The keys that work right now, or the question that waits for an answer.
struct FooterView {
  /// The keys of what is shown, the most important ones first; those that do not fit are left out.
  let keys: [KeyEntry]
  /// The ways to the other keys and out of here, which are always shown.
  let ways: [KeyEntry]
  /// The question, if there is one.
  let question: QuestionLine?
  let glyphs: GlyphSet

  func draw(on surface: inout Surface, in area: Rect) {
    if let question {
      return question.draw(on: &surface, in: area, glyphs: glyphs)
    }
    let ways = ways.filter(\.isInFooter)
    let waysWidth = ways.reduce(0) { $0 + width(of: $1) }
    var x = area.x + 1
    for entry in keys where entry.isInFooter && x + width(of: entry) + waysWidth <= area.maxX {
      x = draw(entry, on: &surface, x: x, y: area.y)
    }
    for entry in ways { x = draw(entry, on: &surface, x: x, y: area.y) }
  }

  private func draw(_ entry: KeyEntry, on surface: inout Surface, x: Int, y: Int) -> Int {
    let next = surface.write(glyphs.plain(entry.caption), x: x, y: y, style: .bold) + 1
    return surface.write(glyphs.plain(entry.footer), x: next, y: y, style: .dim) + 3
  }

  private func width(of entry: KeyEntry) -> Int {
    glyphs.plain(entry.caption).cellWidth + 1 + glyphs.plain(entry.footer).cellWidth + 3
  }
}

extension KeyEntry {
  fileprivate var isInFooter: Bool { isAvailable && !footer.isEmpty }
}
