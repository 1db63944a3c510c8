internal import TerminalUI
internal import TrainingEvents

/// The caption, and for each run its progress line.
struct HeaderView {
  let state: DashboardState

  /// Runs above which their lines stand in two columns.
  private static let oneColumn = 4

  /// Rows it needs.
  var height: Int { 1 + max(1, rows) }

  private var runs: [RunState] { state.listedRuns }
  private var columns: Int { runs.count > Self.oneColumn ? 2 : 1 }
  private var rows: Int { (runs.count + columns - 1) / columns }

  /// The run whose line is drawn at a place of the header.
  func run(x: Int, y: Int, in area: Rect) -> RunState? {
    guard y > area.y, y < area.maxY, x >= area.x, x < area.maxX else { return nil }
    let index = (x - area.x) * columns / max(1, area.width) * rows + y - area.y - 1
    return runs.indices.contains(index) ? runs[index] : nil
  }

  func draw(on surface: inout Surface, in area: Rect) {
    surface.write(" fmnist-tui", x: area.x, y: area.y, style: .bold)
    surface.write(state.plain(" · " + status), x: area.x + 11, y: area.y, style: statusStyle)
    // Flush right where there is room; otherwise its end, the least important part, is cut off.
    let caption = state.plain(state.caption)
    let free = area.x + 14 + status.cellWidth + 2
    surface.write(
      caption, x: max(free, area.maxX - 1 - caption.cellWidth), y: area.y, style: .dim, limit: area.maxX - 1)
    let width = area.width / columns
    let longest = runs.map { state.title(of: $0).cellWidth }.max() ?? 0
    let nameWidth = min(columns == 1 ? 24 : max(8, width - 27), longest)
    for (index, run) in runs.enumerated() {
      let (column, row) = index.quotientAndRemainder(dividingBy: rows)
      ProgressLineView(state: state, run: run, nameWidth: nameWidth)
        .draw(
          on: &surface, in: Rect(x: area.x + column * width, y: area.y + 1 + row, width: width, height: 1))
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
