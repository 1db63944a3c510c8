import Experiment
import NeuralNetwork
import Testing

@testable import Training

@Suite struct TrainingLoopTests {
  let configuration = SmallExperiment.configuration

  @Test func aRunTellsItsWholeStoryInOrder() throws {
    let events = SmallExperiment.events(configuration)
    guard case .runStarted(let start) = try #require(events.first).kind else {
      Issue.record("the first event is \(events[0])")
      return
    }
    #expect(start.trainCount == 330)
    #expect(start.testCount == 100)
    #expect(start.stepsPerEpoch == 11)
    #expect(start.totalSteps == 33)
    #expect(start.parameterCount == 36 * 24 + 24 + 24 * 16 + 16 + 16 * 10 + 10)
    #expect(events.steps().map(\.position.step) == Array(1...33))
    #expect(events.evaluations().map(\.position.step) == [11, 22, 33])
    #expect(events.evaluations().map(\.position.epoch) == [1, 2, 3])
    #expect(
      events.last
        == TrainingEvent(
          .runEnded(RunEnded(.completed)), at: RunPosition(run: RunID(0), step: 33, epoch: 3, batch: 11)))
  }

  @Test func noRunEndsWithoutFigures() {
    var plan = RunPlan(name: "run", configuration: configuration)
    (plan.configuration.epochs, plan.configuration.evaluationInterval) = (9, 3)
    let position = RunPosition(run: RunID(0), step: 44, epoch: 4, batch: 11)
    plan.schedule.changes = [
      Positioned(SettingChanged(.epochs, from: .integer(9), to: .integer(4)), at: position)
    ]
    let events = SmallExperiment.events([plan])
    #expect(events.evaluations().map(\.position.epoch) == [3, 4])
    #expect(events.end()?.reason == .completed)
  }

  @Test func layersThatAreWrittenOutLearnAsTheSamePerceptron() throws {
    var written = configuration
    written.writtenNetwork = configuration.network
    #expect(written.dropout == configuration.dropout)
    let (expected, found) = (SmallExperiment.events(configuration), SmallExperiment.events(written))
    #expect(found.evaluations().map(\.metrics) == expected.evaluations().map(\.metrics))
  }

  @Test func measuringSeldomChangesNothingButTheNumberOfMeasurements() {
    var configuration = configuration
    configuration.epochs = 5
    let usual = SmallExperiment.events(configuration)
    configuration.evaluationInterval = 2
    let seldom = SmallExperiment.events(configuration)
    #expect(seldom.evaluations().map(\.position.epoch) == [2, 4, 5])
    for evaluation in seldom.evaluations() {
      #expect(evaluation.metrics == usual.evaluations()[evaluation.position.epoch - 1].metrics)
    }
    #expect(seldom.end() == usual.end())
  }

  @Test func theLastBatchHoldsTheRest() {
    let samples = SmallExperiment.events(configuration).steps().prefix(11).map(\.samples)
    #expect(samples == [Int](repeating: 32, count: 10) + [10])
  }

  @Test func runningFiguresAreMeansOverSamples() throws {
    let events = SmallExperiment.events(configuration)
    for evaluation in events.evaluations() {
      let steps = events.steps().filter { $0.position.epoch == evaluation.position.epoch }
      let loss = steps.reduce(0) { $0 + $1.lossSum } / 330
      let accuracy = Double(steps.reduce(0) { $0 + ($1.correct ?? 0) }) / 330
      #expect(try abs(#require(evaluation.metrics[.runningTrainLoss]) - loss) < 1e-12)
      #expect(evaluation.metrics[.runningTrainAccuracy] == accuracy)
      #expect(evaluation.trainedSamples == 330)
    }
  }

  @Test func theNetworkLearns() throws {
    var configuration = configuration
    configuration.epochs = 12
    let last = try #require(SmallExperiment.events(configuration).evaluations().last)
    #expect(try #require(last.metrics[.testAccuracy]) > 0.9)
    #expect(try #require(last.metrics[.trainLoss]) < 0.5)
  }

  @Test(arguments: [1, 2, 3, 5])
  func resultsDoNotDependOnThreads(threads: Int) {
    var wide = configuration
    wide.hiddenWidths = [300, 200]
    wide.batchSize = 150
    wide.epochs = 1
    let alone = SmallExperiment.events(wide, threads: 1).evaluations().map(\.metrics)
    #expect(alone.count == 1)
    #expect(SmallExperiment.events(wide, threads: threads).evaluations().map(\.metrics) == alone)
  }

  @Test(arguments: [1, 2])
  func aRunDoesNotDependOnItsTwin(threads: Int) {
    let plans = [
      RunPlan(name: "with", configuration: configuration),
      RunPlan(name: "without", configuration: configuration.withoutDropout()),
    ]
    let events = SmallExperiment.events(plans, threads: threads)
    for (run, plan) in plans.enumerated() {
      let alone = SmallExperiment.events(plan.configuration)
      #expect(events.evaluations(of: run).map(\.metrics) == alone.evaluations().map(\.metrics))
    }
    #expect(events.evaluations(of: 0).map(\.metrics) != events.evaluations(of: 1).map(\.metrics))
  }

  @Test func twinsAreEqualBeforeDropoutTellsThemApart() {
    // One step of one batch that holds everything: the first loss with dropout off is that of the same weights.
    var twin = configuration
    twin.dropout = [0, 0]
    var other = twin
    other.weightDecay = 0.1
    let first = SmallExperiment.events(twin).steps()[0]
    let second = SmallExperiment.events(other).steps()[0]
    #expect(first.lossSum == second.lossSum)
    #expect(first.correct == second.correct)
  }

  @Test func anotherSeedIsAnotherRun() {
    var other = configuration
    other.seed = 2
    let first = SmallExperiment.events(configuration)
    #expect(first.steps().map(\.lossSum) == SmallExperiment.events(configuration).steps().map(\.lossSum))
    #expect(first.steps().map(\.lossSum) != SmallExperiment.events(other).steps().map(\.lossSum))
  }

  @Test func aSmallerTrainingSetIsTheOneMeasured() throws {
    var small = configuration
    small.trainSize = 45
    let events = SmallExperiment.events(small)
    #expect(events.steps().prefix(2).map(\.samples) == [32, 13])
    let accuracy = try #require(events.evaluations().first?.metrics[.trainAccuracy])
    #expect((accuracy * 45).rounded() == accuracy * 45)
    #expect(small.trainIndices(available: 330).count == 45)
    #expect(Set(small.trainIndices(available: 330)).count == 45)
  }

  @Test func everyEpochVisitsEveryImageOnceInItsOwnOrder() {
    let indices = configuration.trainIndices(available: 330)
    let first = configuration.order(of: indices, epoch: 1)
    let second = configuration.order(of: indices, epoch: 2)
    #expect(first.sorted() == indices)
    #expect(second.sorted() == indices)
    #expect(first != second)
  }

  @Test func aDivergedRunSaysSoAndTheOtherGoesOn() throws {
    var wild = configuration
    wild.learningRate = 1e8
    let events = SmallExperiment.events([
      RunPlan(name: "wild", configuration: wild), RunPlan(name: "calm", configuration: configuration),
    ])
    guard case .diverged(let message) = try #require(events.end(of: 0)).reason else {
      Issue.record("the run ended with \(String(describing: events.end(of: 0)))")
      return
    }
    #expect(message.contains("loss became"))
    #expect(message.contains("--lr (now 100000000.0)"))
    #expect(events.end(of: 1)?.reason == .completed)
    #expect(events.evaluations(of: 1).count == 3)
  }

  @Test(arguments: [
    (OptimizerKind.sgd, 0.5, 0.0), (.sgd, 0.1, 0.9), (.adam, 0.01, 0.0), (.adamW, 0.01, 0.0),
    (.rmsprop, 0.01, 0.0), (.rmsprop, 0.01, 0.5), (.adaGrad, 0.05, 0.0),
  ])
  func everyOptimizerLearns(optimizer: OptimizerKind, rate: Double, momentum: Double) throws {
    var configuration = configuration
    configuration.optimizer = optimizer
    configuration.learningRate = rate
    configuration.momentum = momentum
    configuration.dropout = [0, 0]
    configuration.epochs = 10
    #expect(
      try #require(SmallExperiment.events(configuration).evaluations().last?.metrics[.testAccuracy]) > 0.9)
  }

  @Test(arguments: Activation.allCases, [false, true])
  func everyActivationLearns(activation: Activation, batchNorm: Bool) throws {
    var configuration = configuration
    configuration.activation = activation
    configuration.batchNorm = batchNorm
    configuration.initialization = .xavier
    configuration.dropout = [0, 0]
    configuration.epochs = 25
    #expect(
      try #require(SmallExperiment.events(configuration).evaluations().last?.metrics[.testAccuracy]) > 0.8)
  }

  @Test func reportedLossesExcludePenaltiesAndSmoothing() {
    var penalised = configuration
    penalised.labelSmoothing = 0.3
    penalised.l1 = 0.01
    penalised.weightDecay = 0.1
    let plain = SmallExperiment.events(configuration).steps()[0].lossSum
    #expect(SmallExperiment.events(penalised).steps()[0].lossSum == plain)
  }

  @Test func softmaxRegressionNeedsNoHiddenLayer() throws {
    var configuration = configuration
    configuration.hiddenWidths = []
    configuration.dropout = []
    #expect(
      try #require(SmallExperiment.events(configuration).evaluations().last?.metrics[.testAccuracy]) > 0.8)
  }
}
