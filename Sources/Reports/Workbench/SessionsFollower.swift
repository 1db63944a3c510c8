import Dispatch
import Experiment
internal import Platform
package import Sessions

/// The rows of a directory's sessions.
package struct SessionRows: Sendable, Hashable {
  /// The rows, in the order of the folders.
  package private(set) var rows: [SessionRow] = []
  /// Which settings of all of them are worth telling.
  package private(set) var overview = SettingsOverview([])
  /// Why the directory cannot be read, if it cannot.
  package private(set) var problem: String?
  /// Changes with every change of the rows; 0 before anything was read.
  package private(set) var version = 0

  /// Nothing read yet.
  package init() {}

  /// Takes in the sessions that are there now.
  package mutating func take(_ sessions: [ListedSession]) {
    (rows, overview, problem) = (SessionRow.rows(of: sessions), SettingsOverview(of: sessions), nil)
    version += 1
  }

  /// Takes in that the directory cannot be read; the rows stay.
  mutating func take(_ error: RunLogError) {
    guard problem != error.description else { return }
    problem = error.description
    version += 1
  }

  package static func == (first: SessionRows, second: SessionRows) -> Bool { first.version == second.version }

  package func hash(into hasher: inout Hasher) { hasher.combine(version) }
}

/// Follows the sessions in a directory on a queue of its own, as long as somebody looks.
package final class SessionsFollower: Sendable {
  /// Reading takes at most this share of the time, however many sessions there are.
  private static let share = 0.1
  private static let shortestPause = 1.0

  private let directory: String
  private let published = Guarded(SessionRows())
  private let isStopped = Guarded(false)
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
        if isNew || rows.version == 0 || rows.problem != nil { rows.take(known.sessions) }
      } catch {
        rows.take(error)
      }
      published.withLock { $0 = rows }
      let seconds = (clock.now - start).inSeconds
      _ = wake.wait(timeout: .now() + max(Self.shortestPause, seconds / Self.share))
    }
  }
}
