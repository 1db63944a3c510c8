internal import Dispatch
internal import Experiment
internal import Platform

/// The threads that the runs of a session compute with.
final class SharedThreads: Sendable {
  private struct State {
    var shares: ThreadShares
    /// What the runs sleep on while they wait.
    var sleepers: [RunID: DispatchSemaphore] = [:]

    func wake(_ runs: [RunID]) {
      for run in runs { sleepers[run]?.signal() }
    }
  }

  private let state: Guarded<State>
  private let start = ContinuousClock.now

  /// So many threads for all runs together.
  init(count: Int) {
    state = Guarded(State(shares: ThreadShares(threads: count)))
  }

  /// The number of threads for a run's next piece of work; waits for the run's turn, without using the processor.
  func take(for run: RunID) -> Int {
    let (share, sleeper) = state.withLock { state in
      let sleeper = state.sleepers[run] ?? DispatchSemaphore(value: 0)
      state.sleepers[run] = sleeper
      let admitted = state.shares.continueComputing(run, at: time)
      state.wake(admitted.filter { $0 != run })
      return (state.shares.share(of: run), sleeper)
    }
    guard share == 0 else { return share }
    sleeper.wait()
    return state.withLock { $0.shares.share(of: run) }
  }

  /// Returns the threads of a run that pauses or has ended.
  func giveBack(by run: RunID) {
    state.withLock { state in
      let admitted = state.shares.stopComputing(run, at: time)
      state.wake(admitted)
    }
  }

  private var time: Duration { start.duration(to: .now) }
}
