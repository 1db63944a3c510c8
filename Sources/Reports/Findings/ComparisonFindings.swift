package import Experiment
internal import TerminalUI

/// What a comparison shows, in sentences that claim no more than its runs can show.
package struct ComparisonFindings: Hashable, Sendable {
  /// The sentences, the most important one first and short enough for one line of a narrow screen.
  package let sentences: [String]
  /// Whether neither accuracy nor gap differs by more than chance.
  package let showNothing: Bool

  /// Judges a pair with one seed; `mentions` are the runs' names within a sentence.
  package init(_ comparison: Comparison, histories: [RunHistory], mentions: [String], testCount: Int) {
    func verdict(of figure: Comparison.Figure) -> Verdict {
      Verdict(comparison, of: figure, histories: histories, testCount: testCount)
    }
    let accuracy = verdict(of: .testAccuracy)
    let gap = verdict(of: .generalizationGap)
    let caution = "One seed is a hint and no proof: --replicates 5 trains five."
    showNothing = accuracy.isNothingShown && gap.isNothingShown
    var gapSentences: [String] = []
    if case .difference(let difference, let swing) = gap {
      gapSentences = [
        "Smaller generalisation gap in \(mentions[difference < 0 ? 0 : 1]): \(points(difference)) points, "
          + "beyond the usual ±\(points(swing)).", caution,
      ]
    }
    switch accuracy {
    case .noComparison: sentences = ["No comparison: not both runs have an epoch to compare."]
    case .tooEarly(let epochs):
      sentences = [
        "No difference shown: \(epochs) \(epochs == 1 ? "epoch is" : "epochs are") too few to tell, "
          + "\(Verdict.fewestEpochs) are needed."
      ]
    case .noDifferenceShown(let difference, let swing):
      sentences =
        [
          "No difference shown: test accuracy \(signedPoints(difference)) points, within the usual ±\(points(swing))."
        ] + gapSentences
    case .difference(let difference, let swing):
      sentences =
        [
          "Higher test accuracy in \(mentions[difference > 0 ? 0 : 1]): \(points(difference)) points, "
            + "beyond the usual ±\(points(swing))."
        ] + (gapSentences.isEmpty ? [caution] : gapSentences)
    }
  }

  /// Judges the first two sides with several seeds by the intervals of their paired differences.
  package init(_ comparison: ReplicateComparison, mentions: [String]) {
    let accuracy = comparison.difference(of: .testAccuracy)
    let gap = comparison.difference(of: .generalizationGap)
    showNothing = accuracy?.interval != nil && accuracy?.isShown == false && gap?.isShown == false
    guard comparison.sides.count >= 2 else {
      sentences = []
      return
    }
    guard let accuracy, let interval = accuracy.interval else {
      sentences = [
        comparison.seeds.isEmpty
          ? "No comparison: no pair of runs has an epoch to compare."
          : "No difference shown: one seed has no interval, it takes two or more."
      ]
      return
    }
    var sentences = [
      accuracy.isShown
        ? "Higher test accuracy in \(mentions[accuracy.mean > 0 ? 0 : 1]): \(size(accuracy.mean, interval))."
        : "No difference shown: test accuracy \(signedPoints(accuracy.mean)) points "
          + "(95 %: \(signedPoints(interval.lowerBound)) to \(signedPoints(interval.upperBound)))."
    ]
    if let gap, gap.isShown, let interval = gap.interval {
      sentences.append(
        "Smaller generalisation gap in \(mentions[gap.mean < 0 ? 0 : 1]): \(size(gap.mean, interval)).")
    }
    let seeds = comparison.seeds.map { String($0) }.joined(separator: ", ")
    sentences.append(
      "n = \(comparison.seeds.count) pairs of runs, seeds \(seeds); the 95 % are Student's t and hold for each "
        + "figure by itself.")
    if !comparison.failedSeeds.isEmpty {
      let failed = comparison.failedSeeds.map { String($0) }.joined(separator: ", ")
      sentences.append("Left out because a run failed: seed \(failed).")
    }
    self.sentences = sentences
  }
}

extension Verdict {
  fileprivate var isNothingShown: Bool { if case .noDifferenceShown = self { true } else { false } }
}

private func points(_ difference: Double) -> String { NumberText.fixed(abs(difference) * 100, decimals: 2) }

/// The size of a difference that is shown, whatever its sign.
private func size(_ difference: Double, _ interval: ClosedRange<Double>) -> String {
  let bounds = [abs(interval.lowerBound), abs(interval.upperBound)].sorted()
  return "\(points(difference)) points (95 %: \(points(bounds[0])) to \(points(bounds[1])))"
}

private func signedPoints(_ difference: Double) -> String {
  NumberText.signed(difference * 100, decimals: 2)
}
