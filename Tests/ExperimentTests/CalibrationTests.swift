import Testing

@testable import Experiment

/// Figures computed by numpy.
@Suite struct MonteCarloPredictionTests {
  @Test func whereOneProbabilityIsNaNThereIsNoClass() {
    let none = MonteCarloPrediction(probabilities: [0.9, .nan, 0.1, 0.9, 0, 0.1], classes: 3)
    #expect(none.prediction == nil)
    #expect(none.agreement.isNaN)
    #expect(none.standardDeviations[1].isNaN && !none.standardDeviations[0].isNaN)
    #expect(MonteCarloPrediction(probabilities: [.nan, 0.5], classes: 2).standardDeviations[0].isNaN)
    #expect(MonteCarloPrediction.prediction(of: [0.2, 0.8]) == 1)
    #expect(MonteCarloPrediction.prediction(of: [.nan, 0.8]) == nil)
    #expect(MonteCarloPrediction.prediction(of: []) == nil)
  }

  private let prediction = MonteCarloPrediction(
    probabilities: [0.7, 0.2, 0.1, 0.5, 0.25, 0.25, 0.125, 0.75, 0.125, 0.9, 0.1, 0], classes: 3)

  @Test func meansAndDeviationsAreNumpys() {
    for (mean, expected) in zip(
      prediction.means, [0.5562499910593033, 0.3250000011175871, 0.11875000037252903])
    {
      #expect(abs(mean - expected) < 1e-12)
    }
    for (deviation, expected) in zip(
      prediction.standardDeviations, [0.3306401519181924, 0.2901149189455733, 0.10282468890320172])
    {
      #expect(abs(deviation - expected) < 1e-12)
    }
    #expect(prediction.passes == 4)
  }

  @Test func agreementIsTheShareThatVotesForTheMeansClass() {
    #expect(prediction.prediction == 0)
    #expect(prediction.agreement == 0.75)
    let divided = MonteCarloPrediction(probabilities: [0.6, 0.4, 0.6, 0.4, 0.1, 0.9], classes: 2)
    #expect(divided.prediction == 1, "the mean need not be of the majority")
    #expect(divided.agreement == 1.0 / 3)
  }

  @Test func entropyAndMutualInformationAreNumpys() {
    #expect(abs(prediction.predictiveEntropy - 0.9445635015117229) < 1e-12)
    #expect(abs(prediction.mutualInformation - 0.21900243370405537) < 1e-12)
  }

  @Test func passesThatAreAlikeHaveNoMutualInformation() {
    let alike = MonteCarloPrediction(
      probabilities: Array([0.3, 0.6, 0.1, 0.3, 0.6, 0.1, 0.3, 0.6, 0.1]), classes: 3)
    #expect(alike.mutualInformation < 1e-12)
    #expect(alike.standardDeviations.allSatisfy { $0 < 1e-8 })
    #expect(alike.agreement == 1)
    let even = MonteCarloPrediction(probabilities: [0.5, 0.5], classes: 2)
    #expect(abs(even.predictiveEntropy - 0.6931471805599453) < 1e-12)
    #expect(even.standardDeviations == [0, 0])
  }
}

/// Figures computed by numpy, with bins that hold their upper bound and a stable sort.
@Suite struct CalibrationTests {
  private static let confidences = (0..<60).map { Double($0 * 37 % 60 + 1) / 61 }
  private static let isCorrect = (0..<60).map { number -> Bool in
    let digit = (number * number * 7 + number) % 10
    return Double(digit) < confidences[number] * 9
  }

  @Test func theExpectedErrorIsNumpys() {
    let calibration = Calibration(confidences: Self.confidences, isCorrect: Self.isCorrect)
    #expect(abs(calibration.expectedError - 0.1532786885245902) < 1e-12)
    #expect(calibration.bins.count == 15)
    let ten = Calibration(confidences: Self.confidences, isCorrect: Self.isCorrect, binCount: 10)
    #expect(abs(ten.expectedError - 0.11120218579234975) < 1e-12)
  }

  @Test func binsHoldTheirUpperBound() {
    let calibration = Calibration(confidences: Self.confidences, isCorrect: Self.isCorrect)
    #expect(calibration.bins[3].count == 4)
    #expect(abs(calibration.bins[3].confidence - 0.2377049180327869) < 1e-12)
    #expect(calibration.bins[3].accuracy == 0.5)
    #expect(abs(calibration.bins[14].confidence - 0.959016393442623) < 1e-12)
    #expect(calibration.bins[14].accuracy == 1)
    let edges = Calibration(confidences: [0, 0.5, 1], isCorrect: [true, true, true], binCount: 2)
    #expect(edges.bins.map(\.count) == [2, 1])
  }

  @Test func overconfidenceIsConfidenceMinusAccuracy() {
    let calibration = Calibration(confidences: Self.confidences, isCorrect: Self.isCorrect)
    #expect(abs(calibration.overconfidence - (0.5 - 0.55)) < 1e-12)
    #expect(Calibration(confidences: [], isCorrect: []).expectedError == 0)
  }

  @Test(arguments: [(0.0, 0.55), (0.1, 30.0 / 54.0), (0.25, 0.6), (0.5, 0.7), (0.9, 1.0)])
  func rejectingTheLeastSureLeavesTheAccuracyOfTheRest(share: Double, accuracy: Double) throws {
    let curve = RejectionCurve(uncertainties: Self.confidences.map { 1 - $0 }, isCorrect: Self.isCorrect)
    let found = try #require(curve.accuracy(rejecting: share))
    #expect(abs(found - accuracy) < 1e-12)
  }

  @Test func equalUncertaintiesAreRejectedFromTheLast() {
    let curve = RejectionCurve(
      uncertainties: [0.5, 0.1, 0.5, 0.5], isCorrect: [true, false, false, true])
    let accuracies = [0, 0.25, 0.5, 0.75, 0.999].map { curve.accuracy(rejecting: $0) }
    #expect(accuracies == [0.5, 1.0 / 3, 0.5, 0, 0])
    #expect(RejectionCurve(uncertainties: [], isCorrect: []).accuracy(rejecting: 0) == nil)
  }
}
