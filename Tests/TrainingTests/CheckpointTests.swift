import Datasets
import Experiment
import Platform
import Testing

@testable import NeuralNetwork
@testable import Training

@Suite struct CheckpointTests {
  /// Takes every checkpoint of a session.
  final class Collector: Sendable {
    let checkpoints = Guarded<[Checkpoint]>([])

    func sink(interval: Duration) -> CheckpointSink {
      CheckpointSink(interval: interval) { checkpoint in self.checkpoints.withLock { $0.append(checkpoint) } }
    }

    var all: [Checkpoint] { checkpoints.withLock { $0 } }
  }

  private static func configuration(_ change: (inout RunConfiguration) -> Void = { _ in }) -> RunConfiguration
  {
    var configuration = SmallExperiment.configuration
    configuration.epochs = 2
    change(&configuration)
    return configuration
  }

  /// Makes a run to its end with a checkpoint after every step.
  private static func run(_ plan: RunPlan, interval: Duration = .zero) -> ([TrainingEvent], [Checkpoint]) {
    let collector = Collector()
    let queue = EventQueue(capacity: .max)
    let engine = TrainingEngine(
      runs: [plan], dataset: SmallExperiment.dataset, threads: 1, events: queue,
      checkpoints: collector.sink(interval: interval))
    engine.start()
    engine.waitUntilEnded()
    return (queue.drain(), collector.all)
  }

  static let variants: [(name: String, change: @Sendable (inout RunConfiguration) -> Void)] = [
    ("plain", { _ in }),
    (
      "momentum",
      {
        $0.momentum = 0.9
        $0.learningRate = 0.05
        $0.nesterov = true
      }
    ),
    (
      "adam",
      {
        $0.optimizer = .adam
        $0.learningRate = 0.01
        $0.weightDecay = 0.001
      }
    ),
    (
      "images",
      {
        $0.writtenNetwork = SmallExperiment.imageNetwork
        $0.initialization = .he
        $0.learningRate = 0.05
        $0.momentum = 0.9
      }
    ),
    (
      "batch norm",
      {
        $0.batchNorm = true
        $0.learningRate = 0.1
      }
    ),
    (
      "schedule and augmentation",
      {
        $0.schedule.decay = .cosine
        $0.schedule.warmupEpochs = 0.5
        $0.augmentation.flip = true
        $0.augmentation.shift = 1
        $0.validationSize = 6
        $0.labelNoise = 0.3
      }
    ),
    (
      "early stopping",
      {
        $0.validationSize = 6
        $0.earlyStopping = 1
      }
    ),
    (
      "no hidden layer",
      {
        $0.hiddenWidths = []
        $0.dropout = []
      }
    ),
  ]

  @Test(arguments: variants.indices)
  func whoGoesOnFromAnyStepEndsWithTheSameBits(variant: Int) throws {
    let configuration = Self.configuration(Self.variants[variant].change)
    let (events, checkpoints) = Self.run(RunPlan(name: "run", configuration: configuration))
    let last = try #require(checkpoints.last)
    #expect(checkpoints.map(\.progress.position.step) == Array(1...11) + [11] + Array(12...22) + [22])
    for checkpoint in checkpoints {
      let plan = RunPlan(
        name: "run", configuration: checkpoint.progress.configuration, beginning: .checkpoint(checkpoint))
      let (rest, again) = Self.run(plan)
      let end = again.last ?? checkpoint
      #expect(end.weights == last.weights)
      #expect(end.optimizer == last.optimizer)
      #expect(end.bestWeights == last.bestWeights)
      let evaluated = rest.evaluations().map(\.metrics)
      #expect(evaluated == events.evaluations().map(\.metrics).suffix(evaluated.count))
      #expect(evaluated.count == 2 - checkpoint.progress.completedEpochs)
    }
  }

