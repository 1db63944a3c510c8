import Experiment
import Foundation
import Sessions
import TestSupport
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
      guard case .epochEvaluated = event.kind else { return false }
      return event.run == RunID(run) && event.position.epoch == epoch
    }
  }

  @Test func finishedRunsAreToldAtOnceAndNumberedThrough() throws {
    let sessions = try [runs.complete(), runs.complete(learningRate: 0.1)].map(RecordedSession.init)
    let follower = RunFollower(sessions, events: queue)
    follower.start()
    follower.waitUntilEnded()
    let events = queue.drain()
    let runs = events.reduce(into: SessionState()) { $0.apply($1) }.runs
    #expect(runs.map(\.id) == (0..<4).map { RunID($0) })
    #expect(runs[2].name == "exp2 with dropout")
    #expect(runs[3].configuration.learningRate == 0.1)
    let ends = events.compactMap { if case .runEnded(let end) = $0.kind { end } else { nil } }
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
    told += events { if case .runEnded = $0.kind { $0.run == RunID(1) } else { false } }
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
      before.lazy.compactMap { if case .runStarted(let start) = $0.kind { start } else { nil } }.first)
    start.forkedFrom = ForkPoint(run: RunID(0), step: 20)
    let fork = TrainingEvent(
      .runStarted(start), at: RunPosition(run: RunID(2), step: 20, epoch: 1, batch: 20))
    try runs.write([fork], with: writer)
    let after = events { if case .runStarted = $0.kind { $0.run == RunID(2) } else { false } }
    #expect(after == [fork])
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
    let ends = queue.drain().compactMap {
      if case .runEnded(let end) = $0.kind { Positioned(end, at: $0.position) } else { nil }
    }
    #expect(ends.map(\.reason) == [.stopped, .stopped])
    #expect(ends.allSatisfy { $0.position.step == 40 && $0.position.epoch == 2 })
  }

  @Test func aRestartIsToldFromItsBeginning() throws {
    let writer = try runs.begin()
    try runs.write(runs.steps(1...2), with: writer)
    let follower = RunFollower([try RecordedSession(writer.folder)], events: queue)
    follower.start()
    var session = SessionState()
    let before = events(until: isEvaluated(1, 2))
    for event in before { session.apply(event) }
    #expect(session.runs[0].epochs.count == 2)
    let starts = before.filter { if case .runStarted = $0.kind { true } else { false } }
    try runs.write(starts + runs.steps(1...1), with: writer)
    for event in events(until: isEvaluated(1, 1)) { session.apply(event) }
    follower.sendToAll(.stop)
    follower.waitUntilEnded()
    #expect(session.runs[0].epochs.map(\.position.epoch) == [1])
    withExtendedLifetime(writer) {}
  }
}
