package import Experiment
internal import TerminalUI

/// What a comparison shows, in sentences that claim no more than its runs can show.
package struct ComparisonFindings: Hashable, Sendable {
  /// The sentences, the most important one first and short enough for one line of a narrow screen.
  package let sentences: [String]
  /// Whether neither the result nor the gap differs by more than chance.
  package let showNothing: Bool

  /// Judges a pair with one seed; `mentions` are the runs' names within a sentence.
  package init(_ comparison: Comparison, histories: [RunHistory], mentions: [String], testCount: Int) {
    let verdicts = Figure.judged(for: comparison.task).map { figure in
      (figure, Verdict(comparison, of: figure, histories: histories, testCount: testCount))
    }
    let caution =
      "Mean ± standard deviation of the last \(Verdict.fewestEpochs) evaluations, chosen beforehand. One seed is a "
      + "hint and no proof: --replicates 5 trains five."
    showNothing = verdicts.allSatisfy(\.1.isNothingShown)
    let shown = verdicts.compactMap { figure, verdict -> String? in
      guard case .difference(let evidence) = verdict else { return nil }
      return "\(figure.better(evidence.difference, mentions)): \(figure.text(evidence))."
    }
    switch verdicts[0] {
    case (_, .noComparison): sentences = ["No comparison: not both runs have an epoch to compare."]
    case (_, .identical(let epochs)):
      sentences = [
        "Identical: every figure is the same in both runs up to epoch \(epochs)."
      ]
    case (_, .tooEarly(let epochs)):
      sentences = [
        "No difference shown: \(epochs) \(epochs == 1 ? "epoch is" : "epochs are") too few to tell, "
          + "\(Verdict.fewestEpochs) are needed."
      ]
    case (let figure, .undecided(let evidence)):
      sentences = [
        "So far: \(figure.title) \(figure.text(evidence)); no verdict yet.",
        "It comes with the last epoch: to look often is a test each time, and some of them show what is not there.",
      ]
    case (let figure, .noDifferenceShown(let evidence)):
      sentences = ["No difference shown: \(figure.title) \(figure.text(evidence))."] + shown + [caution]
    case (_, .difference): sentences = shown + [caution]
    }
  }

  /// Judges the first two sides with several seeds by the intervals of their paired differences.
  package init(_ comparison: ReplicateComparison, mentions: [String]) {
    let differences = Figure.judged(for: comparison.task).map { ($0, comparison.difference(of: $0)) }
    let (figure, first) = differences[0]
    showNothing = first?.interval != nil && differences.allSatisfy { $0.1?.isShown == false }
    guard comparison.sides.count >= 2 else {
      sentences = []
      return
    }
    guard let first, first.interval != nil, let interval = figure.intervalText(first, separator: " to ")
    else {
      sentences = [
        comparison.seeds.isEmpty
          ? "No comparison: no pair of runs has an epoch to compare."
          : "No difference shown: one seed has no interval, it takes two or more."
      ]
      return
    }
    var sentences: [String] = []
    if !first.isShown {
      sentences.append(
        "No difference shown: \(figure.title) \(figure.differenceText(first.mean))\(figure.differenceUnit) "
          + "(95 %: \(interval)).")
    }
    for case (let figure, let difference?) in differences where difference.isShown {
      guard let interval = difference.interval else { continue }
      let bounds = [abs(interval.lowerBound), abs(interval.upperBound)].sorted().map(figure.sizeText)
      sentences.append(
        "\(figure.better(difference.mean, mentions)): \(figure.sizeText(difference.mean))\(figure.differenceUnit) "
          + "(95 %: \(bounds[0]) to \(bounds[1])).")
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

extension Figure {
  /// What a verdict rests on: `81.17±0.31 and 80.67±0.42, epochs 6-10`.
  fileprivate func text(_ evidence: Verdict.Evidence) -> String {
    let sides = [evidence.first, evidence.second].map { statistics in
      bareText(statistics.mean) + "±" + sizeText(statistics.standardDeviation ?? 0)
    }
    return "\(sides[0]) and \(sides[1]), epochs \(evidence.epochs.lowerBound)-\(evidence.epochs.upperBound)"
  }

  /// Which of two is better: `Higher test accuracy in A`.
  fileprivate func better(_ difference: Double, _ mentions: [String]) -> String {
    "\(direction == .lower ? "Smaller" : "Higher") \(title) in \(mentions[isBetter(difference, than: 0) ? 0 : 1])"
  }
}
