internal import Experiment
import Reports
internal import TerminalUI

/// What the layers of each run look like while it trains, runs side by side.
struct LayersPage: Page {
  static let title = "Layers"
  static let key: Character = "4"
  static let asksNetworks = true

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let columns = max(1, area.width / LayerView.smallestWidth)
    let isCompared = state.replicates.areSeveral || state.shownRuns.count > columns
    let candidates = isCompared ? state.comparedRuns : state.shownRuns
    // Where not all fit, the selected run is among those that are shown.
    let selected = candidates.firstIndex { $0.id.index == state.selectedRun } ?? 0
    let first = min(max(0, selected - columns + 1), max(0, candidates.count - columns))
    let runs = Array(candidates.dropFirst(first).prefix(columns))
    let width = area.width / max(1, runs.count)
    for (column, run) in runs.enumerated() {
      let x = area.x + column * width
      let place = Rect(
        x: x, y: area.y, width: column == runs.count - 1 ? area.maxX - x : width, height: area.height)
      draw(run, state, on: &surface, in: place)
    }
  }

  private func draw(_ run: RunState, _ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let step = run.layers.map { " at step \(NumberText.grouped($0.position.step))" } ?? ""
    surface.drawFrame(
      area, title: "\(state.lead(of: run).mark(in: state.glyphs)) \(run.name)\(state.seedCaption)\(step)",
      glyphs: state.glyphs, style: state.lead(of: run).style
    )
    let inside = area.inset(by: 1)
    guard let layers = run.layers?.layers else {
      surface.write(
        state.origin == .folders ? state.absenceOfAnswers : "known after the first step", x: inside.x + 1,
        y: inside.y, style: .dim, limit: inside.maxX)
      return
    }
    let explanation = TextWrap.lines(Self.explanation, width: inside.width - 2)
    // Histograms share the rows that are left, up to a height that is pleasant.
    let hidden = layers.count - 1
    let free = inside.height - hidden * LayerView.textRows - LayerView.outputRows - explanation.count
    let rows = min(6, max(2, hidden > 0 ? free / hidden : 2))
    let height = LayerView.textRows + rows
    let fitting = max(1, (inside.height - LayerView.outputRows) / height)
    let start = max(0, min(state.selectedLayer, hidden - 1) - fitting + 1)
    if start > 0 { hint("\(start) more above", y: area.y, on: &surface, in: area) }
    var y = inside.y
    for index in layers.indices.dropFirst(start) {
      let isOutput = layers[index].activations == nil
      let needed = isOutput ? LayerView.outputRows : height
      guard y + needed <= inside.maxY else {
        let arrows = state.plain(state.layerCount > 1 ? ", ↑↓" : "")
        return hint("\(layers.count - index) more below\(arrows)", y: area.maxY - 1, on: &surface, in: area)
      }
      LayerView(state: state, run: run, index: index, layer: layers[index], histogramRows: rows)
        .draw(on: &surface, in: Rect(x: inside.x + 1, y: y, width: inside.width - 2, height: needed))
      y += needed
    }
    guard y + explanation.count <= inside.maxY else { return }
    for (row, line) in explanation.enumerated() {
      surface.write(
        line, x: inside.x + 1, y: inside.maxY - explanation.count + row, style: .dim, limit: inside.maxX)
    }
  }

  /// Tells in the frame that there is more.
  private func hint(_ text: String, y: Int, on surface: inout Surface, in area: Rect) {
    surface.write(" \(text) ", endingAt: area.maxX - 2, y: y, style: .bold)
  }

  private static let explanation =
    "dots: units the latest step kept; bars: activations from the smallest to the largest, log scale"
}
