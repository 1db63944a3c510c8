import Experiment
import TestSupport
import Testing

@testable import Reports

@Suite struct LabelNoiseFindingsTests {
  /// A run with the test accuracies of its evaluations.
  private func run(
    _ index: Int, units: Int = 64, noise: Double = 0.2, seed: UInt64 = 1, test: [Double],
    memorized: Double = 0.5,
    isOver: Bool = true
  ) -> RunHistory {
    var configuration = RunConfiguration()
    configuration.hiddenWidths = [units]
    configuration.seed = seed
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
      bySize([0.7, 0.6, 0.75])
        == "Test error by size: 30.0%, 40.0%, 25.0%; a peak at 16 units, 10.0 points above 4 units and 15.0 points above "
        + "64 units.")
    #expect(bySize([0.6, 0.7, 0.75]).contains("no peak in between is shown"))
    #expect(bySize([0.7, 0.695, 0.75]).contains("no peak in between is shown"), "half a point is chance")
  }

  @Test func aPeakBySizeIsMoreThanWhatEvaluationsMove() {
    // A mean of five that stands six points above, of evaluations that swing by eight.
    let swinging = [0.74, 0.66, 0.58, 0.74, 0.58]
    let still = Array(repeating: 0.72, count: 5)
    func bySize(_ middle: [Double]) -> String {
      sentences(zip([4, 16, 64], [still, middle, still]).map { run(0, units: $0, test: $1) })[1]
    }
    #expect(bySize(swinging).contains("34.0±8.0%, 28.0±0.0%; no peak"))
    #expect(bySize(Array(repeating: 0.66, count: 5)).contains("a peak at 16 units, 6.0 points above"))
  }

  @Test func theCourseOverTheEpochsIsTold() {
    let (low, high) = (Array(repeating: 0.75, count: 5), Array(repeating: 0.65, count: 5))
    let down = sentences([run(0, test: low + high + Array(repeating: 0.7, count: 5))])
    #expect(
      down[1]
        == "Test error of 64 units over the epochs: 25.0±0.0% about epoch 3, up by 10.0 points to 35.0±0.0% about epoch 8, "
        + "down again by 5.0 points to 30.0±0.0% about epoch 13, not as low as before.")
    #expect(down[2].contains("twice that of a difference") && down[2].contains("One seed is a hint"))
    #expect(sentences([run(0, test: low + high)])[1].hasSuffix("that it comes down again is not shown."))
    #expect(
      sentences([run(0, test: high + low)]).dropFirst()
        == ["Over the epochs no rise of the test error is shown in 64 units."])
  }

  @Test func aCourseOverTheEpochsIsJudgedByWhatItsEvaluationsMove() {
    // Three points up and down again, by evaluations that swing by four.
    func course(swing: Double) -> [Double] {
      [0.75, 0.72, 0.75].flatMap { level in [-1, 1, 0, -1, 1].map { level + swing * $0 } }
    }
    #expect(sentences([run(0, test: course(swing: 0.04))])[1].contains("no rise of the test error is shown"))
    #expect(sentences([run(0, test: course(swing: 0.001))])[1].contains("up by 3.0 points"))
  }

  @Test func severalSeedsAreJudgedByTheIntervalOfTheirDifferences() {
    func course(_ rises: [Double]) -> String {
      sentences(
        rises.enumerated().map { seed, rise in
          let levels = [0.75, 0.75 - rise, 0.75]
          return run(seed, seed: UInt64(seed), test: levels.flatMap { Array(repeating: $0, count: 5) })
        })[1]
    }
    // Less than a point, and the same with every seed.
    #expect(
      course([0.007, 0.008, 0.009]).contains("up by 0.8 points (95 %: 0.6 to 1.0) to 25.8% about epoch 8"))
    #expect(course([0.05, -0.03, 0.01]).contains("no rise of the test error is shown"))
  }

  @Test func aLessonOnWrongLabelsEndsWithWhatTheyShow() throws {
    let lesson = try #require(Lesson(name: "model-size"))
    let measured = lesson.measured([4, 16, 64].enumerated().map { run($0, units: $1, test: [0.7]) })
    #expect(measured.contains { $0.hasPrefix("Of the changed labels memorised: 4 units 50.0%") })
    #expect(measured.contains { $0.hasPrefix("Test error by size") })
  }

  @Test func seedsOfOneSideAreOne() {
    let runs = [1, 2].map { seed in run(0, test: [0.5], memorized: Double(seed) / 4) }
    // Two of one name and seed are two sides; the mean is over the seeds of one.
    #expect(sentences(runs)[0].contains("64 units 25.0%, 64 units 50.0%"))
  }
}
