import Datasets
import Experiment
import Testing

@testable import NeuralNetwork
@testable import Training

/// Runs with images held out, that end when these are no longer answered better.
@Suite struct EarlyStoppingTests {
  private static var configuration: RunConfiguration {
    var configuration = SmallExperiment.configuration
    configuration.validationSize = 40
    configuration.earlyStopping = 2
    configuration.epochs = 40
    return configuration
  }

  private static func run(
    _ plan: RunPlan, dataset: Dataset = SmallExperiment.dataset
  ) -> (events: [TrainingEvent], checkpoints: [Checkpoint]) {
    let collector = CheckpointTests.Collector()
    let queue = EventQueue(capacity: .max)
    let engine = TrainingEngine(
      runs: [plan], dataset: dataset, threads: 1, events: queue,
      checkpoints: collector.sink(interval: .seconds(1000)))
    engine.start()
    engine.waitUntilEnded()
    return (queue.drain(), collector.all)
  }

  @Test func aRunEndsPatienceEpochsAfterItsBestAndHasThatOnesWeights() throws {
    let (events, checkpoints) = Self.run(RunPlan(name: "run", configuration: Self.configuration))
    let accuracies = events.evaluations().compactMap(\.metrics[.validationAccuracy])
    let best = try #require(accuracies.max().flatMap(accuracies.firstIndex)) + 1
    #expect(best + 2 == accuracies.count)
    #expect(accuracies.count < 40)
    let end = try #require(events.end())
    #expect(end.reason == .completed)
    #expect(end.restoredEpoch == best)
    #expect(end.position.epoch == best + 2)
    #expect(checkpoints.map(\.progress.position.epoch) == Array(1...best + 2))
    let (last, restored) = (checkpoints[best + 1], checkpoints[best - 1])
    #expect(last.weights == restored.weights)
    #expect(last.weights != checkpoints[best].weights)
    #expect(last.progress.metrics == restored.progress.metrics)
    #expect(last.progress.epochOfWeights == best)
    #expect(restored.progress.epochOfWeights == best)
  }

  @Test func patienceIsCountedInEpochsHoweverSeldomTheyAreMeasured() throws {
    var configuration = Self.configuration
    configuration.evaluationInterval = 3
    configuration.earlyStopping = 6
    let (events, checkpoints) = Self.run(RunPlan(name: "run", configuration: configuration))
    let best = try #require(events.end()?.restoredEpoch)
    let last = try #require(checkpoints.last)
    #expect(last.progress.position.epoch == best + 6)
    #expect(events.evaluations().allSatisfy { $0.position.epoch.isMultiple(of: 3) })
    #expect(last.weights == checkpoints[best - 1].weights)
  }

  @Test func aRunWithPatienceToTheEndHasTheBestWeightsToo() throws {
    var configuration = Self.configuration
    configuration.earlyStopping = 100
    configuration.epochs = 12
    let (events, checkpoints) = Self.run(RunPlan(name: "run", configuration: configuration))
    #expect(events.evaluations().count == 12)
    let best = try #require(events.end()?.restoredEpoch)
    #expect(checkpoints[11].weights == checkpoints[best - 1].weights)
  }

  @Test func aRunThatHasEndedIsNotGoneOnWithUnlessEpochsAreAdded() throws {
    let (events, checkpoints) = Self.run(RunPlan(name: "run", configuration: Self.configuration))
    let last = try #require(checkpoints.last)
    var plan = RunPlan(
      name: "run", configuration: last.progress.configuration, beginning: .checkpoint(last))
    let again = Self.run(plan)
    #expect(again.events.evaluations().isEmpty)
    #expect(again.events.end() == events.end())
    let added = Positioned(
      SettingChanged(.epochs, from: .integer(40), to: .integer(50)), at: last.progress.position)
    plan.schedule.changes = [added]
    let further = Self.run(plan)
    #expect(further.events.evaluations().first?.position.epoch == last.progress.completedEpochs + 1)
    // The same run made again with the change at its step ends with the same bits.
    let repeated = Self.run(
      RunPlan(
        name: "run", configuration: Self.configuration, schedule: RunPlan.Schedule(changes: [added])))
    #expect(repeated.checkpoints.last?.weights == further.checkpoints.last?.weights)
    #expect(repeated.events.end() == further.events.end())
  }

