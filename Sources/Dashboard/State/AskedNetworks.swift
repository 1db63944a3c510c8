import Experiment

/// What the networks of the runs were asked for last: a page asks again when it wants something else, or when a run has moved on,
/// of a run that moves no more than once a second.
struct AskedNetworks: Hashable, Sendable {
  private struct Look: Hashable, Sendable {
    var wanted: [Int]
    var step: Int
    var seconds: Double
  }

  private static let secondsBetweenLooks = 1.0
  private var looks: [RunID: Look] = [:]

  /// Whether a run at a step is to be asked at the time `seconds` for what the numbers stand for; if so, it counts as asked.
  mutating func isDue(_ run: RunState, about wanted: [Int] = [], at step: Int, seconds: Double) -> Bool {
    if let look = looks[run.id], look.wanted == wanted {
      let isSoon = run.isMoving && seconds - look.seconds < Self.secondsBetweenLooks
      if look.step == step || isSoon { return false }
    }
    looks[run.id] = Look(wanted: wanted, step: step, seconds: seconds)
    return true
  }
}
