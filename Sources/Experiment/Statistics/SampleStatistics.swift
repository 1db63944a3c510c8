/// Count, mean and spread of some measurements.
public struct SampleStatistics: Hashable, Sendable {
  /// How many there are.
  public let count: Int
  /// Their mean.
  public let mean: Double
  /// The sample's standard deviation, with `count` - 1 in the denominator; `nil` for a single measurement.
  public let standardDeviation: Double?

  /// The confidence of `interval`.
  public static let confidence = 0.95

  /// Where the true mean lies with a confidence of 95 %: mean ± t · s/√n with Student's t for n - 1; `nil` for a single
  /// measurement, and where they are not finite.
  public var interval: ClosedRange<Double>? {
    guard let deviation = standardDeviation, deviation.isFinite else { return nil }
    let quantile = StudentT(degreesOfFreedom: count - 1).quantile((1 + Self.confidence) / 2)
    let margin = quantile * deviation / Double(count).squareRoot()
    return mean - margin...mean + margin
  }

  /// Summarises measurements; `nil` if there are none.
  public init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    self.count = values.count
    self.mean = mean
    standardDeviation =
      values.count > 1
      ? (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)).squareRoot() : nil
  }
}
