package import Experiment
import TerminalUI

/// How fast a sweep goes: what a thread gets done in a second, and how long what is left takes all of them.
///
/// Of others who make the runs nobody knows how many threads they have: all of them count as one.
package struct SweepPace: Hashable, Sendable {
  private let threads: Int
  private let isOfOthers: Bool
  /// By seconds of threads that had something to do: how many of them that were changes.
  private var speed = SpeedEstimate(window: 300)
  private var threadSeconds = 0.0
  private var busyThreads = 0
  private var latest: Double?
  /// Seconds that it has been at work.
  package private(set) var seconds = 0.0
  /// Seconds until the end at the present speed, or `nil` while that is unknown.
  package private(set) var secondsRemaining: Double?

  /// The pace of so many threads, of which nothing is known, or of others.
  package init(threads: Int, isOfOthers: Bool = false) {
    self.threads = isOfOthers ? 1 : threads
    self.isOfOthers = isOfOthers
  }

  /// Takes in how far the sweep is at the time `seconds`, of which pauses are no part.
  package mutating func record(_ progress: SweepProgress, at seconds: Double) {
    let passed = seconds - (latest ?? seconds)
    latest = seconds
    self.seconds += passed
    threadSeconds += passed * Double(busyThreads)
    busyThreads = isOfOthers ? 1 : progress.running.count
    speed.record(completed: progress.effort, at: threadSeconds)
    secondsRemaining = speed.perSecond.flatMap {
      $0 > 0 ? progress.longestRest(threads: threads) / $0 : nil
    }
  }
}
