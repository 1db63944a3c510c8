internal import Datasets
internal import Experiment
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
      return "The exact solution of the samples is in the last row; x shows it by degree."
    }
    // Half the squares are told where half of them is learned from.
    let test = run.configuration.loss == .halvedMeanSquaredError ? 2 * loss : loss
    let steps = NumberText.grouped(run.history.step)
    let count = "\(features) feature\(features == 1 ? "" : "s")"
    if features < synthesis.weights.count {
      return
        "Underfitting: \(count) cannot follow a curve of \(synthesis.weights.count), so that the exact solution "
        + "misses the test samples too (\(number(exact.test))). Neither steps nor samples help."
    }
    if exact.test > 3 * test {
      return
        "What the book's figure hides: with \(count) the exact solution misses the test samples by "
        + "\(number(exact.test)), these \(steps) steps by only \(number(test)). Gradient descent hardly overfits "
        + "here, since it never reaches the directions of high order. x shows the exact solution by degree."
    }
    if test > 3 * exact.test {
      return
        "Not yet there: the exact solution misses the test samples by \(number(exact.test)), these \(steps) steps by "
        + "\(number(test)). More epochs or a larger rate come nearer."
    }
    return
      "Steps (\(number(test))) and the exact solution (\(number(exact.test))) miss the test samples about alike; the "
      + "noise alone is \(number(synthesis.noise * synthesis.noise)). x shows the exact solution by degree."
  }

  /// What the samples do not see, and what decay does to it.
  private var linear: String {
    let configuration = run.configuration
    let (samples, features) = (configuration.samples, configuration.features)
    guard samples < features else {
      return
        "\(samples) samples of \(features) features tell all weights: there is little for weight decay to do."
    }
    let seen = "\(samples) samples see \(samples) of \(features) directions of the weights."
    let isPlain =
      configuration.optimizer == .sgd && configuration.momentum == 0
      && configuration.schedule == LearningRateSchedule()
    guard configuration.weightDecay > 0 else {
      return
        "\(seen) What they do not see stays as it was drawn: the train loss falls to nothing, |w| and the test "
        + "loss stay. Weight decay ({ and }) takes it away."
    }
    guard isPlain else {
      return "\(seen) What they do not see only decays, by lr · λ with each step."
    }
    let factor = 1 - configuration.learningRate * configuration.weightDecay
    let left = (0..<run.history.step).reduce(1.0) { share, _ in share * factor }
    return
      "\(seen) What they do not see only decays: (1 − \(SettingText.number(configuration.learningRate)) · "
      + "\(SettingText.number(configuration.weightDecay)))^\(run.history.step) = \(number(left)) of it is left. Part "
      + "of what they do see decays as well: that is why the train loss is no longer nothing."
  }
}
