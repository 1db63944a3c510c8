import Experiment
import TestSupport
import Testing

@testable import Reports

@Suite struct LabelNoiseFindingsTests {
  /// A run with the test accuracies of its evaluations.
  private func run(
    _ index: Int, units: Int = 64, noise: Double = 0.2, test: [Double], memorized: Double = 0.5,
    isOver: Bool = true
  ) -> RunHistory {
    var configuration = RunConfiguration()
    configuration.hiddenWidths = [units]
    configuration.dropout = [0]
    configuration.labelNoise = noise
    configuration.epochs = test.count
    var events: [TrainingEvent.Kind] = [
      .runStarted(
        RunStarted(
          name: "\(units) units", configuration: configuration, parameterCount: 795 * units + 10,
          trainCount: 1000,
          testCount: 10_000, stepsPerEpoch: 1, threads: 1))
    ]
    for accuracy in test {
      var metrics: Measurements = [
        .testAccuracy: accuracy, .testLoss: 1, .trainAccuracy: 0.9, .trainLoss: 0.5,
      ]
      if noise > 0 { metrics[.memorizedShare] = memorized }
      events.append(
        .epochEvaluated(
          EpochEvaluated(metrics: metrics, trainedSamples: 1000, trainingSeconds: 1, evaluationSeconds: 1)))
    }
    if isOver { events.append(.runEnded(RunEnded(.completed))) }
    // The start is of step 0, each evaluation of the next one.
    var state = SessionState([RunHistory(RunID(0))])
    for (step, kind) in events.enumerated() {
      let epoch = max(1, min(step, test.count))
      state.apply(
        TrainingEvent(
          kind, at: RunPosition(run: RunID(0), step: min(step, test.count), epoch: epoch, batch: 1)))
    }
    return state.runs[0]
  }

  private func sentences(_ runs: [RunHistory]) -> [String] {
    LabelNoiseFindings(runs, mentions: runs.map(\.name)).sentences
  }

  @Test func runsWithoutChangedLabelsHaveNothingToSay() {
    #expect(sentences([run(0, noise: 0, test: [0.5])]).isEmpty)
    #expect(sentences([run(0, test: [])]).isEmpty)
  }

  @Test func whileRunsAreUnderWayOnlyWhatIsMemorisedIsTold() {
    let runs = [4, 16, 64].map { run(0, units: $0, test: [0.7], isOver: false) }
    #expect(
      sentences(runs) == [
        "Of the changed labels so far memorised: 4 units 50.0%, 16 units 50.0%, 64 units 50.0%."
      ])
  }

  @Test func aPeakBySizeIsToldWhereErrorsStandAboveBothSides() {
    func bySize(_ tests: [Double]) -> String {
      sentences(zip([4, 16, 64], tests).map { run(0, units: $0, test: [$1]) })[1]
    }
    #expect(
      bySize([0.7, 0.6, 0.75]).hasPrefix("Test error by size: 30.0%, 40.0%, 25.0%; a peak at 16 units, "))
    #expect(bySize([0.6, 0.7, 0.75]).contains("no peak in between is seen"))
    #expect(bySize([0.7, 0.695, 0.75]).contains("no peak in between is seen"), "half a point is chance")
  }

  @Test func theCourseOverTheEpochsIsTold() {
    let (low, high) = (Array(repeating: 0.75, count: 5), Array(repeating: 0.65, count: 5))
    let down = sentences([run(0, test: low + high + Array(repeating: 0.7, count: 5))])
    #expect(
      down.last
        == "Test error of 64 units over the epochs: 25.0% at epoch 2, up to 35.0% at epoch 7, down again to 30.0% at "
        + "epoch 12, not as low as before.")
    #expect(sentences([run(0, test: low + high)]).last?.hasSuffix("it did not come down again.") == true)
    #expect(sentences([run(0, test: high + low)]).count == 1)
  }

  @Test func seedsOfOneSideAreOne() {
    let runs = [1, 2].map { seed in run(0, test: [0.5], memorized: Double(seed) / 4) }
    // Two of one name and seed are two sides; the mean is over the seeds of one.
    #expect(sentences(runs)[0].contains("64 units 25.0%, 64 units 50.0%"))
  }
}
