/// Whether a network is right as often as it is sure: answers in bins of the probability of their class.
public struct Calibration: Hashable, Sendable {
  /// Answers of about the same confidence.
  public struct Bin: Hashable, Sendable {
    /// How many there are.
    public fileprivate(set) var count = 0
    fileprivate var confidenceSum = 0.0
    fileprivate var correct = 0

    /// The mean probability of the classes that were answered.
    public var confidence: Double { confidenceSum / Double(max(1, count)) }
    /// The share of right answers.
    public var accuracy: Double { Double(correct) / Double(max(1, count)) }
  }

  /// The bins, of equal width from 0 to 1; each holds its upper bound.
  public let bins: [Bin]
  /// All answers together.
  public let total: Bin

  /// Sorts answers into `binCount` bins by their `confidences`, 0...1.
  public init(confidences: [Double], isCorrect: [Bool], binCount: Int = 15) {
    precondition(confidences.count == isCorrect.count && binCount > 0, "every answer is right or wrong")
    var bins = [Bin](repeating: Bin(), count: binCount)
    var total = Bin()
    for (confidence, isCorrect) in zip(confidences, isCorrect) {
      let place = Int((confidence * Double(binCount)).rounded(.up)) - 1
      bins[min(max(place, 0), binCount - 1)].add(confidence, isCorrect)
      total.add(confidence, isCorrect)
    }
    (self.bins, self.total) = (bins, total)
  }

  /// The expected calibration error: Σ count · |accuracy - confidence| / total count (Naeini et al., 2015).
  public var expectedError: Double {
    bins.reduce(0) { $0 + Double($1.count) * abs($1.accuracy - $1.confidence) } / Double(max(1, total.count))
  }

  /// Mean confidence minus accuracy: positive where the network is surer than it should be.
  public var overconfidence: Double { total.confidence - total.accuracy }
}

extension Calibration.Bin {
  fileprivate mutating func add(_ confidence: Double, _ isCorrect: Bool) {
    count += 1
    confidenceSum += confidence
    if isCorrect { correct += 1 }
  }
}

/// How accurate a network is when it need not answer what it is least sure of.
public struct RejectionCurve: Hashable, Sendable {
  /// Right answers among the surest n, from n = 0.
  private let correct: [Int]

  /// Orders answers by `uncertainties`; of equal ones the later are rejected first.
  public init(uncertainties: [Double], isCorrect: [Bool]) {
    precondition(uncertainties.count == isCorrect.count, "every answer is right or wrong")
    let order = uncertainties.indices.sorted { (uncertainties[$0], $0) < (uncertainties[$1], $1) }
    var correct = [0]
    for index in order { correct.append((correct.last ?? 0) + (isCorrect[index] ? 1 : 0)) }
    self.correct = correct
  }

  /// The accuracy of what is left when a share of the answers, 0..<1, is rejected; `nil` without answers.
  public func accuracy(rejecting share: Double) -> Double? {
    let count = correct.count - 1
    guard count > 0 else { return nil }
    let kept = min(max(count - Int((share * Double(count)).rounded()), 1), count)
    return Double(correct[kept]) / Double(kept)
  }
}
