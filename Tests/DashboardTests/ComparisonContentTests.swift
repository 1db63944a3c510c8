import Testing
import TrainingEvents

@testable import Dashboard

@Suite struct ComparisonContentTests {
  @Test(arguments: [
    (nil, "best test accuracy", "80.00% epoch 3"), (100, "best validation accuracy", "70.00% epoch 2"),
  ])
  func theBestEpochIsThatOfTheImagesHeldOutWhereSomeAre(size: Int?, label: String, best: String) throws {
    var configuration = ScriptedEvents.configuration()
    configuration.validationSize = size
    var events: [TrainingEvent] = [
      .runStarted(
        RunStarted(
          run: RunID(0), name: "alone", configuration: configuration, parameterCount: 269_322,
          trainCount: 5120,
          testCount: 1000, stepsPerEpoch: ScriptedEvents.stepsPerEpoch, threads: 1))
    ]
    let accuracies: [(test: Double, validation: Double)] = [(0.6, 0.5), (0.5, 0.7), (0.8, 0.6)]
    for (index, accuracies) in accuracies.enumerated() {
      let epoch = index + 1
      var metrics = EpochMetrics(
        runningTrain: LossAndAccuracy(loss: 1, accuracy: 0.5), train: LossAndAccuracy(loss: 1, accuracy: 0.5),
        test: LossAndAccuracy(loss: 1, accuracy: accuracies.test))
      if size != nil { metrics.validation = LossAndAccuracy(loss: 1, accuracy: accuracies.validation) }
      events.append(
        .epochEvaluated(
          EpochEvaluated(
            position: ScriptedEvents.position(0, step: epoch * ScriptedEvents.stepsPerEpoch),
            metrics: metrics,
            trainedSamples: 5120, trainingSeconds: 0.2, evaluationSeconds: 0.05)))
    }
    let row = try #require(ScriptedEvents.state(events).comparisonContent(width: 80).best)
    #expect(row.label == label)
    #expect(row.cells == [best])
  }

  @Test(arguments: [(1, "the first epoch"), (4, "epoch 4"), (30, "epoch 10")])
  func whatIsMeasuredSeldomIsAwaitedWithPatience(interval: Int, epoch: String) {
    var configuration = ScriptedEvents.configuration()
    configuration.evaluationInterval = interval
    let start = RunStarted(
      run: RunID(0), name: "alone", configuration: configuration, parameterCount: 269_322, trainCount: 5120,
      testCount: 1000, stepsPerEpoch: ScriptedEvents.stepsPerEpoch, threads: 1)
    let state = ScriptedEvents.state([.runStarted(start), ScriptedEvents.step(0, 1)])
    #expect(state.comparisonContent(width: 80).title == "comparison after \(epoch)")
  }
}
