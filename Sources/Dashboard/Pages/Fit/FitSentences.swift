internal import Datasets
internal import Experiment
internal import Messages
internal import NeuralNetwork
internal import TerminalUI

/// What is to be seen of a fit, and what is not.
struct FitSentences {
  let state: DashboardState
  let run: RunState
  let exact: ExactSolution?
  let synthesis: Synthesis

  var text: String {
    switch synthesis.kind {
    case .polynomial: polynomial
    case .linear: linear
    }
  }

  private func number(_ value: Double) -> String { NumberText.significant(value, digits: 2) }

  /// Steps against the exact solution of the same samples.
  private var polynomial: String {
    let features = run.configuration.features
    guard let exact, let loss = run.history.final?.metrics[.testLoss] else {
      return says(
        "The exact solution of the samples is in the last row; x shows it by degree.",
        "样本的精确解在最后一行；按 x 显示它随次数的变化。")
    }
    // Half the squares are told where half of them is learned from.
    let test = run.configuration.loss == .halvedMeanSquaredError ? 2 * loss : loss
    let steps = NumberText.grouped(run.history.step)
    let count = "\(features) feature\(features == 1 ? "" : "s")"
    if features < synthesis.weights.count {
      return says(
        "Underfitting: \(count) cannot follow a curve of \(synthesis.weights.count), so that the exact solution "
          + "misses the test samples too (\(number(exact.test))). Neither steps nor samples help.",
        "欠拟合：\(features) 个特征跟不上 \(synthesis.weights.count) 个特征的曲线，因此精确解在测试样本上也有误差"
          + "（\(number(exact.test))）。更多的步或样本都没有帮助。")
    }
    if exact.test > 3 * test {
      return says(
        "What the book's figure hides: with \(count) the exact solution misses the test samples by "
          + "\(number(exact.test)), these \(steps) steps by only \(number(test)). Gradient descent hardly overfits "
          + "here, since it never reaches the directions of high order. x shows the exact solution by degree.",
        "书中的图没有显示的是：用 \(features) 个特征时，精确解在测试样本上的误差为 \(number(exact.test))，而这 \(steps) 步只有 "
          + "\(number(test))。梯度下降在这里几乎不会过拟合，因为它到不了高阶的方向。按 x 显示按次数的精确解。")
    }
    if test > 3 * exact.test {
      return says(
        "Not yet there: the exact solution misses the test samples by \(number(exact.test)), these \(steps) steps by "
          + "\(number(test)). More epochs or a larger rate come nearer.",
        "还没有到：精确解在测试样本上的误差为 \(number(exact.test))，这 \(steps) 步为 \(number(test))。"
          + "更多的轮数或更大的学习率会更接近。")
    }
    let noise = number(synthesis.noise * synthesis.noise)
    return says(
      "Steps (\(number(test))) and the exact solution (\(number(exact.test))) miss the test samples about alike; the "
        + "noise alone is \(noise). x shows the exact solution by degree.",
      "逐步训练（\(number(test))）与精确解（\(number(exact.test))）在测试样本上的误差相近；单是噪声就有 \(noise)。"
        + "按 x 显示按次数的精确解。")
  }

  /// What the samples do not see, and what decay does to it.
  private var linear: String {
    let configuration = run.configuration
    let (samples, features) = (configuration.samples, configuration.features)
    guard samples < features else {
      return says(
        "\(samples) samples of \(features) features tell all weights: there is little for weight decay to do.",
        "\(samples) 个样本、\(features) 个特征足以确定所有权重：权重衰减没有什么可做。")
    }
    let seen = says(
      "\(samples) samples see \(samples) of \(features) directions of the weights.",
      "\(samples) 个样本只看到权重的 \(features) 个方向中的 \(samples) 个。")
    let isPlain =
      configuration.optimizer == .sgd && configuration.momentum == 0
      && configuration.schedule == LearningRateSchedule()
    guard configuration.weightDecay > 0 else {
      return says(
        "\(seen) What they do not see stays as it was drawn: the train loss falls to nothing, |w| and the test "
          + "loss stay. Weight decay ({ and }) takes it away.",
        "\(seen)看不到的方向保持初始化时的值：训练损失降到零，|w| 与测试损失不变。权重衰减（{ 与 }）会把它消去。")
    }
    guard isPlain else {
      return says(
        "\(seen) What they do not see only decays, by lr · λ with each step.",
        "\(seen)看不到的方向只会衰减，每步衰减 lr · λ。")
    }
    let factor = 1 - configuration.learningRate * configuration.weightDecay
    let left = (0..<run.history.step).reduce(1.0) { share, _ in share * factor }
    let power =
      "(1 − \(SettingText.number(configuration.learningRate)) · "
      + "\(SettingText.number(configuration.weightDecay)))^\(run.history.step) = \(number(left))"
    return says(
      "\(seen) What they do not see only decays: \(power) of it is left. Part "
        + "of what they do see decays as well: that is why the train loss is no longer nothing.",
      "\(seen)看不到的方向只会衰减：剩下 \(power)。看到的方向也有一部分衰减：所以训练损失不再是零。")
  }
}
