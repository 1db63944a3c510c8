internal import Messages

/// How a setting changes while a run is under way.
public struct LiveSetting: Sendable {
  /// The next value, up or down.
  public enum Step: Sendable {
    /// Multiples of a number, between two bounds.
    case add(Double, ClosedRange<Double>)
    /// A factor, between two bounds; below the lower one there may be 0.
    case scale(Double, ClosedRange<Double>, reachesZero: Bool)
    /// One text after the other.
    case cycle([String])
  }

  /// How a mark in a chart names it.
  public let symbol: String
  /// The keys that lower and raise it, or the one that goes on to the next; none where it has keys of its own.
  public var keys: [Character] = []
  /// How far a key goes.
  public let step: Step
  /// Decimals of its values, where they all have as many.
  public var decimals: Int?
  /// Whether each hidden layer has a value of its own.
  public var isPerLayer = false
  /// Whether the keys are among those that are always shown.
  public var isProminent = false
  /// Whether epochs keep the value with which they began.
  public var isPerEpoch = false
}

extension LiveSetting.Step {
  /// The step in words: `÷ or × 2`.
  public var words: String {
    switch self {
    case .add(let step, _): "−/+ \(SettingText.number(step))"
    // A slash beside it would hide the sign where `÷` has to be written as one.
    case .scale(let factor, _, _):
      says("÷ or × \(SettingText.number(factor))", "÷ 或 × \(SettingText.number(factor))")
    case .cycle: "→"
    }
  }

  /// The value after `value`, or before it.
  public func next(_ value: SettingValue, up: Bool) -> SettingValue? {
    switch (value, self) {
    case (.text(let text), .cycle(let texts)):
      texts.isEmpty
        ? nil : .text(texts[((texts.firstIndex(of: text) ?? -1) + (up ? 1 : texts.count - 1)) % texts.count])
    case (.integer, _):
      value.number.flatMap { next($0, up) }.flatMap { Int(exactly: $0.rounded()) }.map { .integer($0) }
    case (.number(let number), _): next(number, up).map { .number($0.rounded(significantDigits: 4)) }
    default: nil
    }
  }

  private func next(_ value: Double, _ up: Bool) -> Double? {
    switch self {
    case .add(let step, let range):
      // Multiples of a whole part of 1, so that ten steps of 0.05 are exactly 0.5.
      let parts = step < 1 ? (1 / step).rounded() : 1 / step
      let multiple = (value * parts + (up ? 1 : -1)).rounded()
      return min(max(multiple / parts, range.lowerBound), range.upperBound)
    case .scale(let factor, let range, let reachesZero):
      let scaled = up ? value * factor : value / factor
      if !up, scaled < range.lowerBound { return reachesZero ? 0 : range.lowerBound }
      return min(max(scaled, range.lowerBound), range.upperBound)
    case .cycle: return nil
    }
  }
}

extension Double {
  /// The nearest number with so many significant decimal digits: what a person sees is what is set.
  public func rounded(significantDigits digits: Int) -> Double {
    guard self != 0, isFinite else { return self }
    var scale = 1.0
    let limit = (0..<digits).reduce(1.0) { limit, _ in limit * 10 }
    while magnitude * scale < limit / 10 { scale *= 10 }
    while magnitude * scale >= limit { scale /= 10 }
    return (self * scale).rounded() / scale
  }
}
