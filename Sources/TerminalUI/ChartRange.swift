/// What of some lines' values a vertical axis is made for.
enum ChartRange {
  /// Values of a line that are looked at: as many tell where most of them lie.
  private static let sampleSize = 256
  /// Below so many values none is called an outlier.
  private static let fewestValues = 5
  /// How many times wider a line may be than the narrower ones before it leaves the chart.
  private static let largestRatio = 50.0

  /// From the lowest to the highest finite value.
  static func whole(_ lines: [[Double]]) -> ClosedRange<Double>? {
    var range: ClosedRange<Double>?
    for value in lines.joined() where value.isFinite { range = union(range, value...value) }
    return range
  }

  /// Where most values lie: of each line from the 2nd to the 98th percentile, up to the outermost values where these are
  /// not further away than that is wide; without lines that would leave no room for the others.
  ///
  /// No line is left out where `bounds` hold all values, or where fewer than half of the lines would stay.
  static func typical(_ lines: [[Double]], within bounds: ClosedRange<Double>? = nil) -> ClosedRange<Double>?
  {
    let ranges = lines.compactMap(ofLine).sorted { width($0) < width($1) }
    var result: ClosedRange<Double>?
    for (count, range) in ranges.enumerated() {
      let joined = union(result, range)
      if bounds == nil, 2 * count >= ranges.count, let result, width(joined) > largestRatio * width(result) {
        break
      }
      result = joined
    }
    return result
  }

  private static func ofLine(_ line: [Double]) -> ClosedRange<Double>? {
    let values = line.filter(\.isFinite)
    guard let whole = whole([values]) else { return nil }
    guard values.count >= fewestValues else { return whole }
    let stride = max(1, values.count / sampleSize)
    let sorted = Swift.stride(from: 0, to: values.count, by: stride).map { values[$0] }.sorted()
    let low = sorted[Int((0.02 * Double(sorted.count - 1)).rounded(.up))]
    let high = sorted[Int((0.98 * Double(sorted.count - 1)).rounded(.down))]
    let reach = high - low
    return
      (whole.lowerBound < low - reach ? low : whole.lowerBound)...(whole.upperBound > high + reach
      ? high : whole.upperBound)
  }

  /// The width that a range needs in a chart: a line that does not move has one, too.
  private static func width(_ range: ClosedRange<Double>) -> Double {
    max(
      range.upperBound - range.lowerBound,
      0.02 * max(range.lowerBound.magnitude, range.upperBound.magnitude))
  }

  private static func union(_ first: ClosedRange<Double>?, _ second: ClosedRange<Double>) -> ClosedRange<
    Double
  > {
    guard let first else { return second }
    return min(first.lowerBound, second.lowerBound)...max(first.upperBound, second.upperBound)
  }
}
