internal import Experiment
internal import Platform
import Reports
package import Sessions
package import TerminalUI

/// What the screen of logs shows: a value that news and keys change, and `render` draws.
package struct LogsState: SideScreen, Hashable, Sendable {
  /// What lies across in the charts.
  enum Abscissa: CaseIterable { case step, time, epoch }

  /// The most runs in a chart: as many as there are marks to tell them apart.
  static let mostRuns = RunID.largestCount
  static let mostCharts = 4

  /// What was found.
  package private(set) var found = FoundLogs()
  /// What is read, in words.
  let caption: String
  /// Which runs and figures are shown.
  var runPattern: LogPattern
  var figurePattern: LogPattern
  /// The figures that were chosen, in the order of their charts; `nil` for those that come first.
  var chosen: [String]?
  /// The selected run, among those that are listed.
  var selected = 0
  /// The runs that are hidden in the charts, by their names.
  var hidden: Set<ExactName> = []
  var abscissa = Abscissa.step
  /// The part that is shown; `nil` for all.
  var zoom: ClosedRange<Double>?
  /// The place at which values are read.
  var cursor: Double?
  var showsAll = false
  var isLogarithmic = false
  var isLogarithmicAcross = false
  var smoothing = 0.0
  /// The chart that fills the page, if one does.
  var enlarged: Int?
  /// The place in the list of figures, while it is open.
  var chooser: Int?
  /// The first line of what is told of the logs, while that is open.
  var notesLine: Int?
  var helpPage: Int?
  var question: Question<LogsState>?
  var answers: [String: [String]] = [:]
  /// The latest refusal or choice, in words, until the next key.
  var message = ""
  var isLeaving = false
  package internal(set) var settings: DashboardSettings
  let terminalGlyphs: GlyphSet
  let terminalColors: TerminalTraits.Colors
  var terminalTheme = Theme.dark

  /// A screen before anything was read.
  package init(
    caption: String, runs: LogPattern = .all, figures: LogPattern = .all,
    settings: DashboardSettings = DashboardSettings(), terminalGlyphs: GlyphSet,
    terminalColors: TerminalTraits.Colors
  ) {
    (self.caption, runPattern, figurePattern) = (caption, runs, figures)
    (self.settings, self.terminalGlyphs, self.terminalColors) = (settings, terminalGlyphs, terminalColors)
  }

  /// Takes in what is known now.
  package mutating func update(_ found: FoundLogs) {
    if found.version != self.found.version { self.found = found }
  }

  /// A message is there until the next key.
  mutating func perform(_ key: Key) {
    message = ""
    _ = bindings.perform(key, on: &self)
  }

  // MARK: What is shown

  /// The runs that are meant.
  var listed: [LoggedRun] { runPattern.places(in: found.runs.map(\.name)).map { found.runs[$0] } }

  /// The names of the figures of some runs that are meant, in the order in which they were first told.
  func figureNames(of runs: [LoggedRun]) -> [String] {
    var known: Set<ExactName> = []
    let names = runs.flatMap { $0.figures.map(\.name) }.filter { known.insert(ExactName($0)).inserted }
    return figurePattern.places(in: names).map { names[$0] }
  }

  /// The figures that are charted: those that were chosen and are there, else a loss and something else.
  func charted(of runs: [LoggedRun]) -> [String] {
    let names = figureNames(of: runs)
    let known = Set(names.map(ExactName.init))
    if let chosen = chosen?.filter({ known.contains(ExactName($0)) }), !chosen.isEmpty { return chosen }
    let telling = names.filter { LogColumns.meaning(of: $0) == .figure }
    let words = ["loss", "acc"]
    let usual = words.compactMap { word in telling.first { $0.lowercased().contains(word) } }
    var charted = usual
    for name in telling.isEmpty ? names : telling where charted.count < 2 && !charted.contains(name) {
      charted.append(name)
    }
    return charted
  }
}
