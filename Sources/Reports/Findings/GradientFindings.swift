internal import Datasets
package import Experiment
internal import Messages
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
      return says("Diverged: \(message).", "已发散：\(DivergenceMessage.told(message))。")
    }
    guard let first = norms.first, let last = norms.last, norms.count > 1 else {
      return says("There is no hidden layer that a gradient would have to reach.", "没有梯度需要到达的隐藏层。")
    }
    let largest = norms.max() ?? 0
    let (outcome, stop) = (outcome(of: run), says(".", "。"))
    func number(_ number: Double) -> String { NumberText.significant(number, digits: 2) }
    guard norms.allSatisfy(\.isFinite) else {
      return says("A gradient is no number: this network is lost.", "有梯度不再是数：这个网络已无可救药。")
    }
    if largest >= explosion {
      return says(
        "A gradient of \(number(largest)): one step throws the weights far away\(outcome).",
        "梯度达到 \(number(largest))：一步就把权重抛到远处\(outcome)。")
    }
    if first < vanishing * last {
      return
        says(
          "Layer 1 receives \(number(first / last)) of the output layer's gradient",
          "第 1 层收到的梯度是输出层的 \(number(first / last)) 倍")
        + (outcome.isEmpty ? says(": it hardly learns.", "：它几乎学不到什么。") : outcome + stop)
    }
    if largest < nothing {
      return
        says(
          "The layers receive about the same, and that is nothing: no gradient is above \(number(largest))",
          "各层收到的大致相同，但等于没有：没有梯度超过 \(number(largest))") + outcome + stop
    }
    let smallest = norms.min() ?? 0
    return
      says(
        "The gradients of all layers lie within a factor of \(number(largest / max(smallest, .leastNormalMagnitude)))",
        "各层梯度相差不超过 \(number(largest / max(smallest, .leastNormalMagnitude))) 倍")
      + (outcome.isEmpty ? says(": every layer learns.", "：每一层都在学习。") : outcome + stop)
  }

  /// What came of it, as the end of a sentence.
  private static func outcome(of run: RunHistory) -> String {
    guard let accuracy = run.epochs.last?.details.metrics[.testAccuracy] else { return "" }
    let chance = 1 / Double(max(1, run.configuration.dataset.task.outputCount))
    let percent = NumberText.percent(accuracy)
    return accuracy <= guessing * chance
      ? says(
        ": this network stays at chance, \(percent) of the test images", "：这个网络停留在猜测水平，测试图像答对 \(percent)")
      : says(": \(percent) of the test images are right", "：测试图像答对 \(percent)")
  }
}
