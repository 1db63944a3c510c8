package import Experiment
internal import Messages
import Reports
package import TerminalUI

/// What the screen of a sweep shows: a value that results and keys change, and `render` draws.
package struct SweepState: SideScreen, Hashable, Sendable {
  /// The sweep.
  package private(set) var progress: SweepProgress
  /// What is written above: the data and the threads.
  package var caption: String
  /// The cell that the person has chosen.
  private var chosen: Int?
  /// The figure that is shown first.
  package internal(set) var figure: Figure
  /// Whether the cells are listed instead of drawn.
  package internal(set) var showsTable: Bool
  /// Whether the list begins with the best cell, not with the first one of the plan.
  package internal(set) var isRanked = true
  /// Whether the runs are meant to wait.
  package internal(set) var isPaused = false
  /// The place among its cell's of the run that is chosen, while the selected cell is open.
  var openRun: Int?
  /// The page of the help that is open, from 0.
  var helpPage: Int?
  /// What is being asked.
  var question: Question<SweepState>?
  /// Nothing is typed here.
  var answers: [String: [String]] = [:]
  /// Whether the person leaves.
  var isLeaving = false
  /// What a person sets once.
  package internal(set) var settings: DashboardSettings
  /// Whether others make the runs, and this screen only shows what has become of them.
  let isWatching: Bool
  /// What the options of a command say of the data.
  let dataOptions: [String]
  let terminalColors: TerminalTraits.Colors
  let terminalGlyphs: GlyphSet
  var terminalTheme = Theme.dark
  private var pace: SweepPace

  /// A sweep at its beginning, or where it was left.
  package init(
    _ progress: SweepProgress, caption: String, settings: DashboardSettings = DashboardSettings(),
    terminalGlyphs: GlyphSet, terminalColors: TerminalTraits.Colors, threads: Int = 1,
    dataOptions: [String] = [], isWatching: Bool = false
  ) {
    self.progress = progress
    self.caption = caption
    self.settings = settings
    self.terminalGlyphs = terminalGlyphs
    self.terminalColors = terminalColors
    self.dataOptions = dataOptions
    self.isWatching = isWatching
    pace = SweepPace(threads: threads, isOfOthers: isWatching)
    if isWatching { pace.record(progress, at: 0) }
    figure = progress.selection
    showsTable = progress.plan.axes.count > 2
  }

  /// Takes in how far the sweep is at the time `seconds`, of which pauses are no part.
  package mutating func update(_ progress: SweepProgress, at seconds: Double) {
    // Others may do nothing for long, and what is left then takes longer.
    let isDue = isWatching && !progress.isComplete && seconds - pace.seconds >= 1
    guard progress != self.progress || isDue else { return }
    self.progress = progress
    pace.record(progress, at: seconds)
  }

  /// How long it takes to the end at the present speed, or how long it took.
  var clock: String {
    // When others began, and how long they paused, is not known.
    if progress.isComplete, isWatching { return says("complete", "已完成") }
    return progress.isComplete
      ? says("took ", "用时 ") + NumberText.clock(pace.seconds)
      : says(
        "\(NumberText.clock(pace.secondsRemaining)) left", "还需 \(NumberText.clock(pace.secondsRemaining))")
  }

  /// The selected cell: until the person chooses one, the first of what is shown.
  package internal(set) var selected: Int {
    get { chosen ?? (showsTable ? order.first : nil) ?? 0 }
    set { chosen = newValue }
  }
  /// Whether the map can be drawn.
  var hasMap: Bool { progress.plan.axes.count <= 2 }
  /// The cells in the order of the list.
  var order: [Int] {
    isRanked ? progress.ranking(by: figure) : Array(progress.plan.cells.indices)
  }
  /// The figures, the chosen one first.
  var figures: [Figure] {
    let all = progress.figures
    let first = all.firstIndex(of: figure) ?? 0
    return Array(all[first...] + all[..<first])
  }
}
