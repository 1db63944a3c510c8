package import Reports
package import Sessions
package import TerminalUI

/// What the table of sessions shows: a value that news and keys change, and `render` draws.
package struct RunsState: SideScreen, Equatable, Sendable {
  /// What a person asks for that is more than to look.
  package enum Request: Hashable, Sendable {
    case open([RunFolder])
    case keep(SessionLabels, on: RunFolder)
    case rename(RunFolder, to: String)
    case delete([RunFolder])
    /// Puts back what was deleted last.
    case restore
    case emptyTrash
    case export([RunFolder], to: String)
  }

  /// The rows that are shown, told apart by how often they were arranged.
  struct Listed: Equatable, Sendable {
    fileprivate(set) var rows: [SessionRow] = []
    fileprivate var version = 0

    static func == (first: Listed, second: Listed) -> Bool { first.version == second.version }
  }

  /// The directory of the sessions.
  let directory: String
  /// What was found in it.
  private(set) var found = SessionRows()
  /// Those that are meant, in order.
  private(set) var listed = Listed()
  /// Which sessions are meant.
  var query = SessionQuery.all { didSet { arrange() } }
  /// The column by which they are ordered, and whether from its end.
  var order = (column: 0, isReversed: false) { didSet { arrange() } }
  /// The selected session.
  private(set) var selected: RunFolder?
  /// Those that are marked.
  var marked: Set<RunFolder> = []
  /// What is to be done, in the order in which it was asked for.
  package internal(set) var requests: [Request] = []
  var helpPage: Int?
  var question: Question<RunsState>?
  var answers: [String: [String]] = [:]
  /// The latest refusal or what was done, in words, until the next key.
  package var message = ""
  var isLeaving = false
  package internal(set) var settings: DashboardSettings
  let terminalGlyphs: GlyphSet
  let terminalColors: TerminalTraits.Colors
  var terminalTheme = Theme.dark

  /// A table before anything was read.
  package init(
    directory: String, settings: DashboardSettings = DashboardSettings(), terminalGlyphs: GlyphSet,
    terminalColors: TerminalTraits.Colors
  ) {
    (self.directory, self.settings) = (directory, settings)
    (self.terminalGlyphs, self.terminalColors) = (terminalGlyphs, terminalColors)
  }

  /// Takes in what is known now.
  package mutating func update(_ found: SessionRows) {
    guard found != self.found else { return }
    self.found = found
    marked.formIntersection(found.rows.map(\.session.folder))
    arrange()
  }

  /// The requests, which are somebody else's from now on.
  package mutating func takeRequests() -> [Request] {
    defer { requests = [] }
    return requests
  }

  /// A message is there until the next key.
  mutating func perform(_ key: Key) {
    message = ""
    _ = bindings.perform(key, on: &self)
  }

  package static func == (first: RunsState, second: RunsState) -> Bool {
    first.found == second.found && first.listed == second.listed && first.selected == second.selected
      && first.marked == second.marked && first.helpPage == second.helpPage
      && first.question == second.question
      && first.message == second.message && first.settings == second.settings
      && first.terminalTheme == second.terminalTheme && first.isLeaving == second.isLeaving
  }

  // MARK: What is shown

  private mutating func arrange() {
    let column = SessionColumn.all[order.column]
    let rows = found.rows.filter { query.means($0.session) }
    (listed.rows, listed.version) = (
      column.ordered(rows, isReversed: order.isReversed), listed.version + 1
    )
    if selectedPlace == nil { selected = listed.rows.first?.session.folder }
  }

  /// The place of the selected session.
  var selectedPlace: Int? { listed.rows.firstIndex { $0.session.folder == selected } }

  /// The selected session.
  var selectedRow: SessionRow? { selectedPlace.map { listed.rows[$0] } }

  /// Selects the session at a place, or the nearest one.
  mutating func select(_ place: Int) {
    guard !listed.rows.isEmpty else { return }
    selected = listed.rows[min(max(0, place), listed.rows.count - 1)].session.folder
  }

  /// The sessions that a key is about: the marked ones, as they are listed, or else the selected one.
  var meant: [SessionRow] {
    let marked = found.rows.filter { self.marked.contains($0.session.folder) }
    return marked.isEmpty ? selectedRow.map { [$0] } ?? [] : marked
  }
}
