internal import TerminalUI

/// The page of demonstrations: the chosen one, with the probability, draw or function that the keys have chosen.
struct DemonstrationsView {
  let state: DashboardState

  func draw(on surface: inout Surface, in area: Rect) {
    surface.drawFrame(
      area, title: "demonstration: \(state.demonstration.rawValue)", glyphs: state.glyphs)
    let inside = area.inset(by: 1).splitLeft(1).rest
    guard let demonstrations = state.demonstrations else { return }
    switch state.demonstration {
    case .dropoutLayer:
      let settings = demonstrations.dropout.settings
      guard settings.indices.contains(state.demonstratedSetting) else { return }
      DropoutDemonstrationView(
        demonstration: demonstrations.dropout, setting: settings[state.demonstratedSetting],
        draw: state.demonstratedDraw, glyphs: state.glyphs
      ).draw(on: &surface, in: inside)
    case .activations: drawActivation(demonstrations.activations, on: &surface, in: inside)
    }
  }

  /// The chosen function, and what is to be learnt from all of them where there is room.
  private func drawActivation(_ curves: [ActivationCurve], on surface: inout Surface, in area: Rect) {
    guard curves.indices.contains(state.demonstratedActivation) else { return }
    let table = SaturationTable(curves: curves).lines(width: area.width - 1)
    let (chart, text) = area.splitBottom(min(table.count, max(0, area.height - 7)))
    ActivationCurveView(curve: curves[state.demonstratedActivation], glyphs: state.glyphs)
      .draw(on: &surface, in: chart)
    for (row, line) in table.prefix(text.height).enumerated() {
      let style: Style = row == state.demonstratedActivation + 1 ? .bold : .plain
      surface.write(state.plain(line), x: text.x, y: text.y + row, style: style, limit: text.maxX)
    }
  }
}
