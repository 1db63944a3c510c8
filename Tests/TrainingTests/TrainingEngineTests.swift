import Dispatch
import Experiment
import Testing

@testable import Training

@Suite struct TrainingEngineTests {
  private static func plan(epochs: Int = 100_000, _ change: (inout RunConfiguration) -> Void = { _ in })
    -> RunPlan
  {
    var configuration = SmallExperiment.configuration
    configuration.epochs = epochs
    change(&configuration)
    return RunPlan(name: "run", configuration: configuration)
  }

  private static func engine(_ plans: [RunPlan], threads: Int) -> (engine: TrainingEngine, queue: EventQueue)
  {
    let queue = EventQueue(capacity: .max)
    return (
      TrainingEngine(runs: plans, dataset: SmallExperiment.dataset, threads: threads, events: queue), queue
    )
  }

  /// The steps that each run had made when all were stopped after so many seconds.
  private static func steps(runs: Int, threads: Int, seconds: Double) -> [Int] {
    let (engine, queue) = engine([RunPlan](repeating: plan(), count: runs), threads: threads)
    engine.start()
    _ = DispatchSemaphore(value: 0).wait(timeout: .now() + seconds)
    engine.sendToAll(.stop)
    engine.waitUntilEnded()
    let events = queue.drain()
    return (0..<runs).map { events.end(of: $0)?.position.step ?? 0 }
  }

  @Test(arguments: [(3, 2), (8, 2), (3, 1)])
  func runsAdvanceAtTheSamePace(runs: Int, threads: Int) throws {
    let steps = Self.steps(runs: runs, threads: threads, seconds: 3)
    let slowest = try #require(steps.min())
    // What else the machine does disturbs some more than others: exact shares are the matter of `ThreadSharesTests`.
    #expect(Double(try #require(steps.max())) < 3 * Double(slowest), "\(steps)")
  }

  @Test func aRunAddedWhileOthersTrainIsTheRunThatItIsAlone() {
    let added = Self.plan(epochs: 4) { $0.dropout = [0.4, 0.1] }
    let (engine, queue) = Self.engine([Self.plan(), Self.plan()], threads: 2)
    engine.start()
    #expect(engine.add(added) == RunID(2))
    var events: [TrainingEvent] = []
    while events.end(of: 2) == nil {
      _ = queue.waitForEvents(seconds: 1)
      events += queue.drain()
    }
    #expect(events.end() == nil)
    engine.sendToAll(.stop)
    engine.waitUntilEnded()
    let alone = SmallExperiment.events([added])
    #expect(events.evaluations(of: 2).map(\.metrics) == alone.evaluations().map(\.metrics))
    #expect(events.evaluations(of: 2).count == 4)
  }

  @Test func aRunCanBeAddedAfterTheOthersHaveEnded() {
    let (engine, queue) = Self.engine([Self.plan(epochs: 1)], threads: 2)
    engine.start()
    engine.waitUntilEnded()
    #expect(engine.add(Self.plan(epochs: 2)) == RunID(1))
    engine.waitUntilEnded()
    #expect(queue.drain().evaluations(of: 1).count == 2)
  }

  @Test func thereAreNoMoreRunsThanLetters() {
    let (engine, queue) = Self.engine([], threads: 2)
    engine.start()
    let added = (0..<30).map { _ in engine.add(Self.plan(epochs: 1)) }
    #expect(added == (0..<26).map { RunID($0) } + [nil, nil, nil, nil])
    engine.waitUntilEnded()
    #expect(queue.drain().count { if case .runEnded = $0.kind { true } else { false } } == 26)
  }

  @Test func noRunBeginsOnceAllWereToldToStop() {
    let (engine, _) = Self.engine([Self.plan()], threads: 1)
    engine.start()
    engine.sendToAll(.stop)
    #expect(engine.add(Self.plan()) == nil)
    engine.waitUntilEnded()
  }

  @Test func aPausedRunLeavesItsThreadsToTheOthers() {
    let (engine, queue) = Self.engine([Self.plan(), Self.plan()], threads: 1)
    engine.send(.pause, to: RunID(0))
    engine.start()
    var events: [TrainingEvent] = []
    while events.steps(of: 1).count < 1000 {
      _ = queue.waitForEvents(seconds: 1)
      events += queue.drain()
    }
    #expect(events.steps().isEmpty)
    engine.sendToAll(.stop)
    engine.waitUntilEnded()
    #expect(queue.drain().end()?.reason == .stopped)
  }
}
