internal import Messages
import Reports
import Sessions
internal import TerminalUI

/// All sessions beside this one: what was reached before, and with which settings.
struct SessionsPage: Page {
  static let title = "Sessions"
  static var name: String { says("Sessions", "会话") }
  // There are pages enough in the line for 80 columns.
  static let tab = ""
  static let key: Character = "H"
  static let coversRuns = true

  static var absence: String? {
    says("A recording lies in no folder with other sessions.", "录制不在存放会话的文件夹中。")
  }
  func isAvailable(in state: DashboardState) -> Bool { state.sessionsDirectory != nil }

  /// The column by which they are ordered, and whether from its end.
  private var column = 0
  private var isReversed = false
  /// The selected session; the first one before any was.
  private var selected: RunFolder?

  static var bindings: [Keys] {
    [
      Keys(.up, .down, footer: says("session", "会话"), help: says("select a session", "选择会话")) {
        $0.page.select(by: $1, in: $0.state)
      },
      Keys(.pageUp, .pageDown, help: says("ten sessions on", "移动十个会话")) {
        $0.page.select(by: 10 * $1, in: $0.state)
      },
      Keys(.home, .end, help: says("the first, the last", "第一个、最后一个")) {
        $0.page.select(by: $0.state.sessions.rows.count * $1, in: $0.state)
      },
      Keys(
        ["o", "O"], footer: says("order", "排序"), help: says("next column, from its end", "下一列、倒序"),
        [
          { ($0.page.column, $0.page.isReversed) = (($0.page.column + 1) % SessionColumn.all.count, false) },
          { $0.page.isReversed.toggle() },
        ]),
    ]
  }

  mutating func point(_ key: Key, in area: Rect, state: inout DashboardState) {
    switch key {
    case .wheelUp: select(by: -1, in: state)
    case .wheelDown: select(by: 1, in: state)
    default: break
    }
  }

  private func rows(in state: DashboardState) -> [SessionRow] {
    SessionColumn.all[column].ordered(state.sessions.rows, isReversed: isReversed)
  }

  private func place(in rows: [SessionRow]) -> Int {
    rows.firstIndex { $0.session.folder == selected } ?? 0
  }

  private mutating func select(by count: Int, in state: DashboardState) {
    let rows = rows(in: state)
    guard !rows.isEmpty else { return }
    selected = rows[min(max(0, place(in: rows) + count), rows.count - 1)].session.folder
  }

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let rows = rows(in: state)
    guard !rows.isEmpty else {
      let inside = area.inset(by: 1)
      let lines = TextWrap.lines(state.plain(Self.emptiness(of: state)), width: max(1, inside.width))
      return surface.write(lines, in: inside)
    }
    let own = state.folder.map { RunFolder(path: $0).name }
    SessionTable(
      rows: rows, overview: state.sessions.overview, order: (column, isReversed), selected: place(in: rows),
      marked: Set(rows.lazy.map(\.session.folder).filter { $0.name == own }), glyphs: state.glyphs
    ).draw(on: &surface, in: area)
  }

  private static func emptiness(of state: DashboardState) -> String {
    if let problem = state.sessions.problem { return problem }
    guard state.sessions.version > 0, let directory = state.sessionsDirectory else {
      return says("Reading.", "正在读取。")
    }
    return says("No sessions are kept in \(directory) yet.", "\(directory) 中还没有保存的会话。")
  }
}
