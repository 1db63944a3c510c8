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

  /// How names stand beside their keys, the roomiest way first.
  private enum Form: CaseIterable {
    /// Each key before the name: `1 Charts`, `L Log`.
    case apart
    /// A letter that begins the name stands in its place: `1 Charts`, `Log`.
    case lettersWithin
    /// No blank after a key: `1Charts`, `Log`.
    case together

    func text(_ tab: (key: Character, title: String)) -> String {
      switch self {
      case .lettersWithin where tab.key.isNumber, .apart: "\(tab.key) \(tab.title)"
      case .lettersWithin, .together:
        "\(tab.key)"
          + (tab.title.first?.lowercased() == tab.key.lowercased()
            ? String(tab.title.dropFirst()) : tab.title)
      }
    }
  }

  /// Whole names: where there is no room for all of them, the last pages that are not shown have their keys only.
  private func texts(in width: Int) -> (texts: [String], gap: Int) {
    func length(_ texts: [String], _ gap: Int) -> Int {
      texts.reduce(0) { $0 + $1.cellWidth } + gap * max(0, texts.count - 1)
    }
    let forms = Form.allCases.map { form in tabs.map(form.text) }
    if let texts = forms.first, length(texts, 2) <= width { return (texts, 2) }
    if let texts = forms.first(where: { length($0, 1) <= width }) { return (texts, 1) }
    var texts = forms[forms.count - 1]
    for index in texts.indices.reversed() where length(texts, 1) > width && tabs[index].key != shown {
      texts[index] = String(tabs[index].key)
    }
    return (texts, 1)
  }
}
