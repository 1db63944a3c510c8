internal import Experiment
internal import TerminalUI

/// The caption, and for each run, or each side where runs are repeated, its progress line.
struct HeaderView {
  let state: DashboardState

  /// Lines above which they stand in two columns.
  private static let oneColumn = 4

  /// Rows it needs.
  var height: Int { 1 + max(1, rows) }

  /// The runs of each line: one, or all that repeat each other.
  private var lines: [[RunState]] {
    let replicates = state.replicates
    guard replicates.areSeveral else { return state.listedRuns.map { [$0] } }
    return replicates.sides.map { side in side.runs.map { state.runs[$0.index] } }
  }

  private var columns: Int { lines.count > Self.oneColumn ? 2 : 1 }
  private var rows: Int { (lines.count + columns - 1) / columns }

  /// The run whose line is drawn at a place of the header; of several that of the selected seed.
  func run(x: Int, y: Int, in area: Rect) -> RunState? {
    guard y > area.y, y < area.maxY, x >= area.x, x < area.maxX else { return nil }
    let line = (x - area.x) * columns / max(1, area.width) * rows + y - area.y - 1
    guard lines.indices.contains(line) else { return nil }
    let chosen = state.comparedRuns.map(\.id)
    return lines[line].first { chosen.contains($0.id) } ?? lines[line].first
  }

  func draw(on surface: inout Surface, in area: Rect) {
    surface.drawTitle(
      status + (state.isKeepingFailing ? ", not saved" : ""), style: statusStyle, caption: state.caption,
      glyphs: state.glyphs, in: area)
    let (lines, columns, rows) = (lines, columns, rows)
    let width = area.width / columns
    let longest = lines.map { state.title(of: $0[0]).cellWidth }.max() ?? 0
    let nameWidth = min(columns == 1 ? 24 : max(8, width - 27), longest)
    for (index, runs) in lines.enumerated() {
      let (column, row) = index.quotientAndRemainder(dividingBy: rows)
      ProgressLineView(state: state, runs: runs, nameWidth: nameWidth)
        .draw(
          on: &surface, in: Rect(x: area.x + column * width, y: area.y + 1 + row, width: width, height: 1))
    }
    if state.runs.isEmpty { surface.write(" starting", x: area.x, y: area.y + 1, style: .dim) }
  }

  private var status: String {
    if state.isPaused, let run = state.runs.first(where: { $0.pausedAt != nil }), let position = run.pausedAt
    {
      return "paused at step \(NumberText.grouped(position.step)) (epoch \(position.epoch), "
        + "batch \(position.batch)/\(run.history.lengths.length(of: position.epoch)))"
    }
    return switch state.origin {
    case .training:
      state.isEnded
        ? (state.canGoOnAfterStop ? "stopped" : "finished") : state.runs.isEmpty ? "dropout" : "training"
    case .recording: state.isEnded ? "replay finished" : "replay"
    case .folders: state.isEnded ? "recorded" : "following"
    }
  }

  private var statusStyle: Style {
    state.isPaused || state.isKeepingFailing ? Style(foreground: .accent, isBold: true) : .plain
  }
}
