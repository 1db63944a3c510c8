/// The mean difference between paired measurements, and how far chance may have moved it.
public struct PairedDifference: Hashable, Sendable {
  /// The differences, first minus second.
  public let differences: SampleStatistics
  /// Where the true mean difference lies with a confidence of 95 %: mean ± t · s/√n with Student's t for n - 1.
  ///
  /// `nil` for one pair, and where differences are not finite. It holds for this figure alone: of 20 figures that do
  /// not differ, one is expected to lie outside.
  public let interval: ClosedRange<Double>?

  /// The confidence of `interval`.
  public static let confidence = SampleStatistics.confidence

  /// Compares pairs; `nil` if there are none.
  public init?(_ pairs: [(first: Double, second: Double)]) {
    guard let differences = SampleStatistics(pairs.map { $0.first - $0.second }) else { return nil }
    self.differences = differences
    interval = differences.interval
  }

  /// The mean difference.
  public var mean: Double { differences.mean }

  /// Whether the interval leaves no doubt which of the two is larger.
  public var isShown: Bool {
    // Equal figures can differ by what rounding leaves of a subtraction.
    interval.map { !$0.contains(0) && mean.magnitude > 1e-12 } ?? false
  }
}
