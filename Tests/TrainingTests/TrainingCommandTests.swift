import Dispatch
import Experiment
import Foundation
import Testing

@testable import Training

/// A run that is steered: each helper sends a command and waits for the event that answers it.
struct SteeredRun {
  let queue = EventQueue(capacity: .max)
  let engine: TrainingEngine

  init(isWatched: Bool = false, _ change: (inout RunConfiguration) -> Void = { _ in }) {
    var configuration = SmallExperiment.configuration
    configuration.epochs = 1000
    change(&configuration)
    engine = TrainingEngine(
      runs: [RunPlan(name: "run", configuration: configuration)], dataset: SmallExperiment.dataset,
      threads: 1,
      events: queue, isWatched: isWatched)
  }

  func send(_ command: TrainingCommand) { engine.send(command, to: RunID(0)) }

  /// Collects events until one is wanted; gives up after a minute.
  func collect(until isWanted: (TrainingEvent) -> Bool) -> [TrainingEvent] {
    var events: [TrainingEvent] = []
    for _ in 0..<600 {
      _ = queue.waitForEvents(seconds: 0.1)
      events += queue.drain()
      if events.contains(where: isWanted) { return events }
    }
    Issue.record("the awaited event never came")
    return events
  }

  func pause() -> RunPosition? {
    send(.pause)
    return position(of: collect { if case .paused = $0.kind { true } else { false } })
  }

  func position(of events: [TrainingEvent]) -> RunPosition? {
    events.last { if case .paused = $0.kind { true } else { false } }?.position
  }

  func stop() -> Positioned<RunEnded>? {
    send(.stop)
    let events = collect { if case .runEnded = $0.kind { true } else { false } }
    engine.waitUntilEnded()
    return events.end()
  }
}

@Suite struct LockstepTests {
  /// Two runs of different size, so that one would run away from the other.
  private static func plans(epochs: Int) -> [RunPlan] {
    (0..<2).map { run in
      var configuration = SmallExperiment.configuration
      configuration.epochs = epochs
      if run == 1 { configuration.hiddenWidths = [200, 200] }
      return RunPlan(name: "run", configuration: configuration)
    }
  }

  @Test func whoPausesInLockstepIsAtTheSameStep() throws {
    let queue = EventQueue(capacity: .max)
    let engine = TrainingEngine(
      runs: Self.plans(epochs: 100_000), dataset: SmallExperiment.dataset, threads: 2, events: queue,
      isLockstep: true)
    engine.start()
    var steps = [0, 0]
    var farthest = 0
    for round in 0..<40 {
      // They are paused again in the midst of things, and before all of them have gone on.
      if round.isMultiple(of: 2) { usleep(5000) }
      engine.sendToAll(.pause)
      var paused: [RunID: RunPosition] = [:]
      for _ in 0..<3000 where paused.count < 2 {
        _ = queue.waitForEvents(seconds: 0.01)
        for event in queue.drain() {
          if case .paused = event.kind { paused[event.run] = event.position }
          guard case .stepsCompleted = event.kind else { continue }
          steps[event.run.index] = event.position.step
          farthest = max(farthest, abs(steps[0] - steps[1]))
        }
      }
      #expect(try #require(paused[RunID(0)]).step == paused[RunID(1)]?.step)
      engine.sendToAll(.resume)
    }
    #expect(steps[0] > 0 && farthest <= 2)
    // Without it they go on apart; with it again the one waits for the other.
    engine.setLockstep(false)
    engine.send(.pause, to: RunID(1))
    let before = steps[0]
    for _ in 0..<6000 where steps[0] < before + 20 {
      _ = queue.waitForEvents(seconds: 0.01)
      for event in queue.drain() {
        if case .stepsCompleted = event.kind { steps[event.run.index] = event.position.step }
      }
    }
    #expect(steps[0] >= before + 20)
    engine.setLockstep(true)
    engine.sendToAll(.stop)
    engine.waitUntilEnded()
  }

  @Test func lockstepChangesNoBit() {
    func metrics(_ isLockstep: Bool) -> [[Measurements]] {
      let queue = EventQueue(capacity: .max)
      let engine = TrainingEngine(
        runs: Self.plans(epochs: 2), dataset: SmallExperiment.dataset, threads: 2, events: queue,
        isLockstep: isLockstep)
      engine.start()
      engine.waitUntilEnded()
      let evaluations = queue.drain().evaluations()
      return (0..<2).map { run in evaluations.filter { $0.position.run.index == run }.map(\.metrics) }
    }
    #expect(metrics(true) == metrics(false))
  }
}

@Suite struct TrainingCommandTests {
  @Test func aPausedRunMakesNoStepUntilResumed() throws {
    let run = SteeredRun()
    run.engine.start()
    let position = try #require(run.pause())
    #expect(!run.queue.waitForEvents(seconds: 0.2) || run.queue.drain().isEmpty)
    run.send(.resume)
    let events = run.collect { if case .stepsCompleted = $0.kind { true } else { false } }
    #expect(events.first == TrainingEvent(.resumed(Resumed()), at: position))
    #expect(events.steps().first?.position.step == position.step + 1)
    #expect(run.stop()?.reason == .stopped)
  }

