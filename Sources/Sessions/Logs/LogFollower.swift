import Dispatch
import Experiment
import Platform

/// Follows logs on a queue of its own, as long as somebody looks.
package final class LogFollower: Sendable {
  /// Pictures need no news more often.
  private static let publishingSeconds = 0.15
  private static let shortestPause = 0.2
  private static let scanningSeconds = 2.0

  private let published = Guarded(FoundLogs())
  private let stopped = DispatchSemaphore(value: 0)
  private let unfinished = DispatchGroup()

  /// Finds the logs at `paths` and begins to read them; `-` is the descriptor `standardInput`.
  ///
  /// - Throws: `RunLogError` if there is nothing at one of them that can be read.
  package init(_ paths: [String], standardInput: Int32 = 0) throws(RunLogError) {
    let collection = try LogCollection(paths, standardInput: standardInput)
    DispatchQueue(label: "logs").async(group: unfinished) { self.follow(collection) }
  }

  /// What is known now.
  package var found: FoundLogs { published.withLock { $0 } }

  /// Ends the reading.
  package func stop() {
    stopped.signal()
    unfinished.wait()
  }

  /// All that is at `paths` now, and all that a pipe brings until its end; `isInterrupted` ends that early.
  ///
  /// - Throws: `RunLogError` if there is nothing at one of them that can be read.
  package static func read(_ paths: [String], while isWanted: () -> Bool) throws(RunLogError) -> FoundLogs {
    var collection = try LogCollection(paths)
    while isWanted() {
      let isNew = collection.read(until: { !isWanted() })
      if !isNew {
        guard collection.hasMore else { break }
        usleep(20_000)
      }
    }
    collection.finish()
    return collection.found
  }

  private func follow(_ collection: LogCollection) {
    var collection = collection
    let clock = ContinuousClock()
    var (publishedAt, scannedAt) = (clock.now - .seconds(1), clock.now)
    var scanningSeconds = Self.scanningSeconds
    var (version, hasNews) = (0, true)
    while true {
      let isNew = collection.read { (clock.now - publishedAt).inSeconds > Self.publishingSeconds }
      hasNews = hasNews || isNew
      if hasNews, !isNew || (clock.now - publishedAt).inSeconds > Self.publishingSeconds {
        version += 1
        var found = collection.found
        found.version = version
        published.withLock { [found] in $0 = found }
        (publishedAt, hasNews) = (clock.now, false)
      }
      if (clock.now - scannedAt).inSeconds > scanningSeconds {
        let start = clock.now
        collection.scan()
        // A tenth of the time is spent on looking at most.
        scannedAt = clock.now
        scanningSeconds = max(Self.scanningSeconds, 10 * (scannedAt - start).inSeconds)
      }
      if stopped.wait(timeout: isNew ? .now() : .now() + Self.shortestPause) == .success { return }
    }
  }
}
