internal import Messages
internal import Reports
package import TerminalUI

/// The picture: the page within its chrome.
extension DashboardScreen {
  /// Draws the dashboard at any size: a pure function of the state.
  package func render(width: Int, height: Int) -> Surface {
    .screen(
      width: width, height: height, glyphs: state.glyphs, showsColors: state.drawsColors, theme: state.theme,
      terminalTheme: state.terminalTheme,
      question: state.question?.line, small: SentenceView(state: state).draw, draw: draw)
  }

  private func draw(on surface: inout Surface) {
    let headerView = HeaderView(state: state, width: surface.bounds.width)
    let (tabs, header, notes, body, message, footer) = areas(of: surface.bounds, header: headerView)
    TabsView(
      tabs: pages.filter { $0.isAvailable(in: state) && !$0.tab.isEmpty }.map { ($0.key, $0.tab) },
      shown: page.key,
      glyphs: state.glyphs
    ).draw(on: &surface, in: tabs)
    headerView.draw(on: &surface, in: header)
    FooterView(
      keys: helpPage == nil ? footerKeys : [],
      ways: (helpPage == nil ? bindings : pageKeys + Self.ofHelp).group("", for: self).entries,
      question: state.question?.line, glyphs: state.glyphs
    ).draw(on: &surface, in: footer)
    guard let helpPage else {
      for (row, line) in checkpointLines(width: notes.width).enumerated() {
        surface.write(line, x: notes.x + 1, y: notes.y + row, style: .dim, limit: notes.maxX)
      }
      page.draw(state, on: &surface, in: body)
      for (row, line) in messageLines(width: message.width).enumerated() {
        surface.write(line, x: message.x + 1, y: message.y + row, style: Style(foreground: .accent))
      }
      return
    }
    let area = helpArea(of: surface.bounds)
    surface.clear(area)
    help.draw(helpPage, on: &surface, in: area)
  }

  private var help: HelpView {
    HelpView(
      groups: keyGroups, glyphs: state.glyphs,
      explanation: (
        says("the curves and what is kept", "曲线与保留的设置"),
        HelpView.curves(of: state.task) + [state.keptSentence]
      ))
  }

  /// The most lines that a message takes from the page.
  private static let mostMessageLines = 4

  /// The latest change or refusal, or what is asked of runs and not done yet.
  private func messageLines(width: Int) -> [String] {
    var text = state.pendingSentence ?? state.message
    // What to watch stays there for as long as nothing else is told.
    if text.isEmpty, let lesson = state.lesson, !page.coversRuns, page.title != LessonsPage.title {
      let next =
        state.isEnded
        ? says(
          " \(LessonsPage.key): the question, and what was measured.", " \(LessonsPage.key)：问题与测得的结果。") : ""
      text = says("Watch: \(lesson.watch)\(next)", "观察：\(lesson.watch)\(next)")
    }
    guard !text.isEmpty, width > 2 else { return [] }
    return Array(TextWrap.lines(state.plain(text), width: width - 2).prefix(Self.mostMessageLines))
  }

  /// The most lines that tell where the answers of recorded runs come from.
  private static let mostCheckpointLines = 3

  private func checkpointLines(width: Int) -> [String] {
    guard page.asksNetworks else { return [] }
    let lines = state.checkpointPhrases.flatMap { TextWrap.lines(state.plain($0), width: max(1, width - 2)) }
    return Array(lines.prefix(Self.mostCheckpointLines))
  }

  /// The parts of a screen that is large enough.
  ///
  /// The message has lines of its own for as long as there is one.
  func areas(
    of screen: Rect, header: HeaderView
  ) -> (tabs: Rect, header: Rect, notes: Rect, page: Rect, message: Rect, footer: Rect) {
    let (body, footer) = screen.splitBottom(1)
    // On a low screen the pages need the row: the footer tells their keys, too.
    let (tabs, below) = body.splitTop(screen.height >= 20 ? 1 : 0)
    let (headerArea, rest) = below.splitTop(header.height)
    let (middle, message) = rest.splitBottom(messageLines(width: screen.width).count)
    let (notes, page) = middle.splitTop(checkpointLines(width: screen.width).count)
    return (tabs, headerArea, notes, page, message, footer)
  }

  /// The help lies over the lines of the runs: there are more keys than a page has rows.
  private func helpArea(of screen: Rect) -> Rect { screen.splitTop(1).rest.splitBottom(1).rest }

  /// Closes the help where it was turned beyond its last page on a screen of a size.
  package mutating func closeHelp(behindLastPageOf width: Int, _ height: Int) {
    guard let helpPage else { return }
    if helpPage >= help.pages(in: helpArea(of: Rect(width: width, height: height))).count {
      self.helpPage = nil
    }
  }
}
