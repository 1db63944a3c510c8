/// Starts of further runs in the order of their letters: each run has a queue of its own, so that one may be told before
/// the start of the run before it.
public struct StartsInOrder: Sendable {
  private var early: [RunID: RunStarted] = [:]

  /// No starts yet.
  public init() {}

  /// Takes a start where `count` runs are known, and returns those that follow these runs without a gap.
  public mutating func take(_ start: RunStarted, after count: Int) -> [RunStarted] {
    guard start.run.index >= count else { return [] }
    early[start.run] = start
    var next: [RunStarted] = []
    while let start = early.removeValue(forKey: RunID(count + next.count)) { next.append(start) }
    return next
  }
}
