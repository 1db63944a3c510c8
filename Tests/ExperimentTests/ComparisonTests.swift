import Datasets
import Testing

@testable import Experiment

/// A run's history with the given test accuracies after each epoch.
private func history(
  _ run: Int, test: [Double], validation: [Double] = [], ended reason: RunEnded.Reason?,
  restoredEpoch: Int? = nil, forkedFrom: ForkPoint? = nil
) -> RunHistory {
  var history = RunHistory(RunID(0), forkedFrom: forkedFrom)
  var position = RunPosition(run: RunID(run), step: 0, epoch: 1, batch: 0)
  for (index, accuracy) in test.enumerated() {
    var metrics: Measurements = [
      .runningTrainLoss: 0.5, .runningTrainAccuracy: 0.7, .trainLoss: 0.4, .trainAccuracy: 0.9,
      .testLoss: 0.45, .testAccuracy: accuracy,
    ]
    if !validation.isEmpty {
      metrics.add(Measurements(.validation, loss: 0.625, accuracy: validation[index]))
    }
    position = RunPosition(run: RunID(run), step: (index + 1) * 10, epoch: index + 1, batch: 10)
    history.apply(
      TrainingEvent(
        .epochEvaluated(
          EpochEvaluated(
            metrics: metrics, trainedSamples: 1000, trainingSeconds: 0.5, evaluationSeconds: 0.25)),
        at: position))
  }
  if let reason {
    history.apply(
      TrainingEvent(.runEnded(RunEnded(reason, restoredEpoch: restoredEpoch)), at: position))
  }
  return history
}

struct RunHistoryTests {
  @Test func theBestEpochIsTheEarliestOfEquals() {
    let history = history(0, test: [0.5, 0.8, 0.7, 0.8], ended: nil)
    #expect(history.best?.position.epoch == 2)
    #expect(RunHistory(RunID(0)).best == nil)
  }

  @Test func theBestEpochIsThatOfTheImagesHeldOutWhereThereAreSome() {
    let history = history(0, test: [0.5, 0.8, 0.9], validation: [0.5, 0.75, 0.75], ended: nil)
    #expect(history.best?.position.epoch == 2)
  }

  @Test func anEpochWithoutANumberIsNeverTheBest() {
    #expect(history(0, test: [.nan, 0.5, .nan], ended: nil).best?.position.epoch == 2)
    #expect(history(0, test: [.nan], ended: nil).best == nil)
  }

  @Test func theFinalEpochIsTheOneWhoseWeightsThereAre() {
    #expect(history(0, test: [0.5, 0.8], ended: nil).final?.position.epoch == 2)
    let history = history(
      0, test: [0.5, 0.8], validation: [0.75, 0.5], ended: .completed, restoredEpoch: 1)
    #expect(history.final?.metrics[.testAccuracy] == 0.5)
  }

  @Test func speedCountsTrainingAlone() {
    let history = history(0, test: [0.5, 0.8], ended: nil)
    #expect(history.imagesPerSecond == 2000)
    #expect(history.trainingSeconds == 1)
    #expect(history.evaluationSeconds == 0.5)
    #expect(RunHistory(RunID(0)).imagesPerSecond == nil)
  }
}

struct ComparisonTests {
  @Test func completedRunsAreComparedAtTheirEnds() {
    let comparison = Comparison([
      history(0, test: [0.5, 0.8], ended: .completed), history(1, test: [0.5, 0.6, 0.7], ended: .completed),
    ])
    #expect(comparison.isComparable)
    #expect(comparison.values(of: .testAccuracy) == [0.8, 0.7])
    #expect(comparison.difference(of: .testAccuracy) == 0.8 - 0.7)
  }

  @Test func stoppedRunsAreComparedAtTheLastCommonEpoch() {
    let comparison = Comparison([
      history(0, test: [0.5, 0.8, 0.9], ended: .stopped), history(1, test: [0.5, 0.6], ended: .stopped),
    ])
    #expect(comparison.isComparable)
    #expect(comparison.values(of: .testAccuracy) == [0.8, 0.6])
  }

  @Test func aDivergedRunIsNotSubtracted() {
    let comparison = Comparison([
      history(0, test: [0.5, 0.8, 0.9], ended: .completed),
      history(1, test: [0.5], ended: .diverged(message: "NaN")),
    ])
    #expect(!comparison.isComparable)
    #expect(comparison.values(of: .testAccuracy) == [0.9, 0.5])
    #expect(comparison.difference(of: .testAccuracy) == nil)
  }

  @Test func runsStoppedInTheFirstEpochHaveNoFigures() {
    let comparison = Comparison([
      history(0, test: [], ended: .stopped), history(1, test: [0.5], ended: .stopped),
    ])
    #expect(!comparison.isComparable)
    #expect(comparison.values(of: .testLoss) == [nil, nil])
  }

  @Test func everyFigureIsTheOneItsNameSays() {
    let comparison = Comparison([history(0, test: [0.8], ended: .completed)])
    let values = comparison.figures.map { comparison.values(of: $0)[0] }
    #expect(values == [0.5, 0.4, 0.45, 0.9, 0.8, 0.9 - 0.8])
  }

  @Test func figuresOfImagesHeldOutAreThereWhereARunHasThem() {
    let comparison = Comparison([
      history(0, test: [0.8], validation: [0.75], ended: .completed),
      history(1, test: [0.7], ended: .completed),
    ])
    var validated = RunConfiguration()
    validated.validationSize = 5
    #expect(comparison.figures == Figure.byQuantity.filter { $0.isMain && $0.isMeasured(of: validated) })
    #expect(comparison.values(of: .validationAccuracy) == [0.75, nil])
    #expect(comparison.values(of: .validationLoss) == [0.625, nil])
    #expect(comparison.difference(of: .validationAccuracy) == nil)
  }

