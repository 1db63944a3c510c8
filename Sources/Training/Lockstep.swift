internal import Experiment
internal import Platform
internal import Synchronization

/// Lets the runs of a session wait for each other, so that none is more than a step ahead of another.
///
/// Who waits changes no bit of a run. Runs that pause do so at the same step: a step that one of them has begun is made by all.
final class Lockstep: Sendable {
  private struct State {
    /// Updates that each run which computes has made.
    var made: [RunID: Int] = [:]
    /// The step that each run has begun, or begins next.
    var begun: [RunID: Int] = [:]
    /// The runs that begin no step but those that others have begun.
    var halting: Set<RunID> = []
    /// Where runs wait for a person.
    var paused: [RunID: Int] = [:]
    /// The runs that wait for others, and what wakes them.
    var waiting: [RunID: RunControl] = [:]

    mutating func wake() {
      for control in waiting.values { control.wake() }
      waiting = [:]
    }
  }

  private let state = Guarded(State())
  private let isOnNow: Atomic<Bool>

  init(isOn: Bool) {
    isOnNow = Atomic(isOn)
  }

  /// Whether runs wait for each other.
  var isOn: Bool {
    get { isOnNow.load(ordering: .acquiring) }
    set {
      isOnNow.store(newValue, ordering: .releasing)
      state.withLock { $0.wake() }
    }
  }

  /// Takes in that a run has made so many updates.
  func reach(_ step: Int, by run: RunID) {
    guard isOn else { return }
    state.withLock { state in
      guard state.made[run] != step else { return }
      state.made[run] = step
      state.wake()
    }
  }

  /// Whether a run may begin its next step; if not, `control` is woken once that may have changed.
  func begins(_ run: RunID, wakes control: RunControl) -> Bool {
    guard isOn else { return true }
    return state.withLock { state in
      guard let step = state.made[run] else { return true }
      let isHalting = state.halting.contains(run)
      // Who halts still makes the steps that others have begun, and then waits to be told what for.
      if isHalting, state.begun.values.contains(where: { $0 > step }) { return true }
      guard !isHalting, state.made.values.allSatisfy({ $0 >= step }) else {
        state.waiting[run] = control
        return false
      }
      state.begun[run] = step + 1
      return true
    }
  }

  /// Lets a run begin no step any more but those that others have begun.
  func halt(_ run: RunID) { state.withLock { _ = $0.halting.insert(run) } }

  /// Lets no run begin a step any more but those that others have begun; each is about to be told what for.
  func haltAll() {
    guard isOn else { return }
    state.withLock { $0.halting = Set($0.made.keys) }
  }

  /// Whether a run that halts is where all of them halt.
  func hasArrived(_ run: RunID) -> Bool {
    guard isOn else { return true }
    return state.withLock { state in
      state.made[run].map { step in state.begun.values.allSatisfy { $0 <= step } } ?? true
    }
  }

  /// Takes in that a run waits for a person or has ended, so that nobody waits for it.
  func leave(_ run: RunID, hasEnded: Bool) {
    state.withLock { state in
      // Those that have not arrived yet still have to come as far as this one.
      state.begun[run] = hasEnded ? nil : state.made[run]
      state.paused[run] = state.begun[run]
      state.made[run] = nil
      state.halting.remove(run)
      state.wake()
    }
  }

  /// Takes in that a run which was paused after so many updates goes on; if all are to halt again, it does so with them.
  func goOn(_ run: RunID, from step: Int) {
    state.withLock { state in (state.begun[run], state.paused[run]) = (nil, nil) }
    reach(step, by: run)
  }

  /// Takes in that a run which was to halt goes on instead.
  func goOnInsteadOfHalting(_ run: RunID) {
    state.withLock { state in
      state.halting.remove(run)
      state.wake()
    }
  }

  /// Lets no run begin a step before all those that are paused have gone on.
  func goOnAll() {
    guard isOn else { return }
    state.withLock { state in
      for (run, step) in state.paused { (state.made[run], state.begun[run]) = (step, nil) }
      state.paused = [:]
    }
  }
}
