/// The place within a curve that stands highest above the lowest values on both sides of it.
public struct Peak: Hashable, Sendable {
  /// The place of the lowest value before it.
  public let before: Int
  /// The place of the peak.
  public let top: Int
  /// The place of the lowest value after it.
  public let after: Int
  /// How far the curve rises to it.
  public let rise: Double
  /// How far it falls after it.
  public let fall: Double

  /// Finds the peak with the largest smaller one of rise and fall; `nil` if the curve has no value above others on both sides.
  public init?(_ values: [Double]) {
    guard values.count > 2, values.allSatisfy(\.isFinite) else { return nil }
    var (first, best) = (0, nil as Peak?)
    var last = Array(repeating: values.count - 1, count: values.count)
    for place in values.indices.dropLast().reversed() {
      last[place] = values[place] <= values[last[place + 1]] ? place : last[place + 1]
    }
    for place in values.indices.dropLast().dropFirst() {
      if values[place - 1] < values[first] { first = place - 1 }
      let peak = Peak(
        before: first, top: place, after: last[place + 1], rise: values[place] - values[first],
        fall: values[place] - values[last[place + 1]])
      if peak.height > max(0, best?.height ?? 0) { best = peak }
    }
    guard let best else { return nil }
    self = best
  }

  private init(before: Int, top: Int, after: Int, rise: Double, fall: Double) {
    (self.before, self.top, self.after, self.rise, self.fall) = (before, top, after, rise, fall)
  }

  /// How far it stands above the higher one of the two sides.
  public var height: Double { min(rise, fall) }
}
