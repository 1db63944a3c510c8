/// The measured figures of the runs of a session side by side.
public struct Comparison: Sendable {
  /// A figure that the runs are compared by.
  public enum Figure: CaseIterable, Sendable {
    /// Mean loss of the epoch's own steps.
    case runningTrainLoss
    /// Loss of the final weights on the training set, dropout off.
    case trainLoss
    /// Loss on the images held out.
    case validationLoss
    /// Loss on the test set.
    case testLoss
    /// Accuracy of the final weights on the training set, dropout off.
    case trainAccuracy
    /// Accuracy on the images held out.
    case validationAccuracy
    /// Accuracy on the test set.
    case testAccuracy
    /// Train accuracy minus test accuracy.
    case generalizationGap

    /// The figure of one epoch; `nil` if it was not measured.
    public func value(in metrics: EpochMetrics) -> Double? {
      switch self {
      case .runningTrainLoss: metrics.runningTrain.loss
      case .trainLoss: metrics.train.loss
      case .validationLoss: metrics.validation?.loss
      case .testLoss: metrics.test.loss
      case .trainAccuracy: metrics.train.accuracy
      case .validationAccuracy: metrics.validation?.accuracy
      case .testAccuracy: metrics.test.accuracy
      case .generalizationGap: metrics.generalizationGap
      }
    }
  }

  /// The epoch whose figures stand for each run; `nil` for a run without a complete epoch.
  public let measured: [EpochEvaluated?]
  /// Whether the runs' figures may be subtracted: two runs, both as far as they were meant to go.
  public let isComparable: Bool

  /// The figures to show: those on images held out only where some run has them.
  public var figures: [Figure] {
    let hasValidation = measured.contains { $0?.metrics.validation != nil }
    return Figure.allCases.filter { hasValidation || ![.validationLoss, .validationAccuracy].contains($0) }
  }

  /// Compares runs by the epochs whose weights they have: the last complete ones, or the best where they went back to it.
  ///
  /// Runs that a person stopped are compared at the last epoch that all of them completed.
  public init(_ histories: [RunHistory]) {
    let last = histories.map(\.final)
    if histories.allSatisfy({ $0.ended?.reason == .stopped || $0.isCompleted }),
      !histories.allSatisfy(\.isCompleted)
    {
      let common = histories.map(\.epochs.count).min() ?? 0
      measured = histories.map { $0.epochs.prefix(common).last }
      isComparable = histories.count == 2 && common > 0
    } else {
      measured = last
      isComparable = histories.count == 2 && histories.allSatisfy(\.isCompleted)
    }
  }

  /// Compares two runs that may be under way by the last epoch that both have completed.
  ///
  /// Runs that all have ended, with weights that some of them went back to, are compared by these.
  public init(underWay histories: [RunHistory]) {
    if histories.allSatisfy(\.isCompleted), histories.contains(where: { $0.ended?.restoredEpoch != nil }) {
      self = Comparison(histories)
      return
    }
    let common = histories.map(\.epochs.count).min() ?? 0
    measured = histories.map { common > 0 ? $0.epochs[common - 1] : $0.epochs.last }
    isComparable = histories.count == 2 && common > 0
  }

  /// A figure of each run.
  public func values(of figure: Figure) -> [Double?] {
    measured.map { $0.flatMap { figure.value(in: $0.metrics) } }
  }

  /// The first run's figure minus the second's, where they are comparable.
  public func difference(of figure: Figure) -> Double? {
    let values = values(of: figure).compactMap(\.self)
    return isComparable && values.count == 2 ? values[0] - values[1] : nil
  }
}
