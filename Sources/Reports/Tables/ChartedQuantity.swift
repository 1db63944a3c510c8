package import Experiment
package import TerminalUI

extension Quantity {
  /// A line of one run.
  package struct Curve: Hashable {
    /// `train`, `test`, or nothing if a run has one line only.
    package let split: String
    /// Lines of the training set are dashed.
    package let isDashed: Bool
    package let points: [ChartSeries.Point]
  }

  /// The lines of a run over its epochs, measured with dropout off.
  package func curves(of history: RunHistory) -> [Curve] {
    figures.filter { $0.split != .runningTrain }.map { figure in
      Curve(
        split: figure.split?.title ?? "", isDashed: figure.split == .train,
        points: history.epochs.compactMap { epoch in
          epoch.metrics[figure].map { ChartSeries.Point(x: Double(epoch.position.epoch), y: $0) }
        })
    }.filter { !$0.points.isEmpty || $0.split != Figure.Split.validation.title }
  }

  /// The epochs that a chart of some runs shows.
  package static func horizontalAxis(_ histories: [RunHistory]) -> Axis {
    let last = histories.compactMap(\.epochs.last?.position.epoch).max() ?? 1
    return Axis(1, Double(max(2, last)))
  }
}
