import Dispatch
package import Experiment
import Training

/// Publishes what the folders of recorded runs tell, and goes on as long as other programs write them.
///
/// It only reads: of all commands it knows those that ask something, which the runs' checkpoints answer, and to stop
/// following.
package final class RunFollower: EventSource {
  private let sessions: [RecordedSession]
  private let events: EventQueue
  private let checkpoints: RecordedCheckpoints?
  private let stopped = DispatchSemaphore(value: 0)
  private let unfinished = DispatchGroup()

  /// A follower of sessions whose runs are numbered through.
  package init(_ sessions: [RecordedSession], events: EventQueue, checkpoints: RecordedCheckpoints? = nil) {
    self.sessions = sessions
    self.events = events
    self.checkpoints = checkpoints
  }

  package func start() {
    let (sessions, events, stopped) = (sessions, events, stopped)
    DispatchQueue(label: "follower").async(group: unfinished) {
      var firstRun = 0
      var folders: [FollowedFolder] = []
      for session in sessions {
        folders.append(
          FollowedFolder(
            session, firstRun: firstRun, isLast: folders.count == sessions.count - 1,
            isPrefixed: sessions.count > 1))
        firstRun += session.runs.count
      }
      Self.follow(folders, events: events, stopped: stopped)
    }
  }

  package func send(_ command: TrainingCommand, to run: RunID) {
    if command == .stop { return sendToAll(command) }
    checkpoints?.ask(command, of: run, answeringTo: events)
  }

  package func sendToAll(_ command: TrainingCommand) {
    guard command == .stop else { return }
    checkpoints?.stop()
    stopped.signal()
  }

  package func waitUntilEnded() { unfinished.wait() }

  private static let shortestPause = 0.25

  private static func follow(
    _ folders: [FollowedFolder], events: EventQueue, stopped: DispatchSemaphore
  ) {
    var folders = folders
    let clock = ContinuousClock()
    while !folders.isEmpty {
      let start = clock.now
      for index in folders.indices.reversed() {
        let (news, isOver) = folders[index].read()
        for event in news { events.publish(event) }
        if isOver { folders.remove(at: index) }
      }
      // A long recording takes a while to read: at most a fifth of the time is spent on it.
      let pause = max(shortestPause, 4 * (clock.now - start).inSeconds)
      if stopped.wait(timeout: .now() + pause) == .success { return }
    }
  }
}

/// A folder that may be written while it is read, and what it has told so far.
private struct FollowedFolder {
  private let reader: RunReader
  private let firstRun: Int
  private var runs: Range<Int>
  /// The most runs that are shown of it: those known when it was opened, or with forks that begin later.
  private let largestRunCount: Int
  private let isPrefixed: Bool
  private var told: [RunID: [TrainingEvent]] = [:]

  /// Of the last folder also those runs are shown that begin later; of others, their numbers are taken by the next one.
  package init(_ session: RecordedSession, firstRun: Int, isLast: Bool, isPrefixed: Bool) {
    reader = RunReader(session.folder)
    self.firstRun = firstRun
    runs = session.runs.indices
    largestRunCount =
      isLast ? max(runs.count, RunID.largestCount - firstRun) : runs.count
    self.isPrefixed = isPrefixed
  }

  /// What is new, and whether nothing can follow.
  ///
  /// A run that went on from a checkpoint, or was restarted, is told from its beginning.
  package mutating func read() -> (news: [TrainingEvent], isOver: Bool) {
    // Asked first: what is written in between is read, too.
    let isBeingWritten = reader.folder.isBeingWritten
    let events: [TrainingEvent]
    do {
      events = try reader.events().events.map(\.event).filter { $0.run.index < largestRunCount }
    } catch {
      return (ends(.failed(message: error.description)).map(renumbered), true)
    }
    let all = Dictionary(grouping: events, by: \.run)
    var known = all.mapValues { events in
      let told = told[events[0].run] ?? []
      return events.count >= told.count && zip(told, events).allSatisfy { $0.isSame(as: $1) } ? told.count : 0
    }
    let news = events.filter { event in
      guard let count = known[event.run], count > 0 else { return true }
      known[event.run] = count - 1
      return false
    }
    told = all
    runs = 0..<max(runs.count, (all.keys.map(\.index).max() ?? -1) + 1)
    return ((news + (isBeingWritten ? [] : ends(.stopped))).map(renumbered), !isBeingWritten)
  }

  /// Ends of the runs that have none, because their program was killed.
  private func ends(_ reason: RunEnded.Reason) -> [TrainingEvent] {
    runs.compactMap { index in
      let events = told[RunID(index)] ?? []
      if case .runEnded = events.last?.kind { return nil }
      return TrainingEvent(
        .runEnded(RunEnded(reason)), at: events.last?.position ?? .beginning(of: RunID(index)))
    }
  }

  /// The event with the run's number among all runs that are shown.
  private func renumbered(_ event: TrainingEvent) -> TrainingEvent {
    event.moved(to: RunID(firstRun + event.run.index), prefix: isPrefixed ? reader.folder.name + " " : "")
  }
}

extension TrainingEvent {
  /// Whether it is the same as another one of the same run; figures that are not a number equal nothing.
  fileprivate func isSame(as other: TrainingEvent) -> Bool {
    guard position == other.position else { return false }
    return switch (kind, other.kind) {
    case (.stepsCompleted(let first), .stepsCompleted(let second)): first.count == second.count
    case (.epochEvaluated, .epochEvaluated): true
    default: self == other
    }
  }

  /// The same event of another run, whose name gets a prefix.
  fileprivate func moved(to run: RunID, prefix: String) -> TrainingEvent {
    var event = self
    event.position.run = run
    switch kind {
    case .runStarted(var start):
      if let fork = start.forkedFrom {
        start.forkedFrom?.run = RunID(fork.run.index + run.index - self.run.index)
      }
      start.name = prefix + start.name
      event.kind = .runStarted(start)
    case .runRenamed(let renamed): event.kind = .runRenamed(RunRenamed(name: prefix + renamed.name))
    default: break
    }
    return event
  }
}
