internal import Experiment
internal import Messages
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
    case .disagreement: says("disagreement", "分歧")
    case .leastConfident: says("least confident", "最不确信")
    case .predictiveEntropy: says("predictive entropy", "预测熵")
    case .mutualInformation: says("mutual information", "互信息")
    }
  }

  /// The number of an image in a measurement, in nats.
  func nats(of image: Int, in measured: Positioned<UncertaintyMeasured>) -> Double? {
    let numbers =
      self == .predictiveEntropy ? measured.predictiveEntropies : measured.mutualInformation
    return numbers.indices.contains(image) ? Double(numbers[image]) : nil
  }
}

extension SampleRanking {
  /// The images in an order of uncertainty, each by the run that is least sure of it; empty without answers.
  static func order(_ ordering: SampleOrdering, runs: [RunState], labels: [UInt8]) -> [Int] {
    let answers = runs.compactMap(\.predictions?.details).filter { $0.predictions.count == labels.count }
    let measured = runs.compactMap(\.uncertainty).filter { $0.answers.predictions.count == labels.count }
    guard ordering != .disagreement, !answers.isEmpty, !ordering.needsMonteCarlo || !measured.isEmpty else {
      return order(answers: runs.compactMap(\.predictions?.details), labels: labels)
    }
    let scores = labels.indices.map { image in
      ordering.needsMonteCarlo
        ? measured.compactMap { ordering.nats(of: image, in: $0) }.max() ?? 0
        : answers.map { 1 - $0.confidence(image: image) }.max() ?? 0
    }
    return labels.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
  }
}

extension SampleOrdering {
  /// The order after this one; after the last one the first.
  var next: SampleOrdering {
    let orderings = Self.allCases
    return orderings[((orderings.firstIndex(of: self) ?? 0) + 1) % orderings.count]
  }

  /// The order of a list by what runs say, in words, and how its numbers came about.
  func title(of runs: [RunState]) -> String {
    let order = says("next, by \(title)", "接下来，按\(title)")
    guard needsMonteCarlo else { return order }
    let measured = runs.compactMap(\.uncertainty)
    guard let passes = measured.map(\.passes).min(), let step = measured.map(\.position.step).min()
    else { return says("\(order): not measured yet", "\(order)：尚未测量") }
    let seconds = NumberText.fixed(measured.map(\.seconds).max() ?? 0, decimals: 2)
    let place = NumberText.grouped(step)
    return says(
      "\(order): \(passes) passes in \(seconds) s at step \(place)",
      "\(order)：\(passes) 次前向，\(seconds) s，第 \(place) 步")
  }
}

extension DashboardState {
  private static let passesOverAll = 20

  /// Asks the runs how sure they are, unless they have told since their last step.
  mutating func measureUncertainty() {
    guard origin != .recording else { return }
    for run in comparedRuns {
      let step = origin == .folders ? run.predictions?.position.step : run.history.step
      guard run.uncertainty?.position.step != step else { continue }
      send(.send(.measureUncertainty(passes: Self.passesOverAll), to: run.id))
    }
  }
}
