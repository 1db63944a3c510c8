/// How a run goes on, and how it is to wait once all runs of its lockstep are at the same step.
struct Pace {
  enum Way: Equatable {
    case running
    case paused
    case untilStep(Int)
    case untilEpoch(Int)
    case stopping
    /// As stopping, but it may go on.
    case halting
  }

  private(set) var way = Way.running
  /// What it is to do where all runs of the lockstep have come; nothing is left of it once the run ends.
  private(set) var pending: Way?

  var isPaused: Bool { way == .paused }
  /// Whether the run makes no further step.
  var ends: Bool { way == .stopping || way == .halting }

  /// Ends at once: whatever it was to wait for does not come any more.
  mutating func stop() { (way, pending) = (.stopping, nil) }

  /// Waits where all others have come, which `arrive` tells.
  mutating func wait(as way: Way) { pending = way }

  /// Begins to do what was to wait for the others; tells what.
  mutating func arrive() -> Way? {
    guard let pending else { return nil }
    (way, self.pending) = (pending, nil)
    return pending
  }

  mutating func pause() { way = .paused }

  /// Goes on in one of the ways that end by themselves, or for good.
  mutating func goOn(_ way: Way = .running) { self.way = way }

  /// Goes on after the end: what was asked for before it is of the past.
  mutating func beginAgain() { self = Pace() }

  /// Takes back that it is to pause; returns false if it was not to.
  mutating func takeBackPause() -> Bool {
    guard pending == .paused else { return false }
    pending = nil
    return true
  }
}