  @Test func aCheckpointWhoseBestWeightsCannotBeGoneBackToIsRefused() throws {
    let kept = try #require(
      Self.run(RunPlan(name: "run", configuration: Self.configuration)).checkpoints.first)
    func check(_ best: [NamedTensor]) throws {
      var checkpoint = kept
      checkpoint.bestWeights = best
      let plan = RunPlan(name: "run", configuration: Self.configuration, beginning: .checkpoint(checkpoint))
      try plan.checkWeights(sample: SmallExperiment.dataset.train.shape, classes: 10)
    }
    try check(kept.bestWeights)
    let first = kept.bestWeights[0]
    let wrong = NamedTensor(
      name: first.name, shape: first.shape, values: first.values.map { _ in Float.nan })
    for best in [[], Array(kept.bestWeights.dropFirst()), [wrong] + kept.bestWeights.dropFirst()] {
      let error = #expect(throws: StateDictionaryError.self) { try check(best) }
      #expect(error?.description.hasPrefix("of the best epoch's weights, ") == true)
    }
  }

  @Test func imagesHeldOutAreNeverTrainedOn() {
    let configuration = Self.configuration
    let train = configuration.trainIndices(available: 330)
    let heldOut = configuration.validationIndices(available: 330)
    #expect(heldOut.count == 40)
    #expect(Set(train).isDisjoint(with: heldOut))
    #expect((train + heldOut).sorted() == Array(0..<330))

    // Whatever they show, the weights are the same.
    let images = SmallExperiment.dataset.train
    var (pixels, labels) = (images.pixels, images.labels)
    for index in heldOut.map(Int.init) {
      for pixel in index * 36..<(index + 1) * 36 { pixels[pixel] = 255 - pixels[pixel] }
      labels[index] = (labels[index] + 1) % 10
    }
    let changed = Dataset(
      train: LabeledImages(count: 330, height: 6, width: 6, pixels: pixels, labels: labels),
      test: SmallExperiment.dataset.test, source: SmallExperiment.dataset.source)
    var plan = RunPlan(name: "run", configuration: configuration)
    plan.configuration.earlyStopping = nil
    plan.configuration.epochs = 2
    let (events, other) = (Self.run(plan).events, Self.run(plan, dataset: changed).events)
    #expect(events.steps().map(\.lossSum) == other.steps().map(\.lossSum))
    func values(_ figure: Figure, _ events: [TrainingEvent]) -> [Double?] {
      events.evaluations().map { $0.metrics[figure] }
    }
    for figure in Figure.all {
      #expect((values(figure, events) == values(figure, other)) == (figure.split != .validation))
    }
  }

  @Test func aForkOfARunThatHasStoppedGoesOnIfItChangesSomething() throws {
    var checkpoint = try #require(
      Self.run(RunPlan(name: "run", configuration: Self.configuration)).checkpoints.last)
    checkpoint.progress.position.run = RunID(1)
    func steps(_ change: (inout RunConfiguration) -> Void) -> Int {
      var configuration = Self.configuration
      change(&configuration)
      let fork = RunPlan(name: "fork", configuration: configuration, beginning: .checkpoint(checkpoint))
      return Self.run(fork).events.steps().count
    }
    #expect(steps { _ in } == 0)
    #expect(steps { $0.learningRate = 0.01 } > 0)
    let epochsLeft = Self.configuration.epochs - checkpoint.progress.completedEpochs
    #expect(steps { $0.earlyStopping = nil } == epochsLeft * 10)
  }

  @Test func aRunThatHasStoppedLeavesTheThreadsToOthersAfterAQuestion() {
    var long = SmallExperiment.configuration
    long.epochs = 100_000
    let queue = EventQueue(capacity: .max)
    let engine = TrainingEngine(
      runs: [
        RunPlan(name: "stopped", configuration: Self.configuration),
        RunPlan(name: "long", configuration: long),
      ], dataset: SmallExperiment.dataset, threads: 1, events: queue, isWatched: true)
    /// Whether an event comes within a minute.
    func comes(_ isWanted: (TrainingEvent) -> Bool) -> Bool {
      for _ in 0..<600 {
        _ = queue.waitForEvents(seconds: 0.1)
        if queue.drain().contains(where: isWanted) { return true }
      }
      return false
    }
    engine.start()
    #expect(comes { if case .runEnded = $0.kind { true } else { false } })
    engine.send(.examine(images: [0], passes: 2), to: RunID(0))
    #expect(comes { if case .imagesExamined = $0.kind { true } else { false } })
    for _ in 0..<3 {
      #expect(comes { if case .stepsCompleted = $0.kind { true } else { false } })
    }
    for run in 0..<2 { engine.send(.stop, to: RunID(run)) }
    engine.waitUntilEnded()
  }

  @Test func twinsShareTheImagesHeldOut() {
    var twin = Self.configuration
    twin.dropout = [0, 0]
    twin.trainSize = 100
    #expect(
      twin.validationIndices(available: 330) == Self.configuration.validationIndices(available: 330))
    #expect(twin.trainIndices(available: 330).count == 100)
    #expect(
      Set(twin.trainIndices(available: 330)).isSubset(of: Self.configuration.trainIndices(available: 330)))
    twin.seed = 2
    #expect(
      twin.validationIndices(available: 330) != Self.configuration.validationIndices(available: 330))
  }

  @Test func noneHeldOutLeavesTrainingAsItIs() {
    var configuration = SmallExperiment.configuration
    configuration.trainSize = 45
    #expect(configuration.validationIndices(available: 330).isEmpty)
    var stream = RandomStream(seed: 1, purpose: .subset)
    #expect(
      configuration.trainIndices(available: 330) == stream.permutation(count: 330).prefix(45).sorted())
  }
}
