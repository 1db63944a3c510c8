/// Count, mean and spread of some measurements.
public struct SampleStatistics: Hashable, Sendable {
  /// How many there are.
  public let count: Int
  /// Their mean.
  public let mean: Double
  /// The sample's standard deviation, with `count` - 1 in the denominator; `nil` for a single measurement.
  public let standardDeviation: Double?

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
