internal import Reports
package import TerminalUI

/// A demonstration for the scroll-back: drawn once, as wide as the terminal within limits.
package struct DemonstrationText {
  private let demonstrations: Demonstrations
  private let width: Int
  private let glyphs: GlyphSet

  /// The columns that a text uses at least and at most.
  private static let widths = 60...120
  private static let chartHeight = 10

  /// Demonstrations for a terminal of `width` columns.
  package init(_ demonstrations: Demonstrations, width: Int, glyphs: GlyphSet) {
    self.demonstrations = demonstrations
    self.width = min(max(width, Self.widths.lowerBound), Self.widths.upperBound)
    self.glyphs = glyphs
  }

  /// The pictures of a demonstration, from top to bottom.
  package func surfaces(_ name: Demonstrations.Name) -> [Surface] {
    switch name {
    case .dropoutLayer: [0, 0.5, 1].compactMap(dropout)
    case .activations:
      [curves, text(SaturationTable(curves: demonstrations.activations).lines(width: width))]
    case .matrixProduct:
      [drawn(height: 24) { demonstrations.products.draw(on: &$0, in: $0.bounds, glyphs: glyphs) }]
    case .symmetry:
      [drawn(height: 24) { demonstrations.symmetry.draw(on: &$0, in: $0.bounds, glyphs: glyphs) }]
    case .leastSquares: [leastSquares, text(DegreeCurveView(glyphs: glyphs).lines(width: width))]
    }
  }

  private func drawn(height: Int, _ draw: (inout Surface) -> Void) -> Surface {
    var surface = Surface(width: width, height: height)
    draw(&surface)
    return surface.cropped
  }

  private func dropout(_ probability: Double) -> Surface? {
    guard
      let setting = demonstrations.dropout.settings.first(where: { $0.probability == probability })
    else { return nil }
    let isPlain = probability == 0 || probability == 1
    // The matrices take 61 columns; a chart stands below them where not even 30 are left.
    let height = isPlain ? 8 : width >= 94 ? 19 : 29
    var surface = Surface(width: width, height: height)
    DropoutDemonstrationView(
      demonstration: demonstrations.dropout, setting: setting, draw: 0, glyphs: glyphs
    ).draw(on: &surface, in: surface.bounds)
    return surface.cropped
  }

  /// All functions, as many side by side as can be read.
  private var curves: Surface {
    let curves = demonstrations.activations
    let columns = width >= 110 ? 3 : 2
    let rows = (curves.count + columns - 1) / columns
    var surface = Surface(width: width, height: rows * Self.chartHeight)
    for (index, curve) in curves.enumerated() {
      let (row, column) = (index / columns, index % columns)
      let left = width * column / columns
      ActivationCurveView(curve: curve, glyphs: glyphs).draw(
        on: &surface,
        in: Rect(
          x: left, y: row * Self.chartHeight, width: width * (column + 1) / columns - left,
          height: Self.chartHeight))
    }
    return surface
  }

  private var leastSquares: Surface {
    var surface = Surface(width: width, height: 2 * Self.chartHeight)
    DegreeCurveView(glyphs: glyphs).chart.draw(on: &surface, in: surface.bounds)
    return surface
  }

  private func text(_ lines: [String]) -> Surface {
    var surface = Surface(width: width, height: lines.count)
    for (row, line) in lines.enumerated() {
      surface.write(glyphs.plain(line), x: 0, y: row)
    }
    return surface
  }
}

extension Surface {
  /// The picture without blank rows at its end.
  fileprivate var cropped: Surface {
    let rows = (0..<height).last { row($0).contains { $0 != .blank } }.map { $0 + 1 } ?? 0
    var cropped = Surface(width: width, height: rows)
    for y in 0..<rows {
      for (x, cell) in row(y).enumerated() {
        // A wide character takes the cell after it, too.
        if let character = cell.character {
          cropped.write(String(character), x: x, y: y, style: cell.style)
        }
      }
    }
    return cropped
  }
}
