import Experiment
import Testing

@testable import NeuralNetwork
@testable import Training

@Suite struct ForkTests {
  private static func configuration(variant: Int = 0) -> RunConfiguration {
    var configuration = SmallExperiment.configuration
    CheckpointTests.variants[variant].change(&configuration)
    return configuration
  }

  private static func plan(_ configuration: RunConfiguration = configuration()) -> RunPlan {
    RunPlan(name: "run", configuration: configuration)
  }

  private static func fork(
    of run: Int = 0, after step: Int, _ configuration: RunConfiguration = configuration()
  ) -> RunPlan {
    RunPlan(
      name: "fork", configuration: configuration, beginning: .fork,
      forkedFrom: ForkPoint(run: RunID(run), step: step))
  }

  /// Makes the runs to their end; returns the events, and the last checkpoint of each run.
  private static func run(_ plans: [RunPlan], threads: Int = 2) -> ([TrainingEvent], [RunID: Checkpoint]) {
    let collector = CheckpointTests.Collector()
    let queue = EventQueue(capacity: .max)
    let engine = TrainingEngine(
      runs: plans, dataset: SmallExperiment.dataset, threads: threads, events: queue,
      checkpoints: collector.sink(interval: .seconds(100)))
    engine.start()
    engine.waitUntilEnded()
    let last = collector.all.reduce(into: [RunID: Checkpoint]()) { $0[$1.progress.position.run] = $1 }
    return (queue.drain(), last)
  }

  @Test(arguments: CheckpointTests.variants.indices)
  func anUnchangedForkEndsWithTheBitsOfItsParent(variant: Int) throws {
    let configuration = Self.configuration(variant: variant)
    // Before the first step, within an epoch, between two epochs, and a fork of a fork.
    let (events, last) = Self.run([
      Self.plan(configuration), Self.fork(after: 0, configuration), Self.fork(after: 7, configuration),
      Self.fork(after: 22, configuration), Self.fork(of: 2, after: 15, configuration),
    ])
    let parent = try #require(last[RunID(0)])
    for run in 1...4 {
      let fork = try #require(last[RunID(run)])
      #expect(fork.weights == parent.weights)
      #expect(fork.optimizer == parent.optimizer)
      let metrics = events.evaluations(of: run).map(\.metrics)
      #expect(metrics == events.evaluations().map(\.metrics).suffix(metrics.count))
      // A parent that has stopped early has nothing left for a fork to measure.
      #expect(!metrics.isEmpty || configuration.earlyStopping != nil)
    }
    #expect(events.steps(of: 2).first?.position == RunPosition(run: RunID(2), step: 8, epoch: 1, batch: 8))
    #expect(events.evaluations(of: 2).first?.trainedSamples == events.evaluations().first?.trainedSamples)
  }

  @Test func theBeginningOfAForkIsKeptBeforeItsParentGoesOn() throws {
    let collector = CheckpointTests.Collector()
    let engine = TrainingEngine(
      runs: [Self.plan(), Self.fork(after: 7), Self.fork(of: 1, after: 9)], dataset: SmallExperiment.dataset,
      threads: 2, events: EventQueue(capacity: .max), checkpoints: collector.sink(interval: .zero))
    engine.start()
    engine.waitUntilEnded()
    let places = collector.all.map(\.progress.position)
    for (parent, fork, step) in [(0, 1, 7), (1, 2, 9)] {
      let beginning = try #require(places.firstIndex { $0.run == RunID(fork) })
      #expect(places[beginning].step == step)
      let later = try #require(places.firstIndex { $0.run == RunID(parent) && $0.step > step })
      #expect(beginning < later)
    }
  }

  @Test func aForkIsItsParentWithALiveChange() throws {
    var changed = Self.configuration()
    changed.learningRate = 0.05
    var steered = Self.plan()
    steered.schedule.changes = [
      Positioned(
        SettingChanged(.learningRate, from: .number(0.5), to: .number(0.05)),
        at: RunPosition(run: RunID(0), step: 15, epoch: 2, batch: 4))
    ]
    let (_, last) = Self.run([Self.plan(), Self.fork(after: 15, changed)])
    let (_, expected) = Self.run([steered])
    #expect(last[RunID(1)]?.weights == expected[RunID(0)]?.weights)
    #expect(last[RunID(1)]?.weights != last[RunID(0)]?.weights)
  }

