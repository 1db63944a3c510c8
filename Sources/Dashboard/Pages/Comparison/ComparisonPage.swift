internal import Experiment
import Reports
internal import TerminalUI

/// The comparison and the figures of every epoch of every run.
struct ComparisonPage: Page {
  static let title = "Comparison"
  static let key: Character = "2"

  func showsMessage(in area: Rect) -> Bool { true }

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
    let columns = Self.columns(width: area.width - 2, isValidated: run.configuration.validationSize != nil)
    let heading = columns.map(\.heading).joined(separator: " ")
    surface.write(heading, x: area.x + 1, y: area.y, style: state.lead(of: run).style, limit: area.maxX)
    for (row, epoch) in run.history.epochs.suffix(max(0, area.height - 1)).enumerated() {
      let cells = columns.map { $0.text(epoch).paddedLeft(to: $0.heading.count) }
      surface.write(cells.joined(separator: " "), x: area.x + 1, y: area.y + 1 + row, limit: area.maxX)
    }
  }

  private struct Column {
    var heading: String
    /// Of columns that do not fit together, those with the highest number go first.
    var rank: Int
    var text: (EpochEvaluated) -> String
  }

  private static func columns(width: Int, isValidated: Bool) -> [Column] {
    func loss(_ loss: Double) -> String { NumberText.fixed(loss, decimals: 4) }
    var columns = [
      Column(heading: "epoch", rank: 0) { String($0.position.epoch) },
      Column(heading: "train loss", rank: 4) { loss($0.metrics.train.loss) },
      Column(heading: "test loss", rank: 2) { loss($0.metrics.test.loss) },
      Column(heading: "train acc.", rank: 3) { NumberText.percent($0.metrics.train.accuracy) },
      Column(heading: "test acc.", rank: 0) { NumberText.percent($0.metrics.test.accuracy) },
    ]
    if isValidated {
      columns.append(
        Column(heading: "valid. acc.", rank: 1) {
          NumberText.percent($0.metrics.validation?.accuracy ?? .nan)
        })
    }
    while columns.map({ $0.heading.count + 1 }).reduce(-1, +) > width,
      let last = columns.max(by: { $0.rank < $1.rank }), last.rank > 0
    {
      columns.removeAll { $0.rank == last.rank }
    }
    return columns
  }
}
