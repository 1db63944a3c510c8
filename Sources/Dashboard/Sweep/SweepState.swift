package import Experiment
import Reports
package import TerminalUI

/// What the screen of a sweep shows: a value that results and keys change, and `render` draws.
package struct SweepState: Hashable, Sendable {
  /// The sweep.
  package private(set) var progress: SweepProgress
  /// What is written above: the data and the threads.
  package let caption: String
  /// The selected cell.
  package internal(set) var selected = 0
  /// The figure that is shown first.
  package internal(set) var figure = SweepFigure.testAccuracy
  /// Whether the cells are listed instead of drawn.
  package internal(set) var showsTable: Bool
  /// Whether it is being asked whether to stop.
  package internal(set) var isAsking = false
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
    if isAsking {
      if key == .character("y") { return true }
      if key == .character("n") || key == .escape { isAsking = false }
      return false
    }
    switch key {
    case .up: move(rows: -1, columns: 0)
    case .down: move(rows: 1, columns: 0)
    case .left: move(rows: 0, columns: -1)
    case .right: move(rows: 0, columns: 1)
    case .tab, .character("x"):
      let figures = SweepFigure.allCases
      figure = figures[((figures.firstIndex(of: figure) ?? 0) + 1) % figures.count]
    case .character("t"): if hasMap { showsTable.toggle() }
    case .character("c"): showsColors.toggle()
    case .character("g"):
      let sets = GlyphSet.allCases.filter { terminalGlyphs != .ascii || $0 == .ascii }
      glyphs = sets[((sets.firstIndex(of: glyphs) ?? 0) + 1) % sets.count]
    case .character("q"):
      if progress.isComplete { return true }
      isAsking = true
    default: break
    }
    return false
  }

  private mutating func move(rows: Int, columns: Int) {
    if !showsTable, let map = SweepMap(progress, figure: figure, isASCII: true) {
      selected = map.neighbour(of: selected, rows: rows, columns: columns)
    } else {
      selected = min(max(selected + rows, 0), progress.plan.cells.count - 1)
    }
  }
}
