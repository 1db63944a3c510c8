public import Datasets

/// The measured figures of the runs of a session side by side.
public struct Comparison: Sendable {
  /// The epoch whose figures stand for each run; `nil` for a run without a complete epoch.
  public let measured: [Positioned<EpochEvaluated>?]
  /// Whether the runs' figures may be subtracted: two runs, both as far as they were meant to go.
  public let isComparable: Bool

  /// Whether some run dropped units at some time.
  public let usesDropout: Bool

  /// The figures to show: those that runs have to ask for only where some run has them, and those with dropout on only where
  /// some run has dropout.
  public var figures: [Figure] {
    Figure.byQuantity.filter { figure in
      figure.isMain(withDropout: usesDropout) && figure.isMeasured(for: task)
        && (!figure.isSpecial || values(of: figure).contains { $0 != nil })
    }
  }

  /// What the runs learn.
  public let task: Task.Kind

  /// What the best epochs are chosen by.
  public var selection: Figure {
    .selection(
      isValidated: values(of: .selection(isValidated: true, for: task)).contains { $0 != nil }, for: task)
  }

  /// Compares runs by the epochs whose weights they have: the last complete ones, or the best where they went back to it.
  ///
  /// Runs that a person stopped are compared at the last epoch that all of them completed.
  public init(_ histories: [RunHistory]) {
    task = histories.first?.task ?? .classification
    usesDropout = histories.contains(where: \.usesDropout)
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
    task = histories.first?.task ?? .classification
    usesDropout = histories.contains(where: \.usesDropout)
    let common = histories.map(\.epochs.count).min() ?? 0
    measured = histories.map { common > 0 ? $0.epochs[common - 1] : $0.epochs.last }
    isComparable = histories.count == 2 && common > 0
  }

  /// A figure of each run.
  public func values(of figure: Figure) -> [Double?] {
    measured.map { $0?.metrics[figure] }
  }

  /// The first run's figure minus the second's, where they are comparable.
  public func difference(of figure: Figure) -> Double? {
    let values = values(of: figure).compactMap(\.self)
    return isComparable && values.count == 2 ? values[0] - values[1] : nil
  }
}
