/// The speed of some work over a moving window of time.
public struct SpeedEstimate: Hashable, Sendable {
  private struct Sample: Hashable {
    let completed: Double
    let seconds: Double
  }

  private var samples: [Sample] = []
  private let window: Double

  /// An estimate over the latest `window` seconds.
  public init(window: Double = 10) {
    self.window = window
  }

  /// Notes that `completed` units of work were done at the time `seconds`.
  ///
  /// Times must not run backwards; samples closer than a hundredth of the window replace each other, which
  /// bounds the memory.
  public mutating func record(completed: Double, at seconds: Double) {
    if let last = samples.last, samples.count > 1, seconds - samples[samples.count - 2].seconds < window / 100
    {
      if seconds >= last.seconds {
        samples[samples.count - 1] = Sample(completed: completed, seconds: seconds)
      }
    } else {
      samples.append(Sample(completed: completed, seconds: seconds))
    }
    let start = samples.firstIndex { $0.seconds >= seconds - window } ?? 0
    if start > 1 { samples.removeFirst(start - 1) }
  }

  /// Units of work per second, or `nil` until two times are known.
  public var perSecond: Double? {
    guard let first = samples.first, let last = samples.last, last.seconds > first.seconds else { return nil }
    return (last.completed - first.completed) / (last.seconds - first.seconds)
  }

  /// Seconds until `total` units are done at this speed, or `nil` while nothing moves.
  public func secondsRemaining(total: Double) -> Double? {
    guard let speed = perSecond, speed > 0, let last = samples.last else { return nil }
    return max(0, total - last.completed) / speed
  }
}
