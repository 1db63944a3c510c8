import Dispatch
import Experiment
import Sessions
import Synchronization

/// The rows of a directory's sessions.
package struct SessionRows: Sendable, Hashable {
  /// The rows, in the order of the folders.
  package var rows: [SessionRow] = []
  /// Why the directory cannot be read, if it cannot.
  package var problem: String?
  /// Changes with every change of the rows; 0 before anything was read.
  package var version = 0

  /// Nothing read yet.
  package init() {}

  package static func == (first: SessionRows, second: SessionRows) -> Bool { first.version == second.version }

  package func hash(into hasher: inout Hasher) { hasher.combine(version) }
}

/// Follows the sessions in a directory on a queue of its own, as long as somebody looks.
package final class SessionsFollower: Sendable {
  /// Reading takes at most this share of the time, however many sessions there are.
  private static let share = 0.1
  private static let shortestPause = 1.0

  private let directory: String
  private let published = Mutex(SessionRows())
  private let isStopped = Mutex(false)
  private let wake = DispatchSemaphore(value: 0)
  private let unfinished = DispatchGroup()

  /// Begins to read the sessions in `directory`.
  package init(_ directory: String) {
    self.directory = directory
    DispatchQueue(label: "sessions").async(group: unfinished) { self.follow() }
  }

  /// What is known now.
  package var found: SessionRows { published.withLock { $0 } }

  /// Reads again without a pause: something was changed.
  package func look() { wake.signal() }

  /// Ends the reading.
  package func stop() {
    isStopped.withLock { $0 = true }
    wake.signal()
    unfinished.wait()
  }

  private func follow() {
    var known = ListedSessions()
    let clock = ContinuousClock()
    while !isStopped.withLock({ $0 }) {
      let start = clock.now
      var rows = found
      do throws(RunLogError) {
        let isNew = try known.read(in: directory)
        if isNew || rows.version == 0 || rows.problem != nil {
          (rows.rows, rows.problem) = (SessionRow.rows(of: known.sessions), nil)
          rows.version += 1
        }
      } catch {
        if rows.problem != error.description { rows.version += 1 }
        rows.problem = error.description
      }
      published.withLock { $0 = rows }
      let seconds = (clock.now - start).inSeconds
      _ = wake.wait(timeout: .now() + max(Self.shortestPause, seconds / Self.share))
    }
  }
}
