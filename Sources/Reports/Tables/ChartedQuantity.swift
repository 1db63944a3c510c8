internal import Datasets
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

  /// Whether a chart of runs has a logarithmic axis: of regressions, whose losses go over decades, unless a value is not above 0.
  package func isLogarithmic(of histories: [RunHistory]) -> Bool {
    let values = histories.flatMap { curves(of: $0).flatMap { $0.points.map(\.y) } }.filter(\.isFinite)
    return histories.allSatisfy { $0.task == .regression } && values.allSatisfy { $0 > 0 }
  }

  /// The epochs that a chart of some runs shows.
  package static func horizontalAxis(_ histories: [RunHistory]) -> Axis {
    let last = histories.compactMap(\.epochs.last?.position.epoch).max() ?? 1
    return Axis(1, Double(max(2, last)))
  }
}
