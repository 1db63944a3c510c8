internal import Experiment
internal import Messages
internal import Reports
internal import TerminalUI

/// The list of lessons, and the one that was opened.
struct LessonsPage: Page {
  static let title = "Lessons"
  static var name: String { says("Lessons", "课程") }
  static let key: Character = "6"

  /// The demonstrations, if there are numbers for them.
  private var demonstrations: DemonstrationView?
  /// The place of the lesson that the keys have chosen.
  private var selected = 0
  /// Whether it is open, and not the list.
  private var isOpen = false
  /// Whether the answer to its question is shown.
  private var showsAnswer = false
  /// Rows by which the keys have moved the open lesson, from its beginning or, with the answer, from the question.
  private var scrolled = 0

  /// A page that begins with the list or, in a session that a lesson has prepared, with that one.
  init(_ demonstrations: DemonstrationSource?, lesson: Lesson? = nil) {
    self.demonstrations = demonstrations.map { DemonstrationView($0) }
    guard let lesson, let place = Lesson.all.firstIndex(of: lesson) else { return }
    (selected, isOpen) = (place, true)
  }

  /// Columns inside the frame of the narrowest screen.
  private static let fewestColumns = 37

  private var lesson: Lesson { Lesson.all[selected] }

  /// The demonstration that is open.
  private var shown: Demonstrations.Name? { isOpen ? lesson.demonstration : nil }

  static let bindings: [Keys] = [
    Keys(.up, .down, footer: says("lesson", "课程"), help: says("the lesson before or after", "上一课或下一课")) {
      $0.page.select(by: $1)
    },
    Keys(
      .enter, footer: says("open", "打开"), help: says("open the lesson", "打开这一课"), when: { !$0.page.isOpen },
      do: { $0.page.open() }),
    Keys(
      .enter, footer: says("begin", "开始"), help: says("train what it has prepared", "训练它准备好的运行"),
      when: \.canBegin,
      do: { $0.state.begin($0.page.lesson) }),
    Keys(
      .enter, footer: says("draw again", "再抽一次"), help: says("another mask", "另一个掩码"),
      when: { $0.page.shown == .dropoutLayer },
      do: { $0.page.demonstrations?.drawAgain() }),
    Keys(
      .left, .right, footer: "p −/+", help: says("probability −/+ 0.05", "概率 −/+ 0.05"),
      when: { $0.page.shown == .dropoutLayer },
      do: { $0.page.change(by: $1) }),
    Keys(
      .left, .right, footer: says("function", "函数"), help: says("function before or after", "上一个或下一个函数"),
      when: { $0.page.shown == .activations }, do: { $0.page.change(by: $1) }),
    Keys(
      .pageUp, .pageDown, footer: says("scroll", "滚动"), help: says("ten rows of the lesson on", "翻十行"),
      when: \.page.isOpen, do: { $0.page.scroll(by: 10 * $1, in: $0.state) }),
    Keys(
      "x", footer: says("answer", "答案"), help: says("the answer, or not", "显示或隐藏答案"), when: \.page.isOpen,
      do: { $0.page.toggleAnswer() }),
    Keys(
      .escape, footer: says("all lessons", "所有课程"), help: says("back to the list", "回到列表"),
      when: \.page.isOpen,
      do: { $0.page.isOpen = false }),
  ]

  private mutating func select(by step: Int) {
    selected = min(max(selected + step, 0), Lesson.all.count - 1)
    (showsAnswer, scrolled) = (false, 0)
  }

  private mutating func toggleAnswer() {
    showsAnswer.toggle()
    scrolled = 0
  }

  private mutating func open() { (isOpen, scrolled) = (true, 0) }

  private mutating func scroll(by rows: Int, in state: DashboardState) {
    // How wide the page is, is known only to the picture: on a narrow one everything can be reached.
    let most = view(state).rows(width: Self.fewestColumns)
    scrolled = min(max(-most, scrolled + rows), most)
  }

  mutating func point(_ key: Key, in area: Rect, state: inout DashboardState) {
    switch key {
    case .wheelUp where isOpen: scroll(by: -1, in: state)
    case .wheelDown where isOpen: scroll(by: 1, in: state)
    default: break
    }
  }

  private mutating func change(by step: Int) {
    guard let shown else { return }
    demonstrations?.change(shown, by: step)
  }

  private func view(_ state: DashboardState) -> LessonView {
    LessonView(state: state, lesson: lesson, showsAnswer: showsAnswer, demonstrations: demonstrations)
  }

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let inside = area.inset(by: 1).splitLeft(1).rest
    guard isOpen else {
      surface.drawFrame(
        area, title: says("\(Lesson.all.count) lessons", "\(Lesson.all.count) 课"), glyphs: state.glyphs)
      return drawList(state, on: &surface, in: inside)
    }
    let shown = view(state).draw(on: &surface, in: inside, scrolledBy: scrolled)
    surface.drawFrame(
      area, title: says("lesson \(lesson.name)\(shown)", "课程 \(lesson.name)\(shown)"), glyphs: state.glyphs)
  }

  private func drawList(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let watch = lines([says("Watch \(lesson.watch)", "观察：\(lesson.watch)")], state, area.width - 1)
    let (list, below) = area.splitBottom(min(watch.count, max(0, area.height - 4)))
    let first = min(max(0, selected - list.height + 1), max(0, Lesson.all.count - list.height))
    let width = Lesson.all.map(\.name.count).max() ?? 0
    for (row, lesson) in Lesson.all.dropFirst(first).prefix(list.height).enumerated() {
      let title = TextWrap.beginning(of: state.plain(lesson.title), width: list.width - width - 3)
      surface.write(
        "\(lesson.name.padded(to: width))  \(title)", x: list.x, y: list.y + row,
        style: first + row == selected ? .reversed : .plain, limit: list.maxX)
    }
    surface.write(watch, in: below, style: .dim)
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
      Question(
        prompt: says(
          "stop and keep these runs, and begin \(lesson.name)", "停止并保留这些运行，开始 \(lesson.name)"),
        keys: says("y begin   enter go on", "y 开始   回车 继续")
      ) { state in
        state.leave(for: lesson)
      })
  }

  private mutating func leave(for lesson: Lesson) {
    send(.begin(lesson))
    leave()
  }
}
