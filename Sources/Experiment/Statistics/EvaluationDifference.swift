public import Datasets

/// The means of two rows of evaluations, and whether they differ by more than chance moves them.
public struct EvaluationDifference: Hashable, Sendable {
  /// Mean and standard deviation of some evaluations.
  public let first: SampleStatistics
  /// Those of others.
  public let second: SampleStatistics

  /// Compares two rows of evaluations.
  public init(_ first: SampleStatistics, _ second: SampleStatistics) {
    (self.first, self.second) = (first, second)
  }

  /// The first mean minus the second.
  public var mean: Double { first.mean - second.mean }

  /// Twice the standard deviation of a difference between one evaluation of each.
  public var spread: Double {
    let deviations = [first, second].map { $0.standardDeviation ?? 0 }
    return 2 * deviations.map { $0 * $0 }.reduce(0, +).squareRoot()
  }

  /// Whether the means differ by more than `spread`, and than two standard errors of a difference between `results`.
  ///
  /// These are shares of `testCount` images, or mean squares of errors that are distributed normally.
  public func isShown(by results: [Double], of task: Task.Kind, testCount: Int) -> Bool {
    let variances = results.map { result in
      (task == .classification ? result * (1 - result) : 2 * result * result) / Double(max(testCount, 1))
    }
    let sampling = 2 * variances.reduce(0, +).squareRoot()
    return mean.magnitude > max(spread, sampling)
  }
}
