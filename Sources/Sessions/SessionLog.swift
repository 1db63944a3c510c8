internal import Dispatch
public import Experiment
internal import Platform
internal import Synchronization

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Writes a session's events on a queue of its own, so that a slow or full disk delays nobody.
///
/// While the disk is behind, neighbouring steps are merged: memory stays bounded.
public final class SessionLog: Sendable {
  /// What writes, used by one thread at a time.
  private struct Writers {
    let run: RunWriter
    let tensorBoard: TensorBoardLog?
  }

  /// Whatever is published here is written, at the latest with the next `wake` or `flush`.
  public let events = EventQueue()
  private let writers: Guarded<Writers>
  private let queue = DispatchQueue(label: "run log", qos: .utility)
  private let isScheduled = Atomic(false)
  /// What cannot be written.
  public let problems = WritingProblems()

  /// A log that writes with `run` and, if it is given, with `tensorBoard`.
  public init(_ run: sending RunWriter, tensorBoard: sending TensorBoardLog? = nil) {
    writers = Guarded(Writers(run: run, tensorBoard: tensorBoard))
  }

  /// Has what was published written; returns at once.
  public func wake() {
    guard !isScheduled.exchange(true, ordering: .acquiringAndReleasing) else { return }
    queue.async { self.drain() }
  }

  /// Waits until all that was published would survive a power failure.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public func flush() throws(RunLogError) {
    queue.sync { drain() }
    do throws(RunLogError) {
      try writers.withLock { writers throws(RunLogError) in
        try writers.run.flush(at: Date().timeIntervalSince1970)
      }
      problems.note(nil, of: .figures)
    } catch {
      problems.note(error, of: .figures)
      throw error
    }
  }

  /// Writes what is left and the summary, and waits until all of it is on the disk.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public func finish(weightsSHA256: [RunID: String] = [:]) throws(RunLogError) {
    queue.sync { drain() }
    try writers.withLock { writers throws(RunLogError) in
      try writers.run.finish(weightsSHA256: weightsSHA256, at: Date().timeIntervalSince1970)
      try writers.tensorBoard?.flush()
    }
    for part in [WritingProblems.Part.figures, .tensorBoard] { problems.note(nil, of: part) }
  }

  private func drain() {
    // Before the queue is emptied: an event that comes later schedules anew.
    isScheduled.store(false, ordering: .sequentiallyConsistent)
    let drained = events.drain()
    guard !drained.isEmpty else { return }
    writers.withLock { writers in
      let time = Date().timeIntervalSince1970
      for event in drained {
        // Both get every event; after a failure they try again with the next.
        problems.attempt(.figures) { () throws(RunLogError) in try writers.run.record(event, at: time) }
        problems.attempt(.tensorBoard) { () throws(RunLogError) in
          try writers.tensorBoard?.record(event, at: time)
        }
      }
    }
  }
}
