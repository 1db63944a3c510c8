internal import RealModule

/// A range of values, how it is scaled, and its ticks at round numbers.
public struct Axis: Hashable, Sendable {
  /// The smallest value shown.
  public let lower: Double
  /// The largest value shown.
  public let upper: Double
  /// Whether equal distances are equal ratios.
  public let isLogarithmic: Bool

  /// Larger magnitudes are left out, and smaller ones of a logarithmic axis, so that widths and ratios are finite.
  private static let largestMagnitude = 1e100

  /// An axis over finite values; a range that is empty or not finite is widened to one that can be drawn.
  public init(_ lower: Double, _ upper: Double, isLogarithmic: Bool = false) {
    var (lower, upper) = lower <= upper ? (lower, upper) : (upper, lower)
    if !lower.isFinite || !upper.isFinite { (lower, upper) = (0, 1) }
    self.isLogarithmic = isLogarithmic && lower > 0
    let smallest = self.isLogarithmic ? 1 / Self.largestMagnitude : -Self.largestMagnitude
    lower = min(max(lower, smallest), Self.largestMagnitude)
    upper = min(max(upper, smallest), Self.largestMagnitude)
    if upper - lower <= max(abs(lower), abs(upper)) * 1e-12 {
      let margin = upper == 0 ? 1 : abs(upper) * 0.1
      (lower, upper) = self.isLogarithmic ? (lower / 1.5, upper * 1.5) : (lower - margin, upper + margin)
    }
    self.lower = lower
    self.upper = upper
  }

  /// Where a value lies: 0 at the lower end, 1 at the upper end; `nil` for what is not finite or has no logarithm.
  public func position(of value: Double) -> Double? {
    guard value.isFinite else { return nil }
    guard isLogarithmic else { return (value - lower) / (upper - lower) }
    return value > 0 ? .log(value / lower) / .log(upper / lower) : nil
  }

  /// The value at a position.
  public func value(at position: Double) -> Double {
    isLogarithmic ? lower * .pow(upper / lower, position) : lower + (upper - lower) * position
  }

  /// Round numbers within the range, at most `limit`, and three or more where the range allows it.
  public func ticks(limit: Int) -> [Double] {
    guard limit > 0 else { return [] }
    if isLogarithmic, let ticks = logarithmicTicks(limit: limit) { return ticks }
    for step in Self.roundSteps(above: (upper - lower) / Double(limit + 1)) {
      let ticks = multiples(of: step)
      if ticks.count <= limit { return ticks }
    }
    return []
  }

  /// Round numbers as `ticks` gives them, but only whole ones, of which there may be fewer.
  public func wholeTicks(limit: Int) -> [Double] {
    for limit in stride(from: limit, to: 0, by: -1) {
      let ticks = ticks(limit: limit)
      if !ticks.isEmpty, ticks.allSatisfy({ $0 == $0.rounded() }) { return ticks }
    }
    return []
  }

  /// The tightest axis for `rows` rows of cells in which round numbers lie in the middle of rows, and these numbers.
  ///
  /// On a logarithmic axis they are powers of ten; `nil` where these are too few. They are whole numbers if values `areWhole`. Nothing beyond `bounds` is a tick, and no row lies above them where the range leaves a choice. `nil` where there are too few
  /// rows, or values too close to each other to be told apart.
  static func onRows(
    _ range: ClosedRange<Double>, rows: Int, within bounds: ClosedRange<Double>? = nil,
    isLogarithmic: Bool = false, areWhole: Bool = false
  ) -> (axis: Axis, ticks: [Double])? {
    guard isLogarithmic else {
      return onRows(
        range, rows: rows, within: bounds,
        steps: areWhole ? { [1] + roundSteps(above: $0).filter { $0 > 1 && $0 == $0.rounded() } } : roundSteps
      )
    }
    guard range.lowerBound > 0, range.upperBound >= 100 * range.lowerBound else { return nil }
    let exponents = Double.log10(range.lowerBound)...Double.log10(range.upperBound)
    let decades: [Double] = [1, 2, 3, 5, 10, 20, 30, 50, 100]
    return onRows(exponents, rows: rows, within: nil, steps: { _ in decades }).flatMap { found in
      guard found.axis.lower >= -100, found.axis.upper <= 100 else { return nil }
      return (
        Axis(.pow(10, found.axis.lower), .pow(10, found.axis.upper), isLogarithmic: true),
        found.ticks.map { .pow(10, $0) }
      )
    }
  }

