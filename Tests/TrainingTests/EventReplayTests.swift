import Experiment
import Testing

@testable import Training

@Suite struct EventReplayTests {
  /// The events of two runs in turn.
  private static let story: [TrainingEvent] = {
    let plan = RunPlan(name: "run", configuration: SmallExperiment.configuration)
    let events = SmallExperiment.events([plan, plan], threads: 2)
    let runs = (0..<2).map { run in events.filter { $0.run == RunID(run) } }
    return zip(runs[0], runs[1]).flatMap { [$0, $1] }
  }()

  private func replay(every seconds: Double, speed: Double = 1) -> (EventReplay, EventQueue) {
    let queue = EventQueue(capacity: .max)
    let recording = Self.story.enumerated().map { TimedEvent($1, time: Double($0) * seconds) }
    return (EventReplay(recording, speed: speed, events: queue), queue)
  }

  /// Collects events until enough are there; gives up after a minute.
  private func collect(_ queue: EventQueue, until isEnough: ([TrainingEvent]) -> Bool) -> [TrainingEvent] {
    var events: [TrainingEvent] = []
    for _ in 0..<600 {
      _ = queue.waitForEvents(seconds: 0.1)
      events += queue.drain()
      if isEnough(events) { return events }
    }
    Issue.record("the awaited events never came")
    return events
  }

  @Test func everythingIsToldInItsOrder() {
    let (replay, queue) = replay(every: 1e-6)
    replay.start()
    replay.waitUntilEnded()
    #expect(queue.drain() == Self.story)
  }

  @Test func speedShortensTheTime() {
    let clock = ContinuousClock()
    // So much faster that no other work on the machine makes up for it.
    let (interval, speed) = (10.0, 10_000.0)
    let seconds = Double(Self.story.count) * interval
    let (replay, _) = replay(every: interval, speed: speed)
    let duration = clock.measure {
      replay.start()
      replay.waitUntilEnded()
    }
    #expect(duration > .seconds(seconds * 0.9 / speed))
    #expect(duration < .seconds(seconds * 0.9))
  }

  @Test func aPausedReplayTellsNothingUntilItGoesOn() throws {
    let (replay, queue) = replay(every: 0.005)
    replay.start()
    _ = collect(queue) { !$0.steps().isEmpty && !$0.steps(of: 1).isEmpty }
    replay.sendToAll(.pause)
    let paused = collect(queue) { events in
      events.count { if case .paused = $0.kind { true } else { false } } == 2
    }
    #expect(!queue.waitForEvents(seconds: 0.2) || queue.drain().isEmpty)
    replay.sendToAll(.advanceOneStep)
    let stepped = collect(queue) { events in
      events.count { if case .paused = $0.kind { true } else { false } } == 2
    }
    #expect(!stepped.steps().isEmpty && !stepped.steps(of: 1).isEmpty)
    #expect(stepped.steps().count + stepped.steps(of: 1).count < 20)
    replay.sendToAll(.resume)
    replay.waitUntilEnded()
    #expect(queue.drain().last == Self.story.last)
    #expect(!paused.isEmpty)
  }

  @Test func aStoppedReplayEndsItsRuns() {
    let (replay, queue) = replay(every: 0.05)
    replay.start()
    let events = collect(queue) { $0.count > 4 }
    replay.send(.stop, to: RunID(0))
    replay.waitUntilEnded()
    let all = events + queue.drain()
    #expect(all.end()?.reason == .stopped)
    #expect(all.end(of: 1)?.reason == .stopped)
    #expect(all.count < Self.story.count)
  }
}
