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

extension LabeledImages {
  /// The fraction of 255 that each byte stands for: `Float(byte) / 255`, exactly.
  private static let fractions = (0..<256).map { Float($0) / 255 }

  /// Copies the samples at `indices`: pixels as fractions of 255, shape `[indices.count, pixelsPerImage]`, and labels.
  public func gather(
    _ indices: ArraySlice<Int32>, pixels target: UnsafeMutableBufferPointer<Float>,
    labels targetLabels: UnsafeMutableBufferPointer<UInt8>
  ) {
    let size = pixelsPerImage
    precondition(target.count >= indices.count * size && targetLabels.count >= indices.count, "no room")
    pixels.withUnsafeBufferPointer { pixels in
      Self.fractions.withUnsafeBufferPointer { fractions in
        for (row, index) in indices.enumerated() {
          precondition(index >= 0 && index < count, "no such sample")
          targetLabels[row] = labels[Int(index)]
          let source = Int(index) * size
          for pixel in 0..<size { target[row * size + pixel] = fractions[Int(pixels[source + pixel])] }
        }
      }
    }
  }
}
