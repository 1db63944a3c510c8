package import Experiment
package import TerminalUI

/// The whole dashboard: pages within their chrome of header, footer, help, questions and messages.
///
/// A value that events and keys change. Footer, help and what keys do are computed from the pages.
package struct DashboardScreen: Sendable {
  /// What the pages share.
  package internal(set) var state: DashboardState
  /// The pages, in the order of their keys.
  private(set) var pages: [any Page]
  /// Place of the shown page.
  private var shown: Int
  /// The page of the help that is open, from 0.
  private(set) var helpPage: Int?

  /// A dashboard with every page, at the one that was left last.
  package init(_ state: DashboardState, demonstrations: Demonstrations? = nil) {
    self.init(state, pages: .all(demonstrations: demonstrations))
  }

  init(_ state: DashboardState, pages: [any Page]) {
    self.state = state
    self.pages = pages
    shown = pages.firstIndex { $0.title == state.settings.page } ?? 0
  }

  /// The shown page.
  var page: any Page { pages[shown] }

  // MARK: Events and keys

  /// Takes in an event that arrived at the time `seconds`.
  package mutating func record(_ event: TrainingEvent, at seconds: Double) {
    state.record(event, at: seconds)
    for index in pages.indices { pages[index].update(after: event, in: state) }
  }

  /// Tells what cannot be written when it begins, and when it is over.
  package mutating func tell(_ notices: KeepingNotices) {
    var messages = notices.warnings
    if state.isKeepingFailing, !notices.isFailing {
      messages.append("What could not be written is written now.")
    }
    state.isKeepingFailing = notices.isFailing
    for message in messages {
      state.message = message
      for index in pages.indices { pages[index].update(after: nil, in: state) }
    }
  }

  /// Answers a key: changes what is shown, and returns what is asked of the outside.
  package mutating func press(_ key: Key) -> [DashboardEffect] {
    let message = state.message
    state.message = ""
    if key == .control("c") {
      state.leave()
    } else if let question = state.question {
      state.answer(question, with: key)
    } else if !perform(key) {
      state.message = message
    }
    for index in pages.indices { pages[index].update(after: nil, in: state) }
    return state.takeEffects()
  }

  /// While the help is open, nothing behind it hears keys.
  private mutating func perform(_ key: Key) -> Bool {
    if helpPage == nil {
      if pages[shown].press(key, in: &state) || pages[shown].isModal { return true }
      if DashboardState.keys.flatMap({ $0.bindings }).perform(key, on: &state) { return true }
    }
    return bindings.perform(key, on: &self)
  }

  /// Answers a click or a turn of the wheel on a screen of the given size; returns false for every other key.
  package mutating func pointAt(_ key: Key, width: Int, height: Int) -> Bool {
    let (header, body, _) = areas(of: Rect(width: width, height: height))
    switch key {
    case .click(let x, let y):
      if let run = HeaderView(state: state).run(x: x, y: y, in: header) {
        state.select(run: run.id.index)
      } else if helpPage == nil {
        pages[shown].point(key, in: body, state: &state)
      }
    case .wheelUp, .wheelDown: if helpPage == nil { pages[shown].point(key, in: body, state: &state) }
    default: return false
    }
    for index in pages.indices { pages[index].update(after: nil, in: state) }
    return true
  }

  /// What the shown page asks of the outside for its picture.
  package mutating func takeQuestions() -> [DashboardEffect] {
    pages[shown].ask(in: &state)
    return state.takeEffects()
  }

  // MARK: Keys of the chrome

  /// The keys that work on every page and change no run.
  private var bindings: [Binding<DashboardScreen>] { [pageKeys] + Self.program }

  /// The key of each page that there is.
  private var pageKeys: Binding<DashboardScreen> {
    let available = pages.indices.filter { pages[$0].isAvailable(in: state) }
    let titles = available.map { pages[$0].title.lowercased() }
    var binding = Binding<DashboardScreen>(
      available.map { .character(pages[$0].key) }, footer: "views",
      help: Set([titles.first, titles.last].compactMap(\.self)).sorted().joined(separator: " to "),
      available.map { index in { $0.show(index) } })
    binding.caption = Self.ranges(of: available.map { pages[$0].key })
    return binding
  }

  /// Keys in a row, digits that follow each other as `1-6`.
  private static func ranges(of keys: [Character]) -> String {
    var parts: [(first: Character, last: Character)] = []
    for key in keys {
      if let last = parts.last?.last.wholeNumberValue, key.wholeNumberValue == last + 1 {
        parts[parts.count - 1].last = key
      } else {
        parts.append((key, key))
      }
    }
    return parts.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }.joined(separator: " ")
  }

  private mutating func show(_ index: Int) {
    shown = index
    // Whoever trains the next time wants to see that.
    if page.isRemembered { state.settings.page = page.title }
    helpPage = nil
  }

  private static let program: [Binding<DashboardScreen>] = [
    Binding("g", help: "braille, block or ASCII") {
      $0.state.settings.glyphs = $0.state.glyphs.next(upTo: $0.state.terminalGlyphs)
    },
    Binding("c", help: "colours on or off") { $0.state.settings.showsColors.toggle() },
    Binding("M", help: "mouse on or off") {
      $0.state.settings.usesMouse.toggle()
      $0.state.message =
        $0.state.settings.usesMouse ? "mouse on: click a chart or a run, turn the wheel" : "mouse off"
    },
    Binding("?", footer: "help", help: "all keys") { $0.helpPage = $0.helpPage.map { $0 + 1 } ?? 0 },
    Binding("q", footer: "quit", help: "leave") { $0.state.quit() },
    Binding(
      .escape, help: "close the help", when: { $0.helpPage != nil },
      do: { $0.helpPage = nil }),
  ]

  /// All keys that there are on the shown page.
  var keyGroups: [KeyGroup] { groups.filter { !$0.entries.isEmpty } + [bindings.group("Program", for: self)] }

  private var groups: [KeyGroup] {
    [page.keys(in: state)] + DashboardState.keys.map { $0.bindings.group($0.title, for: state) }
  }

  // MARK: Picture

  /// Draws the dashboard at any size: a pure function of the state.
  package func render(width: Int, height: Int) -> Surface {
    .screen(
      width: width, height: height, glyphs: state.glyphs, showsColors: state.drawsColors,
      question: state.question?.line, draw: draw)
  }

  private func draw(on surface: inout Surface) {
    let (header, body, footer) = areas(of: surface.bounds)
    HeaderView(state: state).draw(on: &surface, in: header)
    FooterView(
      keys: helpPage == nil ? groups.flatMap(\.entries) : [], ways: bindings.group("", for: self).entries,
      question: state.question?.line, glyphs: state.glyphs
    ).draw(on: &surface, in: footer)
    guard let helpPage else {
      page.draw(state, on: &surface, in: body)
      if state.question != nil || !page.showsMessage(in: body) { drawMessage(on: &surface, in: body) }
      return
    }
    let area = helpArea(of: surface.bounds)
    surface.clear(area)
    HelpView(groups: keyGroups, glyphs: state.glyphs).draw(helpPage, on: &surface, in: area)
  }

  /// Tells the latest change or refusal over the lower edge of a page.
  private func drawMessage(on surface: inout Surface, in page: Rect) {
    guard !state.message.isEmpty else { return }
    let lines = TextWrap.lines(state.plain(state.message), width: page.width - 2).suffix(page.height)
    for (row, line) in lines.enumerated() {
      let y = page.maxY - lines.count + row
      surface.clear(Rect(x: page.x, y: y, width: page.width, height: 1))
      surface.write(line, x: page.x + 1, y: y, style: Style(foreground: .accent))
    }
  }

  /// The parts of a screen that is large enough.
  func areas(of screen: Rect) -> (header: Rect, page: Rect, footer: Rect) {
    let (body, footer) = screen.splitBottom(1)
    let (header, page) = body.splitTop(HeaderView(state: state).height)
    return (header, page, footer)
  }

  /// The help lies over the lines of the runs: there are more keys than a page has rows.
  private func helpArea(of screen: Rect) -> Rect { screen.splitTop(1).rest.splitBottom(1).rest }

  /// Closes the help where it was turned beyond its last page on a screen of a size.
  package mutating func closeHelp(behindLastPageOf width: Int, _ height: Int) {
    guard let helpPage else { return }
    let help = HelpView(groups: keyGroups, glyphs: state.glyphs)
    if helpPage >= help.pages(in: helpArea(of: Rect(width: width, height: height))).count {
      self.helpPage = nil
    }
  }
}

extension DashboardScreen: Equatable {
  /// Whether both look the same.
  package static func == (first: DashboardScreen, second: DashboardScreen) -> Bool {
    first.shown == second.shown && first.helpPage == second.helpPage && first.state == second.state
      && first.pages.elementsEqual(second.pages) { $0.isEqual(to: $1) }
  }
}

/// What a key asks of the outside.
package enum DashboardEffect: Hashable, Sendable {
  /// A command for a run.
  case send(TrainingCommand, to: RunID)
  /// A command for every run.
  case sendToAll(TrainingCommand)
  /// Another name for a run.
  case rename(RunID, to: String)
  /// The end of a run, which is not shown any more.
  case remove(RunID)
  /// All runs from the beginning, with the next seed if wanted.
  case restart(newSeed: Bool)
  /// One more run of each side, with the next seed; they wait at first if the others do.
  case addReplicates(isPaused: Bool)
  /// A training image as runs learn from it.
  case augment(AugmentedImage.Request)
  /// The dashboard closes.
  case leave
}
