/// Divides the samples of an epoch into batches; the last one may be smaller.
public struct Batches: Hashable, Sendable {
  private let samples: Int
  private let batchSize: Int

  /// Batches of `batchSize` out of `count` samples.
  public init(count: Int, batchSize: Int) {
    precondition(count >= 0 && batchSize > 0, "a batch holds at least one sample")
    samples = count
    self.batchSize = batchSize
  }

  /// Batches of an epoch.
  public var count: Int { (samples + batchSize - 1) / batchSize }

  /// The places of a batch's samples in the epoch's order.
  public func range(of batch: Int) -> Range<Int> {
    batch * batchSize..<min(samples, (batch + 1) * batchSize)
  }
}
