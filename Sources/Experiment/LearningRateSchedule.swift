internal import NeuralNetwork

/// How the learning rate changes from step to step: a warm-up if wanted, then a decay.
///
/// A pure function of the step and of the epochs that the run is to make. When epochs are added to a run that is under
/// way, a cosine is spread over the new number of epochs: the rate goes up again to where it would be then.
public struct LearningRateSchedule: Hashable, Sendable {
  /// How the rate falls.
  public enum Decay: Hashable, Sendable {
    /// Not at all.
    case constant
    /// Times `factor` after every `epochs` epochs, as PyTorch's `StepLR`.
    case step(epochs: Int, factor: Double)
    /// Along half a cosine to 0 at the end of the run, as PyTorch's `CosineAnnealingLR` (Loshchilov and Hutter, 2017).
    case cosine
  }

  /// How the rate falls.
  public var decay = Decay.constant
  /// Epochs, or part of one, in which the rate grows linearly to its full value.
  public var warmupEpochs = 0.0

  /// A rate that does not change.
  public init() {}

  /// What the learning rate is multiplied by for the step that follows `step` updates, of `epochs` epochs of
  /// `stepsPerEpoch`.
  ///
  /// The nth of W steps of warm-up has n / W of the rate. The cosine falls over the steps that follow them, the epochs of
  /// a step schedule are counted from the run's beginning.
  public func factor(step: Int, stepsPerEpoch: Int, epochs: Int) -> Double {
    let warmupSteps = Int((warmupEpochs * Double(stepsPerEpoch)).rounded())
    if step < warmupSteps {
      return Double(step + 1) / Double(warmupSteps) * decayFactor(epoch: step / stepsPerEpoch)
    }
    guard case .cosine = decay else { return decayFactor(epoch: step / stepsPerEpoch) }
    let length = max(1, stepsPerEpoch * epochs - warmupSteps)
    let share = Double(min(step - warmupSteps, length)) / Double(length)
    return (1 + Elementary.cos(.pi * share)) / 2
  }

  private func decayFactor(epoch: Int) -> Double {
    guard case .step(let epochs, let factor) = decay else { return 1 }
    return Elementary.power(factor, epoch / epochs)
  }
}

extension LearningRateSchedule.Decay {
  /// Every spelling that `init(text:)` reads.
  public static let spellings = ["constant", "step=EPOCHS:FACTOR", "cosine"]

  /// The decay that `text` spells.
  public init?(text: String) {
    switch text {
    case "constant": self = .constant
    case "cosine": self = .cosine
    default:
      guard text.hasPrefix("step=") else { return nil }
      let parts = text.dropFirst("step=".count).split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count == 2, let epochs = Int(parts[0]), let factor = Double(decimal: parts[1]),
        !factor.isLostInSinglePrecision
      else { return nil }
      self = .step(epochs: epochs, factor: factor)
    }
  }

  /// The spelling that `init(text:)` reads back.
  public var text: String {
    switch self {
    case .constant: "constant"
    case .step(let epochs, let factor): "step=\(epochs):\(SettingText.number(factor))"
    case .cosine: "cosine"
    }
  }
}

extension RunConfiguration {
  /// The learning rate of the step that follows `step` updates.
  public func learningRate(step: Int, stepsPerEpoch: Int) -> Double {
    learningRate * schedule.factor(step: step, stepsPerEpoch: stepsPerEpoch, epochs: epochs)
  }
}
