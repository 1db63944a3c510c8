internal import Experiment
import Reports
internal import TerminalUI

/// The values of the curves at the cursor, run by run; a dash where a run has none there.
struct ChartReading {
  let state: DashboardState
  let quantities: [Quantity]
  /// The place, in epochs.
  let place: Double
  let title: String

  func draw(on surface: inout Surface, in area: Rect) {
    guard area.height > 0 else { return }
    surface.drawFrame(area, title: title, glyphs: state.glyphs)
    let inside = area.inset(by: 1)
    let columns = Array(columns.prefix(max(1, (inside.width - Self.labelWidth) / Self.columnWidth)))
    let width = min(24, (inside.width - Self.labelWidth - 2) / max(1, columns.count))
    func end(_ column: Int) -> Int { inside.x + Self.labelWidth + width * (column + 1) }
    for (index, column) in columns.enumerated() {
      surface.write(
        state.glyphs.cut(column.name, to: width - 2), endingAt: end(index), y: inside.y, style: column.style)
    }
    let figures = quantities.flatMap { quantity in
      quantity.figures.filter { figure in columns.contains { $0.values.keys.contains(figure) } }
    }
    for (row, figure) in figures.enumerated() where inside.y + 1 + row < inside.maxY {
      let y = inside.y + 1 + row
      surface.write(
        state.plain(figure.label(usesDropout: state.usesDropout)), x: inside.x + 1, y: y,
        limit: inside.x + Self.labelWidth)
      for (index, column) in columns.enumerated() {
        let value = column.values[figure]?.map { figure.text($0) } ?? "–"
        surface.write(state.plain(value), endingAt: end(index), y: y)
      }
    }
  }

  private static let labelWidth = 30
  private static let columnWidth = 12

  private struct Column {
    var name: String
    var style: Style
    /// The values of the figures that the run or side has a curve of; `nil` where that does not reach.
    var values: [Figure: Double?]
  }

  /// The runs, or the sides where runs are repeated, the selected one first if there is no room for all.
  private var columns: [Column] {
    state.replicates.areSeveral
      ? state.shownSides.map { column($0.name, lead: $0.lead, state.counted($0)) }
      : state.shownRuns.map { column(state.title(of: $0), lead: $0.id, [$0]) }
  }

  private func column(
    _ name: String, lead: RunID, _ runs: [RunState]
  ) -> Column {
    let all = quantities.flatMap { ChartCurves(state: state, quantity: $0).figures(of: runs, lead: lead) }
    // Figures of whole epochs hold until the next ones, as far as all of the runs have come.
    let reached = runs.map { $0.epochs(at: $0.history.step) }.min() ?? 0
    let end = all.compactMap { $0.curve.points.last?.x }.reduce(reached, max)
    return Column(
      name: "\(lead.mark(in: state.glyphs)) \(name)", style: lead.style,
      values: Dictionary(
        all.filter { !$0.curve.points.isEmpty }.map { ($0.figure, $0.curve.value(at: place, end: end)) },
        uniquingKeysWith: { first, _ in first })
    )
  }
}
