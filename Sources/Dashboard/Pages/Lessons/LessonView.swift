internal import Messages
internal import Reports
internal import TerminalUI

/// An open lesson: a picture if it is a demonstration, and its texts, of which as many rows are shown as there is room for.
struct LessonView {
  let state: DashboardState
  let lesson: Lesson
  let showsAnswer: Bool
  let demonstrations: DemonstrationView?

  /// Rows that it takes at a width.
  func rows(width: Int) -> Int { pictureRows(width: width) + texts(width: width).count }

  /// Draws as many rows as there is room for and returns which they are, in words; nothing where all are shown.
  ///
  /// They begin with the first one or, if the answer is shown, with the question where that has to be; and so many further on.
  func draw(on surface: inout Surface, in area: Rect, scrolledBy rows: Int) -> String {
    guard !area.isEmpty else { return "" }
    let texts = texts(width: area.width)
    let picture = max(
      pictureRows(width: area.width), lesson.demonstration == nil ? 0 : area.height - texts.count)
    var content = Surface(width: area.width, height: picture + texts.count)
    if let demonstration = lesson.demonstration {
      demonstrations?.draw(
        demonstration, on: &content, in: Rect(width: area.width, height: picture), glyphs: state.glyphs)
    }
    for (row, line) in texts.enumerated() {
      content.write(line.text, x: 0, y: picture + row, style: line.style, limit: area.width)
    }
    let last = max(0, content.height - area.height)
    let question = texts.firstIndex { $0.text.hasPrefix(Self.question) } ?? 0
    let start = min(max(0, min(showsAnswer ? picture + question : 0, last) + rows), last)
    let shown = min(area.height, content.height)
    for y in 0..<shown {
      for (x, cell) in content.row(start + y).enumerated() {
        if let character = cell.character {
          surface.write(String(character), x: area.x + x, y: area.y + y, style: cell.style)
        }
      }
    }
    guard content.height > area.height else { return "" }
    let (top, bottom) = (start + 1, start + shown)
    return says(
      ", rows \(top) to \(bottom) of \(content.height)", "，第 \(top) 至 \(bottom) 行，共 \(content.height) 行")
  }

  private func pictureRows(width: Int) -> Int {
    guard let demonstration = lesson.demonstration, let demonstrations else { return 0 }
    return demonstrations.fewestRows(demonstration, width: width)
  }

  /// What the question begins with.
  private static var question: String { says("Question: ", "问题：") }

  /// What to watch, the question, its answer, and what the session has shown.
  private func texts(width: Int) -> [(text: String, style: Style)] {
    var rows: [(text: String, style: Style)] = []
    func add(_ paragraphs: [String], _ style: Style = .plain) {
      rows += paragraphs.flatMap { TextWrap.lines(state.plain($0), width: max(1, width - 1)) }.map {
        ($0, style)
      }
    }
    let isHere = state.lesson == lesson
    if lesson.demonstration == nil { add([lesson.title], .bold) }
    add([says("Watch: \(lesson.watch)", "观察：\(lesson.watch)")])
    if lesson.preset != nil {
      if !isHere {
        add([
          state.origin == .training
            ? says("enter begins it.", "回车开始。")
            : says(
              "fmnist-tui lesson \(lesson.name) begins it.", "用 fmnist-tui lesson \(lesson.name) 开始。")
        ])
      }
      add([""])
    }
    add([Self.question + lesson.question], .bold)
    add(
      [
        showsAnswer
          ? says("Answer: \(lesson.answer)", "答案：\(lesson.answer)") : says("x shows the answer.", "按 x 显示答案。")
      ], showsAnswer ? .plain : .dim)
    let measured = isHere ? lesson.measured(state.runs.map(\.history)) : []
    if !measured.isEmpty {
      add([""])
      add([says("Measured here:", "这里测得：")], .bold)
      add(measured)
    }
    return rows
  }
}
