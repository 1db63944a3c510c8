internal import TerminalUI

/// The pages by their keys and names, the shown one marked.
struct TabsView {
  let tabs: [(key: Character, title: String)]
  let shown: Character
  let glyphs: GlyphSet

  func draw(on surface: inout Surface, in area: Rect) {
    guard area.height > 0 else { return }
    var x = area.x + 1
    let (texts, gap) = texts(in: area.width - 1)
    for (tab, text) in zip(tabs, texts) {
      let isShown = tab.key == shown
      surface.write(
        String(tab.key), x: x, y: area.y, style: isShown ? Style(isBold: true, isReversed: true) : .bold)
      x =
        surface.write(
          String(text.dropFirst()), x: x + 1, y: area.y,
          style: isShown ? Style(isBold: true, isReversed: true) : .dim, limit: area.maxX) + gap
    }
  }

  /// Whole names: where there is no room for all of them, the last pages that are not shown have their keys only.
  private func texts(in width: Int) -> (texts: [String], gap: Int) {
    var texts = tabs.map { "\($0.key) \($0.title)" }
    func length(_ gap: Int) -> Int { texts.reduce(0) { $0 + $1.cellWidth } + gap * max(0, texts.count - 1) }
    for index in texts.indices.reversed() where length(1) > width && tabs[index].key != shown {
      texts[index] = String(tabs[index].key)
    }
    return (texts, length(2) <= width ? 2 : 1)
  }
}
