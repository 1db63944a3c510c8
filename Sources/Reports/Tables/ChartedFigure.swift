package import Experiment
package import TerminalUI

/// What a chart of recorded runs shows over their epochs, measured with dropout off.
package enum ChartedFigure: String, CaseIterable, Sendable {
  case loss
  case accuracy
  case gap

  /// A line of one run.
  package struct Curve: Hashable {
    /// `train`, `test`, or nothing if a run has one line only.
    package let split: String
    /// Lines of the training set are dashed.
    package let isDashed: Bool
    package let points: [ChartSeries.Point]
  }

  /// The figure in words.
  package var title: String {
    switch self {
    case .loss: "loss"
    case .accuracy: "accuracy"
    case .gap: "generalisation gap (train minus test accuracy)"
    }
  }

  /// Whether its values are shares.
  package var isShare: Bool { self != .loss }

  /// The lines of a run.
  package func curves(of history: RunHistory) -> [Curve] {
    func curve(_ split: String, isDashed: Bool = false, _ value: (EpochMetrics) -> Double?) -> Curve {
      Curve(
        split: split, isDashed: isDashed,
        points: history.epochs.compactMap { epoch in
          value(epoch.metrics).map { ChartSeries.Point(x: Double(epoch.position.epoch), y: $0) }
        })
    }
    func splits(_ value: (LossAndAccuracy) -> Double) -> [Curve] {
      [
        curve("train", isDashed: true) { value($0.train) }, curve("validation") { $0.validation.map(value) },
        curve("test") { value($0.test) },
      ].filter { !$0.points.isEmpty || $0.split != "validation" }
    }
    return switch self {
    case .loss: splits(\.loss)
    case .accuracy: splits(\.accuracy)
    case .gap: [curve("", \.generalizationGap)]
    }
  }

  /// The epochs that a chart of some runs shows.
  package static func horizontalAxis(_ histories: [RunHistory]) -> Axis {
    let last = histories.compactMap(\.epochs.last?.position.epoch).max() ?? 1
    return Axis(1, Double(max(2, last)))
  }
}
