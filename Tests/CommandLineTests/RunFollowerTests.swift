import Experiment
import Foundation
import Sessions
import Testing

@testable import fmnist_tui

@Suite struct RunFollowerTests {
  private let runs: RecordedRuns
  private let queue = EventQueue()

  init() throws { runs = try RecordedRuns() }

  /// All events that come until one fits, as a person would wait for it.
  private func events(until isLast: (TrainingEvent) -> Bool) -> [TrainingEvent] {
    var events: [TrainingEvent] = []
    while !events.contains(where: isLast), queue.waitForEvents(seconds: 20) { events += queue.drain() }
    return events
  }

  private func isEvaluated(_ run: Int, _ epoch: Int) -> (TrainingEvent) -> Bool {
    { event in
      guard case .epochEvaluated(let evaluated) = event else { return false }
      return evaluated.position.run == RunID(run) && evaluated.position.epoch == epoch
    }
  }

  @Test func finishedRunsAreToldAtOnceAndNumberedThrough() throws {
    let sessions = try [runs.complete(), runs.complete(learningRate: 0.1)].map(RecordedSession.init)
    let follower = RunFollower(sessions, events: queue)
    follower.start()
    follower.waitUntilEnded()
    let events = queue.drain()
    let starts = events.compactMap { if case .runStarted(let start) = $0 { start } else { nil } }
    #expect(Set(starts.map(\.run)) == Set((0..<4).map { RunID($0) }))
    #expect(starts.last { $0.run == RunID(2) }?.name == "exp2 with dropout")
    #expect(starts.first { $0.run == RunID(3) }?.configuration.learningRate == 0.1)
    let ends = events.compactMap { if case .runEnded(let end) = $0 { end } else { nil } }
    #expect(ends.count == 4 && ends.allSatisfy { $0.reason == .completed })
    #expect(events.count == 4 * (1 + 2 * 3 + 1))
  }

  @Test func whatIsWrittenLaterFollowsAndNothingTwice() throws {
    let writer = try runs.begin()
    try runs.write(runs.steps(1...1), with: writer)
    let follower = RunFollower([try RecordedSession(writer.folder)], events: queue)
    follower.start()
    var told = events(until: isEvaluated(1, 1))
    try runs.write([runs.changed(20, from: 0.5, to: 0.25)] + runs.steps(2...2), with: writer)
    told += events(until: isEvaluated(1, 2))
    try runs.write(runs.steps(3...3) + [runs.ended(0), runs.ended(1)], with: writer)
    told += events { if case .runEnded(let end) = $0 { end.position.run == RunID(1) } else { false } }
    follower.sendToAll(.stop)
    follower.waitUntilEnded()
    #expect(told == (try RunReader(writer.folder).events().events.map(\.event)))
    withExtendedLifetime(writer) {}
  }

  @Test func aForkThatBeginsLaterIsShown() throws {
    let writer = try runs.begin()
    try runs.write(runs.steps(1...1), with: writer)
    let follower = RunFollower([try RecordedSession(writer.folder)], events: queue)
    follower.start()
    let before = events(until: isEvaluated(1, 1))
    var start = try #require(
      before.lazy.compactMap { if case .runStarted(let start) = $0 { start } else { nil } }.first)
    (start.run, start.forkedFrom) = (RunID(2), ForkPoint(run: RunID(0), step: 20))
    try runs.write([.runStarted(start)], with: writer)
    let after = events { if case .runStarted(let start) = $0 { start.run == RunID(2) } else { false } }
    #expect(after == [.runStarted(start)])
    follower.sendToAll(.stop)
    follower.waitUntilEnded()
    withExtendedLifetime(writer) {}
  }

  @Test func aRunWhoseProgramWasKilledEndsWhereItWas() throws {
    let folder = try { () throws -> RunFolder in
      let writer = try runs.begin()
      try runs.write(runs.steps(1...2), with: writer)
      return writer.folder
    }()
    let follower = RunFollower([try RecordedSession(folder)], events: queue)
    follower.start()
    follower.waitUntilEnded()
    let ends = queue.drain().compactMap { if case .runEnded(let end) = $0 { end } else { nil } }
    #expect(ends.map(\.reason) == [.stopped, .stopped])
    #expect(ends.allSatisfy { $0.position.step == 40 && $0.position.epoch == 2 })
  }

  @Test func aRestartIsToldFromItsBeginning() throws {
    let writer = try runs.begin()
    try runs.write(runs.steps(1...2), with: writer)
    let follower = RunFollower([try RecordedSession(writer.folder)], events: queue)
    follower.start()
    var history = RunHistory()
    let before = events(until: isEvaluated(1, 2))
    for event in before where event.run == RunID(0) { history.record(event) }
    #expect(history.epochs.count == 2)
    let starts = before.filter { if case .runStarted = $0 { true } else { false } }
    try runs.write(starts + runs.steps(1...1), with: writer)
    for event in events(until: isEvaluated(1, 1)) where event.run == RunID(0) { history.record(event) }
    follower.sendToAll(.stop)
    follower.waitUntilEnded()
    #expect(history.epochs.map(\.position.epoch) == [1])
    withExtendedLifetime(writer) {}
  }
}
