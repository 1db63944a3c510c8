package import Experiment
internal import Messages
internal import Reports
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
  private(set) var shown: Int
  /// Place of the page that was shown before one that covers the runs.
  private var covered = 0
  /// The page of the help that is open, from 0.
  var helpPage: Int?

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

  /// Shows a page, or the runs again in place of one that covers them.
  mutating func show(_ index: Int) {
    helpPage = nil
    let next = index == shown && page.coversRuns ? covered : index
    if !page.coversRuns { covered = shown }
    shown = next
  }

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
}

extension DashboardScreen: Equatable {
  /// Whether both look the same.
  package static func == (first: DashboardScreen, second: DashboardScreen) -> Bool {
    first.shown == second.shown && first.helpPage == second.helpPage && first.state == second.state
      && first.pages.elementsEqual(second.pages) { $0.isEqual(to: $1) }
  }
}
