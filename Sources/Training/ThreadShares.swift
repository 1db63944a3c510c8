internal import Experiment

/// Which runs compute, and each with how many threads: dealt out fairly, whatever runs come and go.
///
/// Runs that compute have equal shares, and threads that are left over go round among them. Where there are more runs
/// than threads, each has one thread for a short turn, then the one that has computed least.
struct ThreadShares {
  /// How far runs get ahead of others that wait: long enough that changing costs nothing, short enough that nobody
  /// sees it.
  static let turn = Duration.milliseconds(20)

  private let threads: Int
  private var runs: [RunID: Share] = [:]

  private struct Share {
    /// None while the run waits.
    var threads = 0
    /// Time that its threads have computed, which a newcomer shares with the one that has computed least.
    var used: Duration
    /// When that was last summed up.
    var time: Duration
  }

  init(threads: Int) {
    self.threads = threads
  }

  /// How many threads a run has at present: none while it waits.
  func share(of run: RunID) -> Int { runs[run]?.threads ?? 0 }

  /// Sees to it that a run computes, now or in its turn; to be asked between any two pieces of its work.
  ///
  /// Returns the runs whose waiting is over.
  mutating func continueComputing(_ run: RunID, at time: Duration) -> [RunID] {
    if var share = runs[run] {
      share.used += (time - share.time) * share.threads
      share.time = time
      if let next, share.used >= next.used + Self.turn {
        share.threads = 0
      } else if share.threads > 0 {
        share.threads = min(wanted(by: run, at: time), share.threads + unused)
      }
      runs[run] = share
    } else {
      runs[run] = Share(used: runs.values.map(\.used).min() ?? .zero, time: time)
    }
    return admit(at: time)
  }

  /// Takes back the threads of a run that has nothing to compute; returns the runs whose waiting is over.
  mutating func stopComputing(_ run: RunID, at time: Duration) -> [RunID] {
    runs[run] = nil
    return admit(at: time)
  }

  private var unused: Int { runs.values.reduce(threads) { $0 - $1.threads } }

  /// Of the runs that wait, the one that has computed least.
  private var next: (run: RunID, used: Duration)? {
    runs.lazy.filter { $0.value.threads == 0 }.map { (run: $0.key, used: $0.value.used) }
      .min { ($0.used, $0.run) < ($1.used, $1.run) }
  }

  private mutating func admit(at time: Duration) -> [RunID] {
    var admitted: [RunID] = []
    while unused > 0, let run = next?.run {
      let threads = min(wanted(by: run, at: time), unused)
      runs[run]?.threads = threads
      runs[run]?.time = time
      admitted.append(run)
    }
    return admitted
  }

  /// The share of a run at a time.
  private func wanted(by run: RunID, at time: Duration) -> Int {
    guard runs.count < threads else { return 1 }
    let place = runs.keys.count { $0 < run }
    let turns = Int(time / Self.turn)
    return threads / runs.count + ((place + turns) % runs.count < threads % runs.count ? 1 : 0)
  }
}