  @Test func runsThatWentBackToTheirBestEpochsAreComparedByThese() {
    let histories = [
      history(
        0, test: [0.5, 0.8, 0.9], validation: [0.5, 0.75, 0.625], ended: .completed, restoredEpoch: 2),
      history(1, test: [0.5, 0.6], validation: [0.625, 0.5], ended: .completed, restoredEpoch: 1),
    ]
    for comparison in [Comparison(histories), Comparison(underWay: histories)] {
      #expect(comparison.measured.map { $0?.position.epoch } == [2, 1])
      #expect(comparison.values(of: .testAccuracy) == [0.8, 0.5])
    }
  }
}

struct VerdictTests {
  private func verdict(
    _ first: [Double], _ second: [Double], of figure: Figure = .testAccuracy,
    testCount: Int = 10_000
  ) -> Verdict {
    let histories = [history(0, test: first, ended: .completed), history(1, test: second, ended: .completed)]
    return Verdict(Comparison(histories), of: figure, histories: histories, testCount: testCount)
  }

  private func steady(_ accuracy: Double) -> [Double] { Array(repeating: accuracy, count: 5) }

  @Test func theEvidenceIsMeanAndSpreadOfTheLastEvaluations() throws {
    let first = [0.1, 0.2, 0.81, 0.82, 0.83, 0.84, 0.85]
    guard case .noDifferenceShown(let evidence) = verdict(first, [0.1, 0.2] + steady(0.82)) else {
      throw Unexpected()
    }
    #expect(evidence.epochs == [3...7, 3...7])
    #expect(abs(evidence.first.mean - 0.83) < 1e-12 && abs(evidence.second.mean - 0.82) < 1e-12)
    #expect(try abs(#require(evidence.first.standardDeviation) - 0.000_25.squareRoot()) < 1e-12)
    #expect(abs(evidence.difference - 0.01) < 1e-12)
  }

  @Test func aLargeDifferenceBetweenSteadyRunsIsAHint() throws {
    guard case .difference(let evidence) = verdict(steady(0.85), steady(0.8)) else { throw Unexpected() }
    #expect(abs(evidence.difference - 0.05) < 1e-9)
  }

  @Test func restlessRunsHideTheSameDifference() throws {
    guard case .noDifferenceShown = verdict([0.85, 0.9, 0.85, 0.78, 0.86], steady(0.8)) else {
      throw Unexpected()
    }
  }

  @Test func theClimbOfTheFirstEpochsDoesNotCount() throws {
    guard case .difference = verdict([0.3, 0.6] + steady(0.85), [0.3, 0.6] + steady(0.8)) else {
      throw Unexpected()
    }
  }

  @Test func fewTestImagesHideTheSameDifference() throws {
    guard case .noDifferenceShown = verdict(steady(0.85), steady(0.8), testCount: 100) else {
      throw Unexpected()
    }
  }

  /// A copy was said to differ by 0.00, within the usual ±44.28.
  @Test func copiesAreIdentical() {
    #expect(verdict(steady(0.85), steady(0.85)) == .identical(epochs: 5))
    #expect(verdict([0.85], [0.85]) == .identical(epochs: 1))
  }

  /// What it has is its parent's.
  @Test(arguments: [RunEnded.Reason.diverged(message: "the loss is NaN"), .stopped])
  func aForkWithoutAnEpochOfItsOwnIsNotCompared(reason: RunEnded.Reason) {
    let fork = ForkPoint(run: RunID(0), step: 55)
    let histories = [
      history(0, test: steady(0.85), ended: .completed),
      history(1, test: steady(0.85), ended: reason, forkedFrom: fork),
    ]
    #expect(Verdict(Comparison(histories), histories: histories, testCount: 10_000) == .noComparison)
  }

  @Test func eachRunsEpochsAreToldWhereOneStoppedEarlier() throws {
    let histories = [
      history(0, test: [0.1, 0.2, 0.3] + steady(0.85), ended: .completed),
      history(1, test: steady(0.8), ended: .completed),
    ]
    let verdict = Verdict(Comparison(histories), histories: histories, testCount: 10_000)
    guard case .difference(let evidence) = verdict else { throw Unexpected() }
    #expect(evidence.epochs == [4...8, 1...5])
  }

  /// "Difference shown" came and went with the epoch that was looked at.
  @Test(arguments: 5...30) func nothingIsShownWhileRunsAreUnderWay(epochs: Int) throws {
    let accuracies = (0..<epochs).map { 0.8 + 0.1 * Double($0 * 7 % 5) / 5 }
    let histories = [
      history(0, test: accuracies, ended: nil), history(1, test: accuracies.map { $0 - 0.3 }, ended: nil),
    ]
    guard
      case .undecided = Verdict(Comparison(underWay: histories), histories: histories, testCount: 10_000)
    else { throw Unexpected() }
  }

  @Test func fewEpochsAreTooEarly() {
    #expect(verdict([0.8, 0.9, 0.9, 0.9], [0.1, 0.2, 0.2, 0.2]) == .tooEarly(epochs: 4))
  }

  @Test func oneRunIsNoComparison() {
    let histories = [history(0, test: steady(0.8), ended: .completed)]
    #expect(Verdict(Comparison(histories), histories: histories, testCount: 10_000) == .noComparison)
  }

  /// A verdict of another kind than the test expects.
  private struct Unexpected: Error {}
}
