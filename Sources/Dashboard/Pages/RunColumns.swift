internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// Runs side by side in columns of equal width: as many as there is room for, the selected one among them.
struct RunColumns {
  /// The runs with their places, from the left.
  let columns: [(run: RunState, place: Rect)]

  /// Columns of at least so many cells for the first of the candidates, or for those up to the selected one.
  init(_ candidates: [RunState], atLeast smallestWidth: Int, selected: Int, in area: Rect) {
    let fitting = max(1, area.width / smallestWidth)
    let place = candidates.firstIndex { $0.id.index == selected } ?? 0
    let first = min(max(0, place - fitting + 1), max(0, candidates.count - fitting))
    let runs = candidates.dropFirst(first).prefix(fitting)
    let width = area.width / max(1, runs.count)
    columns = runs.enumerated().map { column, run in
      let x = area.x + column * width
      return (
        run,
        Rect(x: x, y: area.y, width: column == runs.count - 1 ? area.maxX - x : width, height: area.height)
      )
    }
  }
}

extension DashboardState {
  /// What stands above the picture of a run: with the step that it is of, and shorter without.
  func titles(of run: RunState, at position: RunPosition?) -> [String] {
    let name = "\(lead(of: run).mark(in: glyphs)) \(run.name)\(seedCaption)"
    let whole = position.map { position in
      let step = NumberText.grouped(position.step)
      return says("\(name) at step \(step)", "\(name)，第 \(step) 步")
    }
    return [whole ?? name, name]
  }
}