  private static func onRows(
    _ range: ClosedRange<Double>, rows: Int, within bounds: ClosedRange<Double>?,
    steps: (_ least: Double) -> [Double]
  ) -> (axis: Axis, ticks: [Double])? {
    let whole = Axis(range.lowerBound, range.upperBound)
    guard rows >= 3 else { return nil }
    var best: (axis: Axis, ticks: [Double])?
    var bestCost = Double.infinity
    for rowsPerTick in max(1, rows / 7)...max(1, rows / 2) {
      let least = (whole.upper - whole.lower) / Double(rows - 1) * Double(rowsPerTick)
      for step in steps(least) where step >= least * (1 - 1e-9) {
        let row = step / Double(rowsPerTick)
        guard max(whole.lower.magnitude, whole.upper.magnitude) < row * 1e9 else { return nil }
        var lowest = Int((whole.lower / row + 1e-9).rounded(.down))
        // A row to spare below what fills all rows would be a row too few above.
        guard Double(lowest + rows - 1) * row >= whole.upper - row * 1e-9 else { continue }
        if let bounds {
          lowest = max(lowest, Int((bounds.lowerBound / row - 1e-9).rounded(.up)))
          lowest = min(lowest, Int((bounds.upperBound / row + 1e-9).rounded(.down)) - rows + 1)
        }
        let first = (Double(lowest) / Double(rowsPerTick)).rounded(.up)
        let last = (Double(lowest + rows - 1) / Double(rowsPerTick)).rounded(.down)
        let ticks = stride(from: first, through: last, by: 1).map { $0 * step }
          .filter { tick in bounds.map { $0.contains(tick) } ?? true }
        let cost = row * (ticks.count < 3 ? 1.5 : 1)
        if ticks.count >= 2, cost < bestCost * (1 - 1e-9) {
          let axis = Axis((Double(lowest) - 0.5) * row, (Double(lowest + rows) - 0.5) * row)
          (best, bestCost) = ((axis, ticks), cost)
        }
        break
      }
    }
    return best
  }

  /// Decimals that tell neighbouring ticks apart.
  public static func decimals(for ticks: [Double]) -> Int {
    let step = zip(ticks.dropFirst(), ticks).map { $0 - $1 }.min() ?? ticks.first.map(abs) ?? 1
    guard step > 0, step.isFinite else { return 0 }
    let decimals = max(0, Int((-Double.log10(step) - 1e-9).rounded(.up)))
    // 0.25 needs one more than its magnitude says.
    let scaled = step * .pow(10, Double(decimals))
    return abs(scaled - scaled.rounded()) > 1e-6 ? decimals + 1 : decimals
  }

  /// Whether a positive number has one digit that is not zero.
  static func isRound(_ number: Double) -> Bool {
    guard number > 0 else { return false }
    let digit = number / .pow(10, (Double.log10(number) + 1e-9).rounded(.down))
    return abs(digit - digit.rounded()) < 1e-6
  }

  private func multiples(of step: Double) -> [Double] {
    let first = (lower / step - 1e-9).rounded(.up)
    let last = (upper / step + 1e-9).rounded(.down)
    guard last >= first, last - first < 1000 else { return [] }
    return stride(from: first, through: last, by: 1).map { $0 * step }
  }

  /// 1, 2 and 5 times the powers of ten, or fewer of these: the most that there may be, if they are two or more.
  private func logarithmicTicks(limit: Int) -> [Double]? {
    let decades = Int(Double.log10(lower).rounded(.down))...Int(Double.log10(upper).rounded(.up))
    let range = lower * (1 - 1e-9)...upper * (1 + 1e-9)
    for multiples: [Double] in [[1, 2, 5], [1, 3], [1], [2, 5]] {
      let candidates = decades.flatMap { decade -> [Double] in
        let power = Double.pow(10, Double(decade))
        return multiples.map { $0 * power }
      }
      let ticks = candidates.filter(range.contains)
      if ticks.count >= 2, ticks.count <= limit { return ticks }
    }
    // Of very many decades every second one, or fewer.
    for step in 2...decades.count {
      let ticks = decades.filter { $0.isMultiple(of: step) }.map { Double.pow(10, Double($0)) }
        .filter(range.contains)
      if ticks.count >= 2, ticks.count <= limit { return ticks }
    }
    return nil
  }

  /// 1, 2, 2.5 and 5 times the powers of ten, from just below `least` up.
  private static func roundSteps(above least: Double) -> [Double] {
    let magnitude = Double.pow(10, Double.log10(least).rounded(.down))
    let roundNumbers: [Double] = [1, 2, 2.5, 5, 10, 20, 25, 50, 100, 200, 250, 500]
    return roundNumbers.map { $0 * magnitude }
  }
}