  @Test func aForkAtTheEndGoesOnForFurtherEpochs() throws {
    var longer = Self.configuration()
    longer.epochs = 5
    let (events, last) = Self.run([Self.plan(), Self.fork(after: 33, longer)])
    #expect(events.evaluations(of: 1).map(\.position.epoch) == [4, 5])
    let (_, expected) = Self.run([Self.plan(longer)])
    #expect(last[RunID(1)]?.weights == expected[RunID(0)]?.weights)
  }

  @Test func aForkWhoseParentEndsBeforeNeverBegins() {
    var stopped = Self.plan()
    stopped.schedule.stop = 5
    let (events, _) = Self.run([stopped, Self.fork(after: 9), Self.fork(of: 1, after: 20)])
    for run in 1...2 {
      #expect(events.end(of: run)?.reason == .stopped)
      #expect(events.steps(of: run).isEmpty)
    }
  }

  @Test func aForkOfARemovedRunNeverBegins() {
    var removed = Self.plan()
    removed.isRemoved = true
    let (events, _) = Self.run([
      Self.plan(), removed, Self.fork(of: 1, after: 9), Self.fork(of: 2, after: 20),
    ])
    #expect(events.end(of: 0)?.reason == .completed)
    for run in 2...3 { #expect(events.end(of: run)?.reason == .stopped) }
  }

  @Test func changesToComeAreToldAtTheStart() {
    var plan = Self.plan()
    let change = Positioned(
      SettingChanged(.learningRate, from: .number(0.5), to: .number(0.05)),
      at: RunPosition(run: RunID(7), step: 15, epoch: 2, batch: 4))
    plan.schedule.changes = [change]
    let (events, _) = Self.run([plan, Self.plan()])
    let starts = events.compactMap {
      if case .runStarted(let start) = $0.kind { ($0.run, start) } else { nil }
    }
    .sorted { $0.0 < $1.0 }.map(\.1)
    #expect(starts[0].scheduled.map(\.position.run) == [RunID(0)], "it is the run's own")
    #expect(starts[0].scheduled.map(\.newValue) == [.number(0.05)])
    #expect(starts[1].scheduled.isEmpty)
  }

  @Test func aForkWhoseBeginningIsGoneBySaysSo() throws {
    let (_, last) = Self.run([Self.plan()])
    let late = RunPlan(
      name: "run", configuration: Self.configuration(),
      beginning: .checkpoint(try #require(last[RunID(0)])))
    let (events, _) = Self.run([late, Self.fork(after: 9)])
    #expect(events.end(of: 1)?.reason == .failed(message: "nothing was kept of its beginning"))
  }

  @Test func aPausedRunIsForkedWhereItWaits() throws {
    let run = SteeredRun(isWatched: true) { $0.epochs = 3 }
    run.engine.start()
    let position = try #require(run.pause())
    var changes = GivenSettings()
    changes[.dropout] = "0,0"
    changes[.epochs] = "\(position.epoch)"
    run.send(.fork(changing: changes))
    var events = run.collect { if case .paused = $0.kind { true } else { false } }
    #expect(run.position(of: events)?.run == RunID(1), "it waits as its parent does")
    #expect(run.position(of: events)?.step == position.step)
    run.engine.send(.resume, to: RunID(1))
    events += run.collect { if case .runEnded = $0.kind { true } else { false } }
    let start = events.compactMap {
      if case .runStarted(let start) = $0.kind { Positioned(start, at: $0.position) } else { nil }
    }.first
    #expect(
      start?.position
        == RunPosition(run: RunID(1), step: position.step, epoch: position.epoch, batch: position.batch))
    #expect(start?.forkedFrom == ForkPoint(run: RunID(0), step: position.step))
    #expect(start?.name == "dropout 0,0, epochs \(position.epoch) from A")
    #expect(start?.configuration.dropout == [0, 0])
    #expect(events.steps().isEmpty)
    #expect(events.steps(of: 1).first?.position.step == position.step + 1)
    #expect(events.end(of: 1)?.reason == .completed)
    run.engine.sendToAll(.stop)
    run.engine.waitUntilEnded()
  }

  @Test func aCompleteRunIsForkedForFurtherEpochs() {
    let run = SteeredRun(isWatched: true) { $0.epochs = 1 }
    run.engine.start()
    _ = run.collect { if case .runEnded = $0.kind { true } else { false } }
    var changes = GivenSettings()
    changes[.epochs] = "2"
    run.send(.fork(changing: changes))
    let events = run.collect {
      $0.run == RunID(1) && { if case .runEnded = $0.kind { true } else { false } }($0)
    }
    #expect(events.evaluations(of: 1).map(\.position.epoch) == [2])
    run.engine.sendToAll(.stop)
    run.engine.waitUntilEnded()
  }
}
