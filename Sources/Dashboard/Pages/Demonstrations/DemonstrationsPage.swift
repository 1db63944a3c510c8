internal import TerminalUI

/// The page of demonstrations: the chosen one, with the probability, draw or function that the keys have chosen.
struct DemonstrationsPage: Page {
  static let title = "Demonstrations"
  static let key: Character = "6"

  /// What there is to show.
  private let demonstrations: Demonstrations?
  /// The demonstration that is shown.
  private var name = Demonstrations.Name.dropoutLayer
  /// The place of the probability whose dropout is shown; the middle one at first.
  private var setting: Int
  /// Which mask is shown.
  private var drawn = 0
  /// The place of the activation function that is shown.
  private var activation = 0

  init(_ demonstrations: Demonstrations?) {
    self.demonstrations = demonstrations
    setting = (demonstrations?.dropout.settings.count ?? 0) / 2
  }

  static let bindings: [Keys] = [
    Keys(
      .left, .right, footer: "p −/+", help: "probability −/+ 0.05", when: { $0.page.name == .dropoutLayer },
      do: { $0.page.change(by: $1) }),
    Keys(
      .left, .right, footer: "function", help: "function before or after",
      when: { $0.page.name == .activations },
      do: { $0.page.change(by: $1) }),
    Keys("x", footer: "next one", help: "the next demonstration") {
      $0.page.name = $0.page.name.next
    },
    Keys(
      .enter, footer: "draw again", help: "another mask", when: { $0.page.name == .dropoutLayer },
      do: { $0.page.drawn += 1 }),
  ]

  func isAvailable(in state: DashboardState) -> Bool { demonstrations != nil }

  /// Shows the next probability, or the next function and after the last one the first.
  private mutating func change(by step: Int) {
    guard let demonstrations else { return }
    switch name {
    case .dropoutLayer: setting = min(max(setting + step, 0), demonstrations.dropout.settings.count - 1)
    case .activations:
      let count = max(1, demonstrations.activations.count)
      activation = (activation + step + count) % count
    case .matrixProduct, .symmetry, .leastSquares: break
    }
  }

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    surface.drawFrame(area, title: "demonstration: \(name.rawValue)", glyphs: state.glyphs)
    let inside = area.inset(by: 1).splitLeft(1).rest
    guard let demonstrations else { return }
    switch name {
    case .dropoutLayer:
      let settings = demonstrations.dropout.settings
      guard settings.indices.contains(setting) else { return }
      DropoutDemonstrationView(
        demonstration: demonstrations.dropout, setting: settings[setting], draw: drawn, glyphs: state.glyphs
      ).draw(on: &surface, in: inside)
    case .activations: drawActivation(demonstrations.activations, state, on: &surface, in: inside)
    case .matrixProduct:
      demonstrations.products.draw(on: &surface, in: inside, glyphs: state.glyphs)
    case .symmetry: demonstrations.symmetry.draw(on: &surface, in: inside, glyphs: state.glyphs)
    case .leastSquares: DegreeCurveView(glyphs: state.glyphs).draw(on: &surface, in: inside)
    }
  }

  /// The chosen function, and what is to be learnt from all of them where there is room.
  private func drawActivation(
    _ curves: [ActivationCurve], _ state: DashboardState, on surface: inout Surface, in area: Rect
  ) {
    guard curves.indices.contains(activation) else { return }
    let table = SaturationTable(curves: curves).lines(width: area.width - 1)
    let (chart, text) = area.splitBottom(min(table.count, max(0, area.height - 7)))
    ActivationCurveView(curve: curves[activation], glyphs: state.glyphs)
      .draw(on: &surface, in: chart)
    for (row, line) in table.prefix(text.height).enumerated() {
      let style: Style = row == activation + 1 ? .bold : .plain
      surface.write(state.plain(line), x: text.x, y: text.y + row, style: style, limit: text.maxX)
    }
  }
}
