internal import Experiment
internal import Messages
internal import Reports
internal import TerminalUI

/// The words that are explained, those that a text occurs in or all of them.
struct GlossaryPage: Page {
  static let title = "Glossary"
  static var name: String { says("Glossary", "词汇") }
  static let key: Character = "g"
  static let coversRuns = true

  /// What is looked for, as far as it is typed; empty for all terms.
  private var text = ""
  /// The place of the first term that is shown.
  private var first = 0

  private static var prompt: String { says("find in the glossary", "在词汇表中查找") }

  static let bindings: [Keys] = [
    Keys("/", footer: says("find", "查找"), help: says("find a word", "查找词汇")) {
      $0.state.ask(Self.finding($0.page.text))
    },
    Keys(.up, .down, footer: says("scroll", "滚动"), help: says("the word before or after", "上一个或下一个词")) {
      $0.page.scroll(by: $1)
    },
    Keys(.pageUp, .pageDown, help: says("five words on", "翻五个词")) { $0.page.scroll(by: 5 * $1) },
    Keys(.home, .end, help: says("the first or last word", "第一个或最后一个词")) {
      $0.page.scroll(by: Glossary.terms.count * $1)
    },
    Keys(
      .escape, footer: says("all words", "所有词"), help: says("all words again", "再显示所有词"),
      when: { !$0.page.text.isEmpty },
      do: { $0.page.find("") }),
  ]

  /// The terms are found while the text is typed; the answer is the text that stands there then.
  private static func finding(_ text: String) -> Question<DashboardState> {
    Question(prompt: prompt, keys: says("enter done   esc done", "回车 完成   esc 完成"), text: text, limit: 40) {
      _, _ in
    }
  }

  private var terms: [Term] { Glossary.terms(containing: text) }

  private mutating func find(_ text: String) { (self.text, first) = (text, 0) }

  private mutating func scroll(by count: Int) { first = min(max(0, first + count), max(0, terms.count - 1)) }

  mutating func update(after event: TrainingEvent?, in state: DashboardState) {
    guard let question = state.question, question.prompt == Self.prompt, let typed = question.text,
      typed != text
    else { return }
    find(typed)
  }

  mutating func point(_ key: Key, in area: Rect, state: inout DashboardState) {
    switch key {
    case .wheelUp: scroll(by: -1)
    case .wheelDown: scroll(by: 1)
    default: break
    }
  }

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let terms = terms
    let found = text.isEmpty ? "" : says(" with '\(text)'", "，含“\(text)”")
    let title = says(
      "glossary, \(terms.count) of \(Glossary.terms.count) words\(found)",
      "词汇表，\(Glossary.terms.count) 个词中的 \(terms.count) 个\(found)")
    surface.drawFrame(
      area, title: state.plain(title),
      glyphs: state.glyphs)
    let inside = area.inset(by: 1).splitLeft(1).rest
    guard !inside.isEmpty else { return }
    guard !terms.isEmpty else {
      let near = Glossary.nearest(to: text).joined(separator: says(", ", "、"))
      let sentence =
        says("No word has it.", "没有词包含它。")
        + (near.isEmpty ? "" : says(" Like it are: \(near).", "相近的有：\(near)。"))
      return surface.write(TextWrap.lines(state.plain(sentence), width: inside.width), in: inside)
    }
    var y = inside.y
    for term in terms.dropFirst(first) {
      let entry = GlossaryText(encoding: state.glyphs.encoding).entry(term, width: inside.width)
      // Whole entries only, but for one that no screen could hold.
      guard y + entry.meaning.count < inside.maxY || y == inside.y else { return }
      surface.write(entry.heading, x: inside.x, y: y, style: .dim, limit: inside.maxX)
      surface.write(state.plain(term.word), x: inside.x, y: y, style: .bold, limit: inside.maxX)
      for (row, line) in entry.meaning.enumerated() where y + 1 + row < inside.maxY {
        surface.write(line, x: inside.x + 2, y: y + 1 + row, limit: inside.maxX)
      }
      y += 1 + entry.meaning.count
    }
  }
}
