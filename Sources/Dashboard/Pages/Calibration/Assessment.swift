internal import Experiment
internal import Messages

/// How far a run's answers to the test images can be trusted.
package struct Assessment: Hashable, Sendable {
  /// Where the network stood.
  let position: RunPosition
  /// Whether it is right as often as it is sure.
  let calibration: Calibration
  /// Its accuracy when it leaves out what it gives low probabilities to.
  let byConfidence: RejectionCurve
  /// Its accuracy when it leaves out what its thinned networks disagree about, where that was measured.
  let byMutualInformation: RejectionCurve?

  /// Judges answers to all images whose labels are given; `nil` if they are answers to others.
  init?(_ answers: Positioned<TestPredicted>, labels: [UInt8], mutualInformation: [Float]? = nil) {
    guard answers.predictions.count == labels.count, mutualInformation?.count ?? labels.count == labels.count
    else { return nil }
    let isCorrect = zip(answers.predictions, labels).map { $0 == $1 }
    let confidences = labels.indices.map { answers.details.confidence(image: $0) }
    position = answers.position
    calibration = Calibration(confidences: confidences, isCorrect: isCorrect)
    byConfidence = RejectionCurve(uncertainties: confidences.map { 1 - $0 }, isCorrect: isCorrect)
    byMutualInformation = mutualInformation.map { information in
      RejectionCurve(uncertainties: information.map(Double.init), isCorrect: isCorrect)
    }
  }
}

extension Assessment {
  /// What the calibration means, for a sentence that begins with the run's name.
  var verdict: String {
    let (total, surplus) = (calibration.total, calibration.overconfidence)
    // Two standard errors of the accuracy.
    let noise = 2 * (total.accuracy * (1 - total.accuracy) / Double(max(1, total.count))).squareRoot()
    guard abs(surplus) > noise else {
      return says("is as sure as it is right", "有多确信，就有多准确")
    }
    let points = Self.points(abs(surplus))
    return surplus > 0
      ? says("is \(points) points too sure", "过于确信 \(points) 个百分点")
      : says("is \(points) points too unsure", "不够确信 \(points) 个百分点")
  }

  private static func points(_ share: Double) -> String {
    DashboardState.percent(share).filter { $0 != "%" && $0 != " " }
  }
}