  @Test func oneStepIsOneStep() throws {
    let run = SteeredRun()
    run.engine.start()
    let first = try #require(run.pause())
    run.send(.advanceOneStep)
    let events = run.collect { if case .paused = $0.kind { true } else { false } }
    #expect(events.steps().map(\.position.step) == [first.step + 1])
    #expect(run.position(of: events)?.step == first.step + 1)
    #expect(run.stop()?.position.step == first.step + 1)
  }

  @Test func oneEpochEndsAfterItsEvaluation() throws {
    let run = SteeredRun()
    run.send(.pause)
    run.engine.start()
    _ = run.collect { if case .paused = $0.kind { true } else { false } }
    run.send(.advanceOneEpoch)
    let events = run.collect { if case .paused = $0.kind { true } else { false } }
    #expect(events.evaluations().map(\.position.step) == [11])
    #expect(run.position(of: events) == RunPosition(run: RunID(0), step: 11, epoch: 2, batch: 0))
    #expect(run.stop()?.reason == .stopped)
  }

  @Test(
    arguments: [
      (SettingChange(.dropout, layer: 1, to: .number(0.75)), .number(0.5)),
      (SettingChange(.learningRate, to: .number(0.1)), .number(0.5)),
      (SettingChange(.weightDecay, to: .number(0.01)), .number(0)),
      (SettingChange(.l1, to: .number(0.01)), .number(0)),
      (SettingChange(.momentum, to: .number(0.9)), .number(0)),
      (SettingChange(.labelSmoothing, to: .number(0.3)), .number(0)),
      (SettingChange(.augment, to: .text("flip")), .text("none")),
      (SettingChange(.augment, to: .text("shift=2")), .text("none")),
    ] as [(SettingChange, SettingValue)])
  func aChangeIsReportedWithItsStepAndTakesEffectAtTheNext(
    change: SettingChange, oldValue: SettingValue
  ) throws {
    func losses(changing: Bool) -> [Double] {
      let run = SteeredRun()
      run.send(.pause)
      run.engine.start()
      _ = run.collect { if case .paused = $0.kind { true } else { false } }
      run.send(.advanceOneStep)
      var events = run.collect { if case .paused = $0.kind { true } else { false } }
      if changing {
        run.send(.set(change))
        let position = RunPosition(run: RunID(0), step: 1, epoch: 1, batch: 1)
        let changed = Positioned(
          SettingChanged(change.setting, layer: change.layer, from: oldValue, to: change.value), at: position)
        events += run.collect { $0 == changed.event(TrainingEvent.Kind.settingChanged) }
      }
      run.send(.advanceOneEpoch)
      events += run.collect { if case .paused = $0.kind { true } else { false } }
      _ = run.stop()
      return events.steps().map(\.lossSum)
    }
    let changed = losses(changing: true)
    let unchanged = losses(changing: false)
    #expect(changed.count == 11)
    #expect(changed[0] == unchanged[0])
    #expect(changed[2...] != unchanged[2...])
  }

  @Test(arguments: [
    SettingChange(.dropout, layer: 5, to: .number(0.5)), SettingChange(.dropout, layer: -1, to: .number(0.5)),
    SettingChange(.dropout, layer: 0, to: .number(1.5)), SettingChange(.dropout, to: .list([.number(0.5)])),
    SettingChange(.learningRate, to: .number(-1)), SettingChange(.learningRate, to: .number(.nan)),
    SettingChange(.learningRate, to: .number(1001)), SettingChange(.weightDecay, to: .number(-0.1)),
    SettingChange(.learningRate, layer: 0, to: .number(0.1)), SettingChange(.epochs, to: .integer(0)),
    SettingChange(.epochs, to: .number(2)), SettingChange(.l1, to: .number(-1)),
    SettingChange(.labelSmoothing, to: .number(1)), SettingChange(.augment, to: .text("turn")),
    SettingChange(.augment, to: .text("shift=15")), SettingChange(.hidden, to: .list([.integer(8)])),
    SettingChange(.seed, to: .seed(2)),
  ])
  func anImpossibleChangeIsIgnored(change: SettingChange) {
    let run = SteeredRun { $0.epochs = 1 }
    run.send(.set(change))
    run.engine.start()
    let events = run.collect { if case .runEnded = $0.kind { true } else { false } }
    let unchanged = SmallExperiment.events(
      {
        var c = SmallExperiment.configuration
        c.epochs = 1
        return c
      }())
    #expect(events.evaluations().map(\.metrics) == unchanged.evaluations().map(\.metrics))
    #expect(!events.contains { if case .settingChanged = $0.kind { true } else { false } })
  }

  @Test func aStoppedRunEndsInOrderEvenWhilePaused() throws {
    let run = SteeredRun()
    run.engine.start()
    let position = try #require(run.pause())
    #expect(run.stop() == Positioned(RunEnded(.stopped), at: position))
  }

  @Test func aCommandToAnUnknownRunIsIgnored() {
    let run = SteeredRun()
    run.engine.send(.stop, to: RunID(7))
    run.engine.start()
    #expect(run.stop()?.reason == .stopped)
  }
}
