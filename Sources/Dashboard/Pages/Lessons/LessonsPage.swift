internal import Experiment
internal import Reports
internal import TerminalUI

/// The list of lessons, and the one that was opened.
struct LessonsPage: Page {
  static let title = "Lessons"
  static let key: Character = "6"

  /// The demonstrations, if there are numbers for them.
  private var demonstrations: DemonstrationView?
  /// The place of the lesson that the keys have chosen.
  private var selected = 0
  /// Whether it is open, and not the list.
  private var isOpen = false
  /// Whether the answer to its question is shown.
  private var showsAnswer = false

  /// A page that begins with the list or, in a session that a lesson has prepared, with that one.
  init(_ demonstrations: Demonstrations?, lesson: Lesson? = nil) {
    self.demonstrations = demonstrations.map { DemonstrationView($0) }
    guard let lesson, let place = Lesson.all.firstIndex(of: lesson) else { return }
    (selected, isOpen) = (place, true)
  }

  private var lesson: Lesson { Lesson.all[selected] }

  /// The demonstration that is open.
  private var shown: Demonstrations.Name? { isOpen ? lesson.demonstration : nil }

  static let bindings: [Keys] = [
    Keys(.up, .down, footer: "lesson", help: "the lesson before or after") { $0.page.select(by: $1) },
    Keys(
      .enter, footer: "open", help: "open the lesson", when: { !$0.page.isOpen },
      do: { $0.page.isOpen = true }),
    Keys(
      .enter, footer: "begin", help: "train what it has prepared", when: \.canBegin,
      do: { $0.state.begin($0.page.lesson) }),
    Keys(
      .enter, footer: "draw again", help: "another mask", when: { $0.page.shown == .dropoutLayer },
      do: { $0.page.demonstrations?.drawAgain() }),
    Keys(
      .left, .right, footer: "p −/+", help: "probability −/+ 0.05", when: { $0.page.shown == .dropoutLayer },
      do: { $0.page.change(by: $1) }),
    Keys(
      .left, .right, footer: "function", help: "function before or after",
      when: { $0.page.shown == .activations }, do: { $0.page.change(by: $1) }),
    Keys(
      "x", footer: "answer", help: "the answer, or not", when: \.page.isOpen,
      do: { $0.page.showsAnswer.toggle() }),
    Keys(
      .escape, footer: "all lessons", help: "back to the list", when: \.page.isOpen,
      do: { $0.page.isOpen = false }),
  ]

  private mutating func select(by step: Int) {
    selected = min(max(selected + step, 0), Lesson.all.count - 1)
    showsAnswer = false
  }

  private mutating func change(by step: Int) {
    guard let shown else { return }
    demonstrations?.change(shown, by: step)
  }

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    surface.drawFrame(
      area, title: isOpen ? "lesson \(lesson.name)" : "\(Lesson.all.count) lessons", glyphs: state.glyphs)
    let inside = area.inset(by: 1).splitLeft(1).rest
    guard isOpen else { return drawList(state, on: &surface, in: inside) }
    if let demonstration = lesson.demonstration {
      let text = lines(
        ["\(lesson.question)\(showsAnswer ? " \(lesson.answer)" : "")"], state, inside.width - 1)
      let (picture, below) = inside.splitBottom(min(text.count, max(0, inside.height - 6)))
      demonstrations?.draw(demonstration, on: &surface, in: picture, glyphs: state.glyphs)
      surface.clear(below)
      surface.write(text, in: below, style: .bold)
    } else {
      drawText(state, on: &surface, in: inside)
    }
  }

  private func drawList(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let watch = lines(["Watch \(lesson.watch)"], state, area.width - 1)
    let (list, below) = area.splitBottom(min(watch.count, max(0, area.height - 4)))
    let first = min(max(0, selected - list.height + 1), max(0, Lesson.all.count - list.height))
    let width = Lesson.all.map(\.name.count).max() ?? 0
    for (row, lesson) in Lesson.all.dropFirst(first).prefix(list.height).enumerated() {
      let text = "\(lesson.name.padded(to: width))  \(lesson.title)"
      surface.write(
        state.glyphs.cut(state.plain(text), to: list.width), x: list.x, y: list.y + row,
        style: first + row == selected ? .reversed : .plain, limit: list.maxX)
    }
    surface.write(watch, in: below, style: .dim)
  }

  /// What to watch, the question, its answer, and what the session has shown.
  private func drawText(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    var rows: [(text: String, style: Style)] = []
    func add(_ paragraphs: [String], _ style: Style = .plain) {
      rows += lines(paragraphs, state, area.width - 1).map { ($0, style) }
    }
    let isHere = state.lesson == lesson
    add([lesson.title], .bold)
    add(["Watch: \(lesson.watch)"])
    if !isHere {
      add([state.origin == .training ? "enter begins it." : "fmnist-tui lesson \(lesson.name) begins it."])
    }
    add([""])
    add(["Question: \(lesson.question)"], .bold)
    add([showsAnswer ? "Answer: \(lesson.answer)" : "x shows the answer."], showsAnswer ? .plain : .dim)
    let measured = isHere ? lesson.measured(state.runs.map(\.history)) : []
    if !measured.isEmpty {
      add([""])
      add(["Measured here:"], .bold)
      add(measured)
    }
    for (row, line) in rows.prefix(area.height).enumerated() {
      surface.write(line.text, x: area.x, y: area.y + row, style: line.style, limit: area.maxX)
    }
  }

  private func lines(_ paragraphs: [String], _ state: DashboardState, _ width: Int) -> [String] {
    paragraphs.flatMap { TextWrap.lines(state.plain($0), width: max(1, width)) }
  }
}

extension PageScope<LessonsPage> {
  /// Whether the open lesson trains something that is not being trained already.
  fileprivate var canBegin: Bool { page.canBegin(in: state) }
}

extension LessonsPage {
  fileprivate func canBegin(in state: DashboardState) -> Bool {
    isOpen && lesson.preset != nil && state.lesson != lesson && state.origin == .training
  }
}

extension DashboardState {
  /// Leaves for the session that a lesson has prepared, after a question while runs train.
  fileprivate mutating func begin(_ lesson: Lesson) {
    guard !isEnded else { return leave(for: lesson) }
    ask(
      Question(prompt: "stop and keep these runs, and begin \(lesson.name)", keys: "y begin   enter go on") {
        state in
        state.leave(for: lesson)
      })
  }

  private mutating func leave(for lesson: Lesson) {
    send(.begin(lesson))
    leave()
  }
}
