import Experiment
import TerminalUI
import Testing

@testable import Dashboard

@Suite struct ComparisonContentTests {
  @Test(arguments: [
    (nil, "best test accuracy", "80.00% epoch 3"), (100, "best validation accuracy", "70.00% epoch 2"),
  ])
  func theBestEpochIsThatOfTheImagesHeldOutWhereSomeAre(size: Int?, label: String, best: String) throws {
    var events = [ScriptedEvents.started(0) { $0.validationSize = size }]
    let accuracies: [(test: Double, validation: Double)] = [(0.6, 0.5), (0.5, 0.7), (0.8, 0.6)]
    for (index, accuracies) in accuracies.enumerated() {
      let epoch = index + 1
      var metrics: Measurements = [
        .runningTrainLoss: 1,
        .runningTrainAccuracy: 0.5,
        .trainLoss: 1,
        .trainAccuracy: 0.5,
        .testLoss: 1,
        .testAccuracy: accuracies.test,
      ]
      if size != nil { metrics.add(Measurements(.validation, loss: 1, accuracy: accuracies.validation)) }
      events.append(
        TrainingEvent(
          .epochEvaluated(
            EpochEvaluated(
              metrics: metrics, trainedSamples: 5120, trainingSeconds: 0.2, evaluationSeconds: 0.05)),
          at: ScriptedEvents.position(0, step: epoch * ScriptedEvents.stepsPerEpoch)))
    }
    let row = try #require(ScriptedEvents.dashboard(events).state.comparisonContent(width: 80).best)
    #expect(row.label == label)
    #expect(row.cells == [best])
  }

  @Test(arguments: [(1, "the first epoch"), (4, "epoch 4"), (30, "epoch 10")])
  func whatIsMeasuredSeldomIsAwaitedWithPatience(interval: Int, epoch: String) {
    let start = ScriptedEvents.started(0) { $0.evaluationInterval = interval }
    let dashboard = ScriptedEvents.dashboard([start, ScriptedEvents.step(0, 1)])
    #expect(dashboard.state.comparisonContent(width: 80).title == "comparison after \(epoch)")
  }

  @Test func aLongNameLeavesRoomForTheOther() throws {
    var start = try #require(ScriptedEvents.started(1).start)
    start.name = "dropout 0.1,0.1, lr 0.3 from A"
    let dashboard = ScriptedEvents.dashboard([
      ScriptedEvents.started(0), TrainingEvent(.runStarted(start), at: .beginning(of: RunID(1))),
      ScriptedEvents.step(0, 1),
    ])
    for width in [80, 100] {
      let frame = dashboard.render(width: width, height: 30)
      #expect(frame.lines.contains { $0.contains("● with dropout ○ dropout 0.1") })
    }
  }
}