  @Test func aStoppedRunCanGoOnWithItsLiveChanges() throws {
    let change = Positioned(
      SettingChanged(.dropout, layer: 0, from: .number(0.2), to: .number(0.7)),
      at: RunPosition(run: RunID(0), step: 5, epoch: 1, batch: 5))
    var plan = RunPlan(
      name: "run", configuration: Self.configuration(), schedule: RunPlan.Schedule(changes: [change]))
    let (events, unbroken) = Self.run(plan, interval: .seconds(100))
    #expect(events.contains(change.event(TrainingEvent.Kind.settingChanged)))
    plan.schedule.stop = 8
    let (stopped, checkpoints) = Self.run(plan, interval: .seconds(100))
    #expect(stopped.end()?.reason == .stopped)
    let checkpoint = try #require(checkpoints.last)
    #expect(checkpoint.progress.position.step == 8)
    #expect(checkpoint.progress.configuration.dropout == [0.7, 0.5])
    let (_, again) = Self.run(
      RunPlan(
        name: "run", configuration: checkpoint.progress.configuration, beginning: .checkpoint(checkpoint)))
    #expect(again.last?.weights == unbroken.last?.weights)
  }

  @Test func anEpochKeepsTheBatchSizeWithWhichItBegan() throws {
    let change = Positioned(
      SettingChanged(.batchSize, from: .integer(32), to: .integer(100)),
      at: RunPosition(run: RunID(0), step: 5, epoch: 1, batch: 5))
    let plan = RunPlan(
      name: "run",
      configuration: Self.configuration {
        $0.epochs = 3
        $0.schedule.decay = .cosine
      }, schedule: RunPlan.Schedule(changes: [change]))
    let (events, checkpoints) = Self.run(plan)
    #expect(events.contains(change.event(TrainingEvent.Kind.settingChanged)))
    #expect((1...3).map { epoch in events.steps().count { $0.position.epoch == epoch } } == [11, 4, 4])
    #expect(events.steps().map(\.samples).suffix(4) == [100, 100, 100, 30])
    let last = try #require(checkpoints.last)
    for checkpoint in checkpoints where checkpoint.progress.position.step > 5 {
      let rest = RunPlan(
        name: "run", configuration: checkpoint.progress.configuration, beginning: .checkpoint(checkpoint))
      let (_, again) = Self.run(rest)
      #expect((again.last ?? checkpoint).weights == last.weights, "\(checkpoint.progress.position)")
    }
  }

  @Test(arguments: [RunPosition(run: RunID(0), step: 11, epoch: 2, batch: 0)])
  func aBatchSizeBetweenTwoEpochsIsThatOfTheNext(position: RunPosition) throws {
    let change = Positioned(SettingChanged(.batchSize, from: .integer(32), to: .integer(330)), at: position)
    let (events, _) = Self.run(
      RunPlan(
        name: "run", configuration: Self.configuration(), schedule: RunPlan.Schedule(changes: [change])))
    #expect((1...2).map { epoch in events.steps().count { $0.position.epoch == epoch } } == [11, 1])
  }

  @Test func aScheduledChangeOfEpochsIsMadeAtTheEnd() throws {
    let change = Positioned(
      SettingChanged(.epochs, from: .integer(2), to: .integer(3)),
      at: RunPosition(run: RunID(0), step: 22, epoch: 2, batch: 11))
    let (events, _) = Self.run(
      RunPlan(
        name: "run", configuration: Self.configuration(), schedule: RunPlan.Schedule(changes: [change])))
    #expect(events.evaluations().map(\.position.epoch) == [1, 2, 3])
  }

  @Test func otherWeightsAreABeginningToo() throws {
    let (_, checkpoints) = Self.run(RunPlan(name: "run", configuration: Self.configuration()))
    let weights = try #require(checkpoints.last).weights
    var plan = RunPlan(
      name: "run", configuration: Self.configuration { $0.epochs = 1 }, beginning: .weights(weights))
    let (events, _) = Self.run(plan)
    let fresh = SmallExperiment.events(Self.configuration { $0.epochs = 1 })
    #expect(events.steps()[0].lossSum < fresh.steps()[0].lossSum)
    plan.configuration.hiddenWidths = [24, 17]
    #expect(throws: StateDictionaryError.self) {
      try plan.checkWeights(sample: .image(channels: 1, height: 6, width: 6), classes: 10)
    }
    let (refused, none) = Self.run(plan)
    guard case .failed(let message) = refused.end()?.reason else {
      Issue.record("weights of another network were taken")
      return
    }
    #expect(message.contains("the tensor 4.weight has the shape [16, 24]"))
    #expect(none.isEmpty)
  }
}
