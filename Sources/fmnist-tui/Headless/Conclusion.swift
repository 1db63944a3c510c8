import TerminalUI
import Training
import TrainingEvents

/// What the comparison shows, in words that claim no more than one seed can show.
struct Conclusion {
  let session: SessionDescription
  let histories: [RunHistory]
  let comparison: Comparison
  let encoding: TextEncoding

  /// The sentences, broken at 79 columns; nothing for a single run.
  var lines: [String] {
    guard session.runs.count == 2 else { return [] }
    return TextWrap.lines(encoding.encode(sentences.joined(separator: " ")), width: 79) + hint
  }

  private var sentences: [String] {
    let gap = verdict(of: .generalizationGap)
    switch verdict(of: .testAccuracy) {
    case .noComparison:
      return ["No comparison: a run ended before it could be compared."]
    case .tooEarly(let epochs):
      return [
        "No difference shown: \(epochs) \(epochs == 1 ? "epoch is" : "epochs are") too few to tell.",
        "Compare after \(Verdict.fewestEpochs) or more.",
      ]
    case .noDifferenceShown(let difference, let swing):
      let accuracy =
        "test accuracy differs by \(NumberText.signed(difference * 100, decimals: 2)) points, within"
      guard case .difference(let gapDifference, let gapSwing) = gap else {
        return ["No difference shown: \(accuracy) \(anyway(swing))."]
      }
      return [
        "No difference shown in accuracy: \(accuracy) \(anyway(swing)).",
        smallerGap(gapDifference, gapSwing), Self.caution,
      ]
    case .difference(let difference, let swing):
      let accuracy =
        "Test accuracy is \(points(difference)) points higher in run \(mention(difference > 0)), more than "
        + "\(anyway(swing))."
      guard case .difference(let gapDifference, let gapSwing) = gap else { return [accuracy, Self.caution] }
      return [accuracy, smallerGap(gapDifference, gapSwing), Self.caution]
    }
  }

  private static let caution = "One seed is a hint and no proof: repeat it with other seeds."

  private func verdict(of figure: Comparison.Figure) -> Verdict {
    Verdict(comparison, of: figure, histories: histories, testCount: session.testCount)
  }

  private func smallerGap(_ difference: Double, _ swing: Double) -> String {
    "The generalisation gap is \(points(difference)) points smaller in run \(mention(difference < 0)), more than "
      + "\(anyway(swing))."
  }

  private func anyway(_ swing: Double) -> String { "the ±\(points(swing)) by which it moves anyway" }

  private func points(_ difference: Double) -> String { NumberText.fixed(abs(difference) * 100, decimals: 2) }

  private func mention(_ isFirst: Bool) -> String { session.mention(of: RunID(isFirst ? 0 : 1)) }

  /// Where an experiment on dropout shows nothing, an experiment that does show something.
  private var hint: [String] {
    guard RunDifference(session.runs[0].configuration, session.runs[1].configuration).isOnlyDropout,
      case .noDifferenceShown = verdict(of: .testAccuracy),
      case .noDifferenceShown = verdict(of: .generalizationGap)
    else { return [] }
    return [
      "To see dropout act against overfitting, try",
      "  fmnist-tui --train-size 3000 --epochs 60 --optimizer adam --dropout 0.5,0.5",
    ]
  }
}
