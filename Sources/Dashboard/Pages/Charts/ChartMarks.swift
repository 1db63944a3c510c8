internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// What has been changed while runs were under way: numbered in the charts, told in words below them.
struct ChartMarks {
  /// A change that one run or several made at one place.
  private struct Entry {
    var x: Double
    var step: Int
    var text: String
    var marks: String
    var style: Style
  }

  private let state: DashboardState
  private let entries: [Entry]

  /// The changes and forks of the runs that are shown.
  init(state: DashboardState) {
    self.state = state
    // Of runs that repeat each other only one need tell of a change that all of them make.
    let runs = state.replicates.areSeveral ? state.comparedRuns : state.shownRuns
    entries = runs.flatMap { Self.entries(of: $0, state) }.reduce(into: [Entry]()) { entries, entry in
      if let same = entries.firstIndex(where: { $0.step == entry.step && $0.text == entry.text }) {
        entries[same].marks += entry.marks
        entries[same].style = .plain
      } else {
        entries.append(entry)
      }
    }.sorted { $0.step < $1.step }
  }

  private static func entries(of run: RunState, _ state: DashboardState) -> [Entry] {
    let lead = state.lead(of: run)
    let mark = String(lead.mark(in: state.glyphs))
    let fork = run.history.started?.forkedFrom.map {
      Entry(
        x: run.epochs(at: $0.step), step: $0.step,
        text: says("fork of \($0.run.letter)", "\($0.run.letter) 的分支"), marks: mark,
        style: lead.style)
    }
    return (fork.map { [$0] } ?? [])
      + run.changes.filter { $0.setting != .epochs }.map { change in
        Entry(
          x: run.epochs(at: change.position.step), step: change.position.step, text: change.mark, marks: mark,
          style: lead.style)
      }
  }

  /// Whether nothing was changed.
  var isEmpty: Bool { entries.isEmpty }

  /// The numbers of as many changes as there are numbers, the latest ones.
  private var numbered: ArraySlice<Entry> { entries.suffix(Self.numbers(in: state.glyphs).count) }

  /// The marks of all changes, without words.
  var chartMarks: [ChartMark] {
    let numbers = Self.numbers(in: state.glyphs)
    let first = entries.count - numbered.count
    return entries.enumerated().map { index, entry in
      ChartMark(
        x: entry.x, label: index < first ? "" : String(numbers[index - first]), isNumbered: index >= first,
        style: entry.style)
    }
  }

  /// One character for each number.
  private static func numbers(in glyphs: GlyphSet) -> [Character] {
    glyphs == .braille ? Array("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳") : Array("123456789")
  }

  /// The numbered changes in words.
  private var texts: [String] {
    zip(Self.numbers(in: state.glyphs), numbered).map { number, entry in
      let (text, step) = (state.plain(entry.text), NumberText.grouped(entry.step + 1))
      return "\(number) \(entry.marks) " + says("\(text) step \(step)", "\(text) 第 \(step) 步")
    }
  }

  /// Columns that the latest change needs, and where there are others, how many.
  var leastWidth: Int {
    guard let latest = texts.last else { return 0 }
    return latest.cellWidth + 1 + (entries.count > 1 ? earlier(than: 1).cellWidth + 3 : 0)
  }

  /// How many changes there are before the latest ones, if so many of these are told.
  private func earlier(than shown: Int) -> String {
    let count = entries.count - shown
    return count > 0 ? says("\(count) earlier: log", "更早 \(count) 个：日志") : ""
  }

  /// Tells the latest changes, as many whole ones as there is room for.
  func draw(on surface: inout Surface, in area: Rect) {
    let texts = texts
    var shown = texts.count
    func width() -> Int {
      texts.suffix(shown).reduce(earlier(than: shown).cellWidth) { $0 + 3 + $1.cellWidth }
    }
    while shown > 0, width() > area.width - 1 { shown -= 1 }
    var x = area.x + 1
    if !earlier(than: shown).isEmpty, earlier(than: shown).cellWidth < area.width {
      x = surface.write(earlier(than: shown), x: x, y: area.y, style: .dim, limit: area.maxX) + 3
    }
    for (text, entry) in zip(texts, numbered).suffix(shown) {
      x = surface.write(text, x: x, y: area.y, style: entry.style, limit: area.maxX) + 3
    }
  }
}
