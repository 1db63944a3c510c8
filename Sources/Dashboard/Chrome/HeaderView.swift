internal import Experiment
internal import Messages
internal import TerminalUI

/// The caption, and for each run, or each side where runs are repeated, its progress line; laid out for a screen of some width.
struct HeaderView {
  private let state: DashboardState
  /// The lines that there is room for, the selected one among them, and how wide each part of them is.
  private let lines: [(view: ProgressLineView, widths: ProgressLineView.Widths)]
  /// How many lines are left out.
  private let hidden: Int
  private let columns: Int
  private let rows: Int
  /// What was changed live and has no room in the lines, so that none of it is missing.
  private let changes: [String]

  /// Lines above which they stand in two columns.
  private static let oneColumn = 4
  /// The most rows: what is below the header needs the others.
  private static let mostRows = 4
  /// The most rows of changes that the lines have no room for.
  private static let mostChangeRows = 2

  init(state: DashboardState, width: Int) {
    self.state = state
    let all = Self.allLines(of: state)
    let shown = Self.shown(of: all, selected: state.selectedRun)
    hidden = all.count - shown.count
    columns = all.count > Self.oneColumn ? 2 : 1
    rows = min(Self.mostRows, (all.count + columns - 1) / columns)

    let lineWidth = width / columns
    let longest = shown.map { state.title(of: $0[0]).cellWidth }.max() ?? 0
    let nameWidth = min(columns == 1 ? 24 : max(8, lineWidth - 27), longest)
    let views = shown.map { ProgressLineView(state: state, runs: $0, nameWidth: nameWidth) }
    let widths = ProgressLineView.widths(of: views.filter { !$0.endedEarly })
    lines = views.map { ($0, $0.endedEarly ? ProgressLineView.widths(of: [$0]) : widths) }
    let missing = lines.map { $0.view.changesWithoutRoom(width: lineWidth, $0.widths) }
    changes = Self.text(of: missing.filter { !$0.isEmpty }, in: state, width: width)
  }

  /// Rows it needs.
  var height: Int { 1 + max(1, rows) + changes.count }

  /// The runs of each line: one, or all that repeat each other.
  private static func allLines(of state: DashboardState) -> [[RunState]] {
    let replicates = state.replicates
    guard replicates.areSeveral else { return state.listedRuns.map { [$0] } }
    return replicates.sides.map { side in side.runs.map { state.runs[$0.index] } }
  }

  private static func shown(of all: [[RunState]], selected: Int) -> [[RunState]] {
    guard all.count > 2 * mostRows else { return all }
    // The last place tells how many are left out.
    let count = 2 * mostRows - 1
    let place = all.firstIndex { $0.contains { $0.id.index == selected } } ?? 0
    return Array(all[min(max(0, place - count / 2), all.count - count)...].prefix(count))
  }

  private static func text(of changes: [String], in state: DashboardState, width: Int) -> [String] {
    guard !changes.isEmpty else { return [] }
    let text = says("changed: ", "已更改：") + changes.joined(separator: " · ")
    let lines = TextWrap.lines(state.plain(text), width: max(1, width - 2))
    guard lines.count > mostChangeRows else { return lines }
    return [
      state.plain(
        says(
          "changed: settings of \(changes.count) runs, see \(LogPage.key) \(LogPage.name)",
          "已更改：\(changes.count) 个运行的设置，见 \(LogPage.key) \(LogPage.name)"))
    ]
  }

  /// The run whose line is drawn at a place of the header; of several that of the selected seed.
  func run(x: Int, y: Int, in area: Rect) -> RunState? {
    guard y > area.y, y < area.maxY, x >= area.x, x < area.maxX else { return nil }
    let row = y - area.y - 1
    let line = (x - area.x) * columns / max(1, area.width) * rows + row
    guard row < rows, lines.indices.contains(line) else { return nil }
    let chosen = state.comparedRuns.map(\.id)
    let runs = lines[line].view.runs
    return runs.first { chosen.contains($0.id) } ?? runs.first
  }

  func draw(on surface: inout Surface, in area: Rect) {
    surface.drawTitle(
      status + (state.isKeepingFailing ? says(", not saved", "，未保存") : ""), style: statusStyle,
      caption: state.caption,
      glyphs: state.glyphs, in: area)
    let width = area.width / columns
    for (index, line) in lines.enumerated() {
      let (column, row) = index.quotientAndRemainder(dividingBy: rows)
      line.view.draw(
        on: &surface, in: Rect(x: area.x + column * width, y: area.y + 1 + row, width: width, height: 1),
        widths: line.widths)
    }
    for (row, line) in changes.enumerated() {
      surface.write(line, x: area.x + 1, y: area.y + 1 + max(1, rows) + row, limit: area.maxX)
    }
    if hidden > 0 {
      let texts = [
        says(
          " and \(hidden) more: \(ComparisonPage.key) \(ComparisonPage.tab) lists all",
          " 另有 \(hidden) 个：\(ComparisonPage.key) \(ComparisonPage.tab) 列出全部"),
        says(" and \(hidden) more", " 另有 \(hidden) 个"),
      ]
      surface.write(
        texts.first { $0.cellWidth <= width } ?? "", x: area.x + (columns - 1) * width, y: area.y + rows,
        style: .dim, limit: area.maxX)
    }
    if state.runs.isEmpty { surface.write(says(" starting", " 正在启动"), x: area.x, y: area.y + 1, style: .dim) }
  }

  private var status: String {
    if state.isPaused, let run = state.runs.first(where: { $0.pausedAt != nil }), let position = run.pausedAt
    {
      let (step, epoch) = (NumberText.grouped(position.step), position.epoch)
      let batch = "\(position.batch)/\(run.history.lengths.length(of: epoch))"
      return says(
        "paused at step \(step) (epoch \(epoch), batch \(batch))",
        "已暂停于第 \(step) 步（第 \(epoch) 轮，批量 \(batch)）")
    }
    return switch state.origin {
    case .training:
      state.isEnded
        ? (state.canGoOnAfterStop ? says("stopped", "已停止") : says("finished", "已完成"))
        : state.runs.isEmpty ? says("dropout", "暂退法") : says("training", "训练中")
    case .recording: state.isEnded ? says("replay finished", "回放结束") : says("replay", "回放")
    case .folders: state.isEnded ? says("recorded", "已记录") : says("following", "跟随中")
    }
  }

  private var statusStyle: Style {
    state.isPaused || state.isKeepingFailing ? Style(foreground: .accent, isBold: true) : .plain
  }
}
