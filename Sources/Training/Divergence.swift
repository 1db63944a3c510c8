internal import Experiment

/// A loss that became NaN or infinite: training cannot go on from here.
struct Divergence: Error {
  /// What was measured, for example `train loss`.
  let quantity: String
  /// Its value.
  let value: Double
  /// Where.
  let position: RunPosition
  /// The settings at that step.
  let configuration: RunConfiguration

  /// What happened, where, and what to try.
  var message: String {
    let remedy =
      configuration.clipNorm == nil && configuration.clipValue == nil
      ? "try a smaller --lr (now \(configuration.learningRate)) or --clip-norm 1"
      : "try a smaller --lr (now \(configuration.learningRate))"
    return
      "\(quantity) became \(value.isNaN ? "NaN" : "infinite") at step \(position.step + 1), epoch \(position.epoch); \(remedy)"
  }
}
