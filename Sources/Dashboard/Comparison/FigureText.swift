internal import TerminalUI
public import TrainingEvents

extension Comparison.Figure {
  /// The figure's name, with what it was measured on and how.
  public var label: String {
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
  public func text(_ value: Double) -> String {
    switch self {
    case .runningTrainLoss, .trainLoss, .validationLoss, .testLoss:
      NumberText.fitting(value, decimals: 4, width: 9)
    case .trainAccuracy, .validationAccuracy, .testAccuracy: NumberText.percent(value)
    case .generalizationGap: NumberText.fixed(value * 100, decimals: 2)
    }
  }

  /// A difference between two values: of shares, in percentage points.
  public func differenceText(_ difference: Double) -> String {
    switch self {
    case .runningTrainLoss, .trainLoss, .validationLoss, .testLoss: NumberText.signed(difference, decimals: 4)
    case .trainAccuracy, .validationAccuracy, .testAccuracy, .generalizationGap:
      NumberText.signed(difference * 100, decimals: 2)
    }
  }
}
