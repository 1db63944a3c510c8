internal import Datasets
package import Experiment
internal import TerminalUI

/// What the gradients of a run's layers show, and what theory says of networks like it.
package struct GradientFindings: Hashable, Sendable {
  /// How the gradient changes from layer to layer.
  package let flow: GradientFlow
  /// What is to be seen, in a sentence.
  package let sentence: String

  /// Judges what was measured of a run's layers at some step.
  package init(_ measured: LayersMeasured, of run: RunHistory) {
    flow = GradientFlow(measured, of: run.initialConfiguration)
    sentence = Self.sentence(measured.gradientNorms, of: run)
  }

  /// Below this share of the output layer's gradient a layer is said to receive none.
  private static let vanishing = 1e-3
  /// Gradients that are all below this move nothing at any usual rate.
  private static let nothing = 1e-5
  /// A gradient above this throws the weights away at any usual rate.
  private static let explosion = 1e3
  /// Accuracy of guessing, times this, is still that of guessing.
  private static let guessing = 1.2

  private static func sentence(_ norms: [Double], of run: RunHistory) -> String {
    if case .diverged(let message) = run.ended?.reason {
      return "Diverged: \(message)."
    }
    guard let first = norms.first, let last = norms.last, norms.count > 1 else {
      return "There is no hidden layer that a gradient would have to reach."
    }
    let largest = norms.max() ?? 0
    let outcome = outcome(of: run)
    func number(_ number: Double) -> String { NumberText.significant(number, digits: 2) }
    guard norms.allSatisfy(\.isFinite) else {
      return "A gradient is no number: this network is lost."
    }
    if largest >= explosion {
      return "A gradient of \(number(largest)): one step throws the weights far away\(outcome)."
    }
    if first < vanishing * last {
      return
        "Layer 1 receives \(number(first / last)) of the output layer's gradient"
        + (outcome.isEmpty ? ": it hardly learns." : "\(outcome).")
    }
    if largest < nothing {
      return
        "The layers receive about the same, and that is nothing: no gradient is above \(number(largest))"
        + (outcome.isEmpty ? "." : "\(outcome).")
    }
    let smallest = norms.min() ?? 0
    return
      "The gradients of all layers lie within a factor of \(number(largest / max(smallest, .leastNormalMagnitude)))"
      + (outcome.isEmpty ? ": every layer learns." : "\(outcome).")
  }

  /// What came of it, as the end of a sentence.
  private static func outcome(of run: RunHistory) -> String {
    guard let accuracy = run.epochs.last?.details.metrics[.testAccuracy] else { return "" }
    let chance = 1 / Double(max(1, run.configuration.dataset.task.outputCount))
    let percent = NumberText.percent(accuracy)
    return accuracy <= guessing * chance
      ? ": this network stays at chance, \(percent) of the test images"
      : ": \(percent) of the test images are right"
  }
}
