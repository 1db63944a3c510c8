import Dispatch
import Experiment
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
