/// What became of one run of a sweep.
public struct SweepResult: Hashable, Sendable {
  /// Which run.
  public let key: SweepRunKey
  /// Updates made.
  public let step: Int
  /// The epoch in which it ended.
  public let epoch: Int
  /// Seconds of training and measuring.
  public let seconds: Double
  /// The figures of the final weights; `nil` if it diverged.
  public let metrics: Measurements?
  /// Where and how it diverged; `nil` if all epochs were made.
  public let divergence: String?

  /// A run that made all its epochs.
  public init(key: SweepRunKey, step: Int, epoch: Int, seconds: Double, metrics: Measurements) {
    (self.key, self.step, self.epoch, self.seconds) = (key, step, epoch, seconds)
    self.metrics = metrics
    divergence = nil
  }

  /// A run of which a loss became NaN or infinite, as `divergence` tells.
  public init(key: SweepRunKey, step: Int, epoch: Int, seconds: Double, divergence: String) {
    (self.key, self.step, self.epoch, self.seconds) = (key, step, epoch, seconds)
    metrics = nil
    self.divergence = divergence
  }
}
