package import Experiment
internal import TerminalUI

extension Comparison.Figure {
  /// The figure's name, with what it was measured on and how.
  package var label: String {
    switch self {
    case .runningTrainLoss: "train loss, dropout on"
    case .trainLoss: "train loss, dropout off"
    case .validationLoss: "validation loss"
    case .testLoss: "test loss"
    case .trainAccuracy: "train accuracy, dropout off"
    case .validationAccuracy: "validation accuracy"
    case .testAccuracy: "test accuracy"
    case .generalizationGap: "generalisation gap, points"
    }
  }

  /// A value of the figure.
  package func text(_ value: Double) -> String {
    switch self {
    case .runningTrainLoss, .trainLoss, .validationLoss, .testLoss:
      NumberText.fitting(value, decimals: 4, width: 9)
    case .trainAccuracy, .validationAccuracy, .testAccuracy: NumberText.percent(value)
    case .generalizationGap: NumberText.fixed(value * 100, decimals: 2)
    }
  }

  /// A difference between two values: of shares, in percentage points.
  package func differenceText(_ difference: Double) -> String {
    switch self {
    case .runningTrainLoss, .trainLoss, .validationLoss, .testLoss: NumberText.signed(difference, decimals: 4)
    case .trainAccuracy, .validationAccuracy, .testAccuracy, .generalizationGap:
      NumberText.signed(difference * 100, decimals: 2)
    }
  }

  /// A mean and a standard deviation: `0.3456 ±0.0031`.
  package func text(_ statistics: SampleStatistics) -> String {
    guard let deviation = statistics.standardDeviation else { return text(statistics.mean) }
    return text(statistics.mean) + " ±" + spreadText(deviation)
  }

  /// A mean difference and half the width of its interval: `+0.97 ±1.10`.
  package func text(_ difference: PairedDifference) -> String {
    let mean = differenceText(difference.mean)
    guard let interval = difference.interval else { return mean }
    return mean + " ±" + spreadText((interval.upperBound - interval.lowerBound) / 2)
  }

  /// The interval of a mean difference: `[−0.13, +2.06]`.
  package func intervalText(_ difference: PairedDifference) -> String? {
    difference.interval.map { "[\(differenceText($0.lowerBound)), \(differenceText($0.upperBound))]" }
  }

  /// A width without a sign: of shares, in percentage points.
  private func spreadText(_ width: Double) -> String {
    switch self {
    case .runningTrainLoss, .trainLoss, .validationLoss, .testLoss:
      NumberText.fitting(width, decimals: 4, width: 6)
    case .trainAccuracy, .validationAccuracy, .testAccuracy, .generalizationGap:
      NumberText.fixed(width * 100, decimals: 2)
    }
  }
}
