internal import Experiment
import Reports
internal import TerminalUI

/// The comparison and the figures of every epoch of every run.
struct ComparisonPage: Page {
  static let title = "Comparison"
  static let key: Character = "2"

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let comparison = ComparisonView(state: state)
    let (top, bottom) = area.splitTop(min(comparison.height(onPageOf: area.height), area.height))
    comparison.draw(on: &surface, in: top)
    guard bottom.height >= 4 else { return }
    surface.drawFrame(bottom, title: "every epoch\(state.seedCaption)", glyphs: state.glyphs)
    let inside = bottom.inset(by: 1)
    let width = inside.width / max(1, state.comparedRuns.count)
    for (column, run) in state.comparedRuns.enumerated() {
      let place = Rect(x: inside.x + column * width, y: inside.y, width: width, height: inside.height)
      draw(run, state, on: &surface, in: place)
    }
  }

  /// The latest epochs, as many as fit, with those figures that fit.
  private func draw(_ run: RunState, _ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let figures = Self.figures(width: area.width - 2, of: run)
    let heading = (["epoch"] + figures.map { $0.heading.paddedLeft(to: Self.width(of: $0)) }).joined(
      separator: " ")
    surface.write(heading, x: area.x + 1, y: area.y, style: state.lead(of: run).style, limit: area.maxX)
    for (row, epoch) in run.history.epochs.suffix(max(0, area.height - 1)).enumerated() {
      let cells =
        [String(epoch.position.epoch).paddedLeft(to: 5)]
        + figures.map { figure in
          (epoch.metrics[figure].map { figure.text($0) } ?? "-").paddedLeft(to: Self.width(of: figure))
        }
      surface.write(cells.joined(separator: " "), x: area.x + 1, y: area.y + 1 + row, limit: area.maxX)
    }
  }

  /// The figures that there is room for beside the epoch, the most telling ones of them.
  private static func figures(width: Int, of run: RunState) -> [Figure] {
    let isValidated = run.configuration.validationSize != nil
    let measured = run.history.epochs.last?.metrics
    let known = Figure.byImportance.filter { figure in
      figure.isMain && (isValidated || figure.split != .validation) || measured?[figure] != nil
    }
    var room = width - "epoch".count
    let fitting = (known.filter { $0.split != nil } + known.filter { $0.split == nil }).prefix { figure in
      room -= Self.width(of: figure) + 1
      return room >= 0
    }
    return Figure.byQuantity.filter(fitting.contains)
  }

  private static func width(of figure: Figure) -> Int { max(figure.heading.count, 7) }
}
