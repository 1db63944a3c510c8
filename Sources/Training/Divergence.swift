internal import Experiment

/// A loss that became NaN or infinite: training cannot go on from here.
struct Divergence: Error {
  /// What was measured, for example `the train loss`.
  let quantity: String
  /// Its value.
  let value: Double
  /// Where.
  let position: RunPosition
  /// The settings at that step.
  let configuration: RunConfiguration

  /// What happened, where, and what to try, as files keep it.
  var message: String {
    DivergenceMessage(
      quantity: quantity, isNaN: value.isNaN, step: position.step + 1, epoch: position.epoch,
      learningRate: "\(configuration.learningRate)",
      suggestsClipping: configuration.clipNorm == nil && configuration.clipValue == nil
    ).english
  }
}
