internal import TerminalUI
internal import TrainingEvents

/// The comparison and the figures of every epoch of every run.
struct HistoryView {
  let state: DashboardState

  func draw(on surface: inout Surface, in area: Rect) {
    let comparison = ComparisonView(state: state)
    let (top, bottom) = area.splitTop(min(comparison.height(onPageOf: area.height), area.height))
    comparison.draw(on: &surface, in: top)
    guard bottom.height >= 4 else { return }
    surface.drawFrame(bottom, title: "every epoch\(state.seedCaption)", glyphs: state.glyphs)
    let inside = bottom.inset(by: 1)
    let width = inside.width / max(1, state.comparedRuns.count)
    for (column, run) in state.comparedRuns.enumerated() {
      let place = Rect(x: inside.x + column * width, y: inside.y, width: width, height: inside.height)
      draw(run, on: &surface, in: place)
    }
  }

  /// The latest epochs, as many as fit.
  private func draw(_ run: RunState, on surface: inout Surface, in area: Rect) {
    let isValidated = run.configuration.validationSize != nil
    let heading =
      "epoch  train loss  test loss  train acc.  test acc." + (isValidated ? "  valid. acc." : "")
    surface.write(heading, x: area.x + 1, y: area.y, style: state.lead(of: run).style, limit: area.maxX)
    for (row, epoch) in run.history.epochs.suffix(max(0, area.height - 1)).enumerated() {
      let metrics = epoch.metrics
      let cells = [
        String(epoch.position.epoch).paddedLeft(to: 5),
        NumberText.fixed(metrics.train.loss, decimals: 4).paddedLeft(to: 12),
        NumberText.fixed(metrics.test.loss, decimals: 4).paddedLeft(to: 11),
        NumberText.percent(metrics.train.accuracy).paddedLeft(to: 12),
        NumberText.percent(metrics.test.accuracy).paddedLeft(to: 11),
        isValidated ? NumberText.percent(metrics.validation?.accuracy ?? .nan).paddedLeft(to: 13) : "",
      ]
      surface.write(cells.joined(), x: area.x + 1, y: area.y + 1 + row, limit: area.maxX)
    }
  }
}
