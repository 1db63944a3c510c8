/// Images and their labels, as bytes.
public struct LabeledImages: Hashable, Sendable {
  /// Images held.
  public let count: Int
  /// Rows of pixels per image.
  public let height: Int
  /// Pixels per row.
  public let width: Int
  /// Grey values, 0 black to 255 white, shape `[count, height, width]`, row-major.
  public let pixels: [UInt8]
  /// Classes, 0..<10, shape `[count]`.
  public let labels: [UInt8]

  /// Pixels per image.
  public var pixelsPerImage: Int { height * width }
}

/// A training set, a test set, and where they were found.
public struct Dataset: Sendable {
  /// The images to learn from.
  public let train: LabeledImages
  /// The images to measure on.
  public let test: LabeledImages
  /// Where the files were found.
  public let source: DataSource
}
