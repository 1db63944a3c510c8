package import Experiment
internal import Messages
package import Reports
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
  /// Place of the page that was shown before one that covers the runs.
  private var covered = 0
  /// The page of the help that is open, from 0.
  private(set) var helpPage: Int?

  /// A dashboard with every page, at the one that was left last.
  package init(_ state: DashboardState, demonstrations: DemonstrationSource? = nil) {
    self.init(state, pages: .all(demonstrations: demonstrations, lesson: state.lesson))
  }

  init(_ state: DashboardState, pages: [any Page]) {
    self.state = state
    self.pages = pages
    shown = pages.firstIndex { $0.title == state.settings.page && $0.isAvailable(for: state.task) } ?? 0
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
      messages.append(says("What could not be written is written now.", "之前未能写入的内容现已写入。"))
    }
    state.isKeepingFailing = notices.isFailing
    for message in messages {
      state.message = message
      for index in pages.indices { pages[index].update(after: nil, in: state) }
    }
  }

  /// Answers a key: changes what is shown, and returns what is asked of the outside.
  package mutating func press(_ key: Key) -> [DashboardEffect] {
    if case .reply(let reply) = key {
      if let theme = Theme(reply: reply) { state.terminalTheme = theme }
      return []
    }
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

  /// Lets what was told for some seconds be forgotten at the time `seconds`.
  package mutating func pass(to seconds: Double) { state.pass(to: seconds) }

  /// While the help is open, nothing behind it hears keys; while a page covers the runs, none steers them.
  private mutating func perform(_ key: Key) -> Bool {
    if helpPage != nil { return (pageKeys + Self.ofHelp).perform(key, on: &self) }
    if pages[shown].press(key, in: &state) || page.isModal { return true }
    if !page.coversRuns, DashboardState.keys.flatMap({ $0.bindings }).perform(key, on: &state) { return true }
    return bindings.perform(key, on: &self) || tellAbsence(of: key)
  }

  /// Says why the page of a key is not there.
  private mutating func tellAbsence(of key: Key) -> Bool {
    guard
      let absence = pages.first(where: { key == .character($0.key) && !$0.isAvailable(in: state) })?.absence
    else { return false }
    state.message = absence
    return true
  }

  /// Answers a click or a turn of the wheel on a screen of the given size; returns false for every other key.
  package mutating func pointAt(_ key: Key, width: Int, height: Int) -> Bool {
    guard key.isOfMouse else { return false }
    guard helpPage == nil, state.question == nil else { return true }
    let header = HeaderView(state: state, width: width)
    let parts = areas(of: Rect(width: width, height: height), header: header)
    if case .click(let x, let y) = key, let run = header.run(x: x, y: y, in: parts.header) {
      state.select(run: run.id.index)
    } else {
      pages[shown].point(key, in: parts.page, state: &state)
    }
    for index in pages.indices { pages[index].update(after: nil, in: state) }
    return true
  }

  /// What the shown page asks of the outside for its picture.
  package mutating func takeQuestions() -> [DashboardEffect] {
    if page.asksNetworks { state.observeCheckpoints() }
    pages[shown].ask(in: &state)
    return state.takeEffects()
  }

  // MARK: Keys of the chrome

  /// The keys that work on every page and change no run.
  private var bindings: [Binding<DashboardScreen>] { pageKeys + Self.program }

  /// The keys of the pages that there are: one line for those with a number, one for each that covers the runs.
  private var pageKeys: [Binding<DashboardScreen>] {
    let available = pages.indices.filter { pages[$0].isAvailable(in: state) }
    let (over, numbered) = (
      available.filter { pages[$0].coversRuns }, available.filter { !pages[$0].coversRuns }
    )
    let names = numbered.map { pages[$0].name.lowercased() }
    let ends = names.count > 1 ? [names[0], names[names.count - 1]] : names
    var views = Binding<DashboardScreen>(
      numbered.map { .character(pages[$0].key) }, footer: says("views", "视图"),
      help: ends.joined(separator: says(" to ", " 至 ")),
      numbered.map { index in { $0.show(index) } })
    views.summary = Self.ranges(of: numbered.map { pages[$0].key })
    return [views]
      + over.map { index in
        Binding(.character(pages[index].key), help: pages[index].name.lowercased()) { $0.show(index) }
      }
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
    helpPage = nil
    let next = index == shown && page.coversRuns ? covered : index
    if !page.coversRuns { covered = shown }
    shown = next
  }

  private static let program: [Binding<DashboardScreen>] = [
    Binding("G", help: says("glyphs, braille to ASCII", "字符集，从盲文点到 ASCII")) {
      let next = $0.state.glyphs.next(upTo: $0.state.terminalGlyphs)
      $0.state.keep { $0.glyphs = next }
      $0.state.message = says(
        "\(next.title) glyphs, \(DashboardState.keptNote)", "字符集：\(next.title)，\(DashboardState.keptNote)")
    },
    Binding("T", help: says("dark, light, high contrast", "深色、浅色、高对比度")) {
      let next = $0.state.theme.next
      $0.state.keep { $0.theme = next }
      $0.state.message = says(
        "\(next.title), \(DashboardState.keptNote)", "\(next.title)，\(DashboardState.keptNote)")
    },
    Binding("c", help: says("colours on or off", "开关颜色")) { $0.state.settings.showsColors.toggle() },
    Binding("M", help: says("mouse on or off", "开关鼠标")) {
      $0.state.settings.usesMouse.toggle()
      $0.state.message =
        $0.state.settings.usesMouse
        ? says("mouse on: click a chart or a run, turn the wheel", "鼠标已开：可点击图表或运行，可转动滚轮")
        : says("mouse off", "鼠标已关")
    },
    Binding("Z", help: says("reset what is kept", "重置保留的设置"), do: { $0.state.askForReset() }),
    Binding("?", footer: says("help", "帮助"), help: says("all keys", "所有按键")) { $0.helpPage = 0 },
    Binding(
      .escape, footer: says("back", "返回"), help: says("back to the runs", "回到各运行"),
      when: \.page.coversRuns, do: { $0.show($0.shown) }),
    Binding("q", footer: says("quit", "退出"), help: says("leave", "退出")) { $0.state.quit() },
  ]

  /// The keys that are heard while the help is open.
  private static let ofHelp: [Binding<DashboardScreen>] = [
    Binding("?", footer: says("more", "更多")) { $0.helpPage = $0.helpPage.map { $0 + 1 } },
    Binding(
      [.escape, .enter, "q"], footer: says("close", "关闭"),
      [{ $0.helpPage = nil }, { $0.helpPage = nil }, { $0.helpPage = nil }]),
  ]

  /// All keys that there are on the shown page.
  var keyGroups: [KeyGroup] {
    groups.filter { !$0.entries.isEmpty } + [bindings.group(says("Program", "程序"), for: self)]
  }

  private var groups: [KeyGroup] {
    [page.keys(in: state)]
      + (page.coversRuns ? [] : DashboardState.keys.map { $0.bindings.group($0.title, for: state) })
  }

  /// The keys of the footer: while runs train, what belongs to their end comes last.
  private var footerKeys: [KeyEntry] {
    let keys = groups.flatMap(\.entries).effective
    return state.isEnded
      ? keys : keys.filter { !$0.isForTheEnd } + keys.filter(\.isForTheEnd)
  }

  // MARK: Picture

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
  /// Runs that wait for each other, or no longer.
  case setLockstep(Bool)
  /// A training image as runs learn from it.
  case augment(AugmentedImage.Request)
  /// The session that a lesson has prepared, once the dashboard closes.
  case begin(Lesson)
  /// The dashboard closes.
  case leave
}
