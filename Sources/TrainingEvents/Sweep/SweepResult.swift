/// What became of one run of a sweep.
public struct SweepResult: Hashable, Sendable {
  /// Which run.
  public var key: SweepRunKey
  /// Updates made.
  public var step: Int
  /// The epoch in which it ended.
  public var epoch: Int
  /// Seconds of training and measuring.
  public var seconds: Double
  /// How it ended.
  public var ending: Ending

  /// How a run ended.
  public enum Ending: Hashable, Sendable {
    /// All epochs were made; the final weights have these figures.
    case completed(EpochMetrics)
    /// A loss became NaN or infinite; the message says where.
    case diverged(message: String)
  }

  /// A run that is over.
  public init(key: SweepRunKey, step: Int, epoch: Int, seconds: Double, ending: Ending) {
    self.key = key
    self.step = step
    self.epoch = epoch
    self.seconds = seconds
    self.ending = ending
  }

  /// The figures of the final weights, if the run came to its end.
  public var metrics: EpochMetrics? { if case .completed(let metrics) = ending { metrics } else { nil } }
}
