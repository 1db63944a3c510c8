internal import Experiment
internal import TerminalUI

/// What the list of test images is ordered by.
package enum SampleOrdering: CaseIterable, Hashable, Sendable {
  /// How far the runs are apart, or the errors of a single run.
  case disagreement
  /// How small the probability of the answer is, dropout off.
  case leastConfident
  /// The entropy of the mean of passes with dropout.
  case predictiveEntropy
  /// What the passes with dropout disagree about.
  case mutualInformation

  /// Whether it needs passes with dropout over all images.
  var needsMonteCarlo: Bool { self == .predictiveEntropy || self == .mutualInformation }

  /// The order in words.
  var title: String {
    switch self {
    case .disagreement: "disagreement"
    case .leastConfident: "least confident"
    case .predictiveEntropy: "predictive entropy"
    case .mutualInformation: "mutual information"
    }
  }

  /// The number of an image in a measurement, in nats.
  func nats(of image: Int, in measured: UncertaintyMeasured) -> Double? {
    let numbers =
      self == .predictiveEntropy ? measured.predictiveEntropies : measured.mutualInformation
    return numbers.indices.contains(image) ? Double(numbers[image]) : nil
  }
}

extension SampleRanking {
  /// The images in an order of uncertainty, each by the run that is least sure of it; empty without answers.
  static func order(_ ordering: SampleOrdering, runs: [RunState], labels: [UInt8]) -> [Int] {
    let answers = runs.compactMap(\.predictions).filter { $0.predictions.count == labels.count }
    let measured = runs.compactMap(\.uncertainty).filter { $0.answers.predictions.count == labels.count }
    guard ordering != .disagreement, !answers.isEmpty, !ordering.needsMonteCarlo || !measured.isEmpty else {
      return order(answers: runs.compactMap(\.predictions), labels: labels)
    }
    let scores = labels.indices.map { image in
      ordering.needsMonteCarlo
        ? measured.compactMap { ordering.nats(of: image, in: $0) }.max() ?? 0
        : answers.map { 1 - $0.confidence(image: image) }.max() ?? 0
    }
    return labels.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
  }
}

extension DashboardState {
  /// Puts the test images in the order that is wanted.
  mutating func sortSamples() {
    guard let testImages else { return }
    sampleOrder = SampleRanking.order(sampleOrdering, runs: comparedRuns, labels: testImages.labels)
  }

  /// The order of the list in words, and how its numbers came about.
  var sampleOrderTitle: String {
    guard sampleOrdering.needsMonteCarlo else { return "next, by \(sampleOrdering.title)" }
    let measured = comparedRuns.compactMap(\.uncertainty)
    guard let passes = measured.map(\.passes).min(), let step = measured.map(\.answers.position.step).min()
    else { return "next, by \(sampleOrdering.title): not measured yet" }
    let seconds = NumberText.fixed(measured.map(\.seconds).max() ?? 0, decimals: 2)
    return
      "next, by \(sampleOrdering.title): \(passes) passes in \(seconds) s at step \(NumberText.grouped(step))"
  }

  /// The next order of the list, and the question that it needs.
  mutating func cycleOrdering() -> [DashboardEffect] {
    let orderings = SampleOrdering.allCases
    let next = (orderings.firstIndex(of: sampleOrdering) ?? 0) + 1
    sampleOrdering = orderings[next % orderings.count]
    selectedSample = nil
    sortSamples()
    return sampleOrdering.needsMonteCarlo ? measureUncertainty() : []
  }

  /// Asks the runs how sure they are, unless they have told since their last step.
  func measureUncertainty() -> [DashboardEffect] {
    guard origin == .training else { return [] }
    return comparedRuns.filter { $0.uncertainty?.answers.position.step != $0.history.step }
      .map { .send(.measureUncertainty(passes: Self.passesOverAll), to: $0.id) }
  }

  private static let passesOverAll = 20
}
