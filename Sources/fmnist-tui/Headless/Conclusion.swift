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
    return TextWrap.lines(encoding.encode(sentences.joined(separator: " ")), width: 79)
  }

  private var sentences: [String] {
    switch Verdict(comparison, histories: histories, testCount: session.testCount) {
    case .noComparison:
      ["No comparison: a run ended before it could be compared."]
    case .tooEarly(let epochs):
      [
        "No difference shown: \(epochs) \(epochs == 1 ? "epoch is" : "epochs are") too few to tell.",
        "Compare after \(Verdict.fewestEpochs) or more.",
      ]
    case .noDifferenceShown(let difference, let swing):
      [
        "No difference shown: test accuracy differs by \(points(difference)) points, within the "
          + "±\(NumberText.fixed(swing * 100, decimals: 2)) by which it moves anyway."
      ] + hints
    case .difference(let difference, let swing):
      [
        "Test accuracy is \(NumberText.fixed(abs(difference) * 100, decimals: 2)) points higher in run "
          + "\(session.mention(of: RunID(difference > 0 ? 0 : 1))), more than the "
          + "±\(NumberText.fixed(swing * 100, decimals: 2)) by which it moves anyway.",
        "One seed is a hint and no proof: repeat it with other seeds.",
      ]
    }
  }

  private var hints: [String] {
    guard RunDifference(session.runs[0].configuration, session.runs[1].configuration).isOnlyDropout else {
      return []
    }
    return ["Dropout shows its effect where a network can overfit: few images, wide layers, many epochs."]
  }

  private func points(_ difference: Double) -> String {
    NumberText.signed(difference * 100, decimals: 2)
  }
}
