package import Experiment
import Reports
package import TerminalUI

/// What the screen of a sweep shows: a value that results and keys change, and `render` draws.
package struct SweepState: Asking, Hashable, Sendable {
  /// The sweep.
  package private(set) var progress: SweepProgress
  /// What is written above: the data and the threads.
  package let caption: String
  /// The selected cell.
  package internal(set) var selected = 0
  /// The figure that is shown first.
  package internal(set) var figure = Figure.selection(isValidated: false)
  /// Whether the cells are listed instead of drawn.
  package internal(set) var showsTable: Bool
  /// What is being asked.
  var question: Question<SweepState>?
  /// Nothing is typed here.
  var answers: [String: [String]] = [:]
  /// Whether the person leaves.
  private var isLeaving = false
  /// Whether colours are shown.
  package internal(set) var showsColors: Bool
  /// The characters to draw with.
  package internal(set) var glyphs: GlyphSet
  let terminalColors: TerminalTraits.Colors
  let terminalGlyphs: GlyphSet
  private var speed = SpeedEstimate(window: 60)
  private var seconds = 0.0

  /// A sweep at its beginning, or where it was left.
  package init(
    _ progress: SweepProgress, caption: String, terminalGlyphs: GlyphSet,
    terminalColors: TerminalTraits.Colors
  ) {
    self.progress = progress
    self.caption = caption
    self.terminalGlyphs = terminalGlyphs
    self.terminalColors = terminalColors
    glyphs = terminalGlyphs
    showsColors = terminalColors != .none
    showsTable = progress.plan.axes.count > 2
  }

  /// Takes in how far the sweep is at the time `seconds`.
  package mutating func update(_ progress: SweepProgress, at seconds: Double) {
    guard progress != self.progress else { return }
    self.progress = progress
    self.seconds = seconds
    speed.record(completed: progress.doneWork, at: seconds)
  }

  /// Seconds until the end at the present speed, or how long it took.
  var clock: String {
    NumberText.clock(progress.isComplete ? seconds : speed.secondsRemaining(total: progress.totalWork))
  }

  /// Whether the map can be drawn.
  var hasMap: Bool { progress.plan.axes.count <= 2 }

  /// Answers a key; returns whether the person leaves.
  package mutating func press(_ key: Key) -> Bool {
    if key == .control("c") { return true }
    if let question {
      answer(question, with: key)
    } else {
      _ = (Self.cells + Self.program).perform(key, on: &self)
    }
    return isLeaving
  }

  /// The keys that choose what is shown.
  static let cells: [Binding<SweepState>] = [
    Binding(
      [.left, .right, .up, .down], footer: "cell", when: { !$0.showsTable },
      [
        { $0.move(rows: 0, columns: -1) }, { $0.move(rows: 0, columns: 1) },
        { $0.move(rows: -1, columns: 0) }, { $0.move(rows: 1, columns: 0) },
      ]),
    Binding(.up, .down, footer: "cell", when: \.showsTable) { $0.move(rows: $1, columns: 0) },
    Binding(
      .tab, footer: "figure", when: { !$0.showsTable },
      do: { $0.showNextFigure() }),
    Binding(
      "x", when: { !$0.showsTable },
      do: { $0.showNextFigure() }),
    Binding(
      "t", footer: "table", when: { $0.hasMap && !$0.showsTable },
      do: { $0.showsTable = true }),
    Binding(
      "t", footer: "map", when: { $0.hasMap && $0.showsTable },
      do: { $0.showsTable = false }),
  ]

  /// The keys of the screen as a whole.
  static let program: [Binding<SweepState>] = [
    Binding("c", footer: "colours") { $0.showsColors.toggle() },
    Binding("g", footer: "glyphs") { $0.glyphs = $0.glyphs.next(upTo: $0.terminalGlyphs) },
    Binding("q", footer: "quit") { $0.quit() },
  ]

  private mutating func showNextFigure() {
    let figures = progress.figures
    figure = figures[((figures.firstIndex(of: figure) ?? 0) + 1) % figures.count]
  }

  private mutating func quit() {
    guard !progress.isComplete else {
      isLeaving = true
      return
    }
    ask(
      Question(prompt: "stop and keep what is done", keys: "y stop   enter go on") { state in
        state.isLeaving = true
      })
  }

  private mutating func move(rows: Int, columns: Int) {
    if !showsTable, let map = SweepMap(progress, figure: figure, isASCII: true) {
      selected = map.neighbour(of: selected, rows: rows, columns: columns)
    } else {
      selected = min(max(selected + rows, 0), progress.plan.cells.count - 1)
    }
  }
}
