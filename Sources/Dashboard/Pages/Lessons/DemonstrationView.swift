internal import Reports
internal import TerminalUI

/// A demonstration, with the probability, draw or function that the keys have chosen.
struct DemonstrationView: Hashable, Sendable {
  private let source: DemonstrationSource
  /// The place of the probability that was chosen.
  private var chosenSetting: Int?
  /// Which mask is shown.
  private var drawn = 0
  /// The place of the activation function that is shown.
  private var activation = 0

  init(_ source: DemonstrationSource) { self.source = source }

  private var demonstrations: Demonstrations { source.demonstrations }

  /// The place of the probability whose dropout is shown; the middle one at first.
  private var setting: Int { chosenSetting ?? demonstrations.dropout.settings.count / 2 }

  /// Draws another mask.
  mutating func drawAgain() { drawn += 1 }

  /// Shows the next probability, or the next function and after the last one the first.
  mutating func change(_ name: Demonstrations.Name, by step: Int) {
    switch name {
    case .dropoutLayer: chosenSetting = min(max(setting + step, 0), demonstrations.dropout.settings.count - 1)
    case .activations:
      let count = max(1, demonstrations.activations.count)
      activation = (activation + step + count) % count
    case .matrixProduct, .symmetry, .leastSquares: break
    }
  }

  /// Rows that a picture takes at least, to show all that it has to tell.
  func fewestRows(_ name: Demonstrations.Name, width: Int) -> Int {
    switch name {
    case .dropoutLayer: dropout(glyphs: .ascii)?.fewestRows(width: width) ?? 0
    case .activations: SaturationTable(curves: demonstrations.activations).lines(width: width - 1).count + 7
    case .matrixProduct: demonstrations.products.sentences(width: width).count + 7
    case .symmetry: demonstrations.symmetry.lines(width: width).count
    case .leastSquares: DegreeCurveView(glyphs: .ascii).lines(width: width - 2).count + 8
    }
  }

  func draw(_ name: Demonstrations.Name, on surface: inout Surface, in area: Rect, glyphs: GlyphSet) {
    switch name {
    case .dropoutLayer:
      dropout(glyphs: glyphs)?.draw(on: &surface, in: area)
    case .activations: drawActivation(demonstrations.activations, on: &surface, in: area, glyphs: glyphs)
    case .matrixProduct: demonstrations.products.draw(on: &surface, in: area, glyphs: glyphs)
    case .symmetry: demonstrations.symmetry.draw(on: &surface, in: area, glyphs: glyphs)
    case .leastSquares: DegreeCurveView(glyphs: glyphs).draw(on: &surface, in: area)
    }
  }

  private func dropout(glyphs: GlyphSet) -> DropoutDemonstrationView? {
    let settings = demonstrations.dropout.settings
    guard settings.indices.contains(setting) else { return nil }
    return DropoutDemonstrationView(
      demonstration: demonstrations.dropout, setting: settings[setting], draw: drawn, glyphs: glyphs)
  }

  /// The chosen function, and what is to be learnt from all of them where there is room.
  private func drawActivation(
    _ curves: [ActivationCurve], on surface: inout Surface, in area: Rect, glyphs: GlyphSet
  ) {
    guard curves.indices.contains(activation) else { return }
    let table = SaturationTable(curves: curves).lines(width: area.width - 1)
    let (chart, text) = area.splitBottom(min(table.count, max(0, area.height - 7)))
    ActivationCurveView(curve: curves[activation], glyphs: glyphs).draw(on: &surface, in: chart)
    for (row, line) in table.prefix(text.height).enumerated() {
      let style: Style = row == activation + 1 ? .bold : .plain
      surface.write(glyphs.plain(line), x: text.x, y: text.y + row, style: style, limit: text.maxX)
    }
  }
}
