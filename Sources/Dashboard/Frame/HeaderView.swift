internal import TerminalUI
internal import TrainingEvents

/// The caption, and for each run, or each side where runs are repeated, its progress line.
struct HeaderView {
  let state: DashboardState

  /// Rows it needs.
  var height: Int { 1 + max(1, lines.count) }

  /// The runs of each line.
  private var lines: [[RunState]] {
    let replicates = state.replicates
    guard replicates.areSeveral else { return state.runs.map { [$0] } }
    return replicates.sides.map { side in side.runs.map { state.runs[$0.index] } }
  }

  /// The run of the selected seed whose line is drawn in a row.
  func run(y: Int, in area: Rect) -> RunState? {
    let line = y - area.y - 1
    guard y < area.maxY, lines.indices.contains(line) else { return nil }
    let chosen = state.comparedRuns.map(\.id)
    return lines[line].first { chosen.contains($0.id) } ?? lines[line].first
  }

  func draw(on surface: inout Surface, in area: Rect) {
    surface.write(" fmnist-tui", x: area.x, y: area.y, style: .bold)
    surface.write(state.plain(" · " + status), x: area.x + 11, y: area.y, style: statusStyle)
    // Flush right where there is room; otherwise its end, the least important part, is cut off.
    let caption = state.plain(state.caption)
    let free = area.x + 14 + status.cellWidth + 2
    surface.write(
      caption, x: max(free, area.maxX - 1 - caption.cellWidth), y: area.y, style: .dim, limit: area.maxX - 1)
    let nameWidth = min(24, state.runs.map(\.name.cellWidth).max() ?? 0)
    for (row, runs) in lines.enumerated() {
      ProgressLineView(state: state, runs: runs, nameWidth: nameWidth)
        .draw(on: &surface, in: Rect(x: area.x, y: area.y + 1 + row, width: area.width, height: 1))
    }
    if state.runs.isEmpty { surface.write(" starting", x: area.x, y: area.y + 1, style: .dim) }
  }

  private var status: String {
    if state.isPaused, let run = state.runs.first(where: { $0.pausedAt != nil }), let position = run.pausedAt
    {
      return "paused at step \(NumberText.grouped(position.step)) (epoch \(position.epoch), "
        + "batch \(position.batch)/\(run.stepsPerEpoch))"
    }
    return switch state.origin {
    case .training: state.isEnded ? "finished" : state.runs.isEmpty ? "dropout" : "training"
    case .recording: state.isEnded ? "replay finished" : "replay"
    case .folders: state.isEnded ? "recorded" : "following"
    }
  }

  private var statusStyle: Style {
    state.isPaused ? Style(foreground: .accent, isBold: true) : .plain
  }
}
