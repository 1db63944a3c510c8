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
  /// Classes, from 0, shape `[count]`.
  public let labels: [UInt8]

  /// Images of the given shape.
  public init(count: Int, height: Int, width: Int, pixels: [UInt8], labels: [UInt8]) {
    precondition(pixels.count == count * height * width, "images need count × height × width pixels")
    precondition(labels.count == count, "every image needs a label")
    self.count = count
    self.height = height
    self.width = width
    self.pixels = pixels
    self.labels = labels
  }

  /// Pixels per image.
  public var pixelsPerImage: Int { height * width }

  /// How many images each of `classes` classes has, class 0 first.
  public func classCounts(of classes: Int) -> [Int] {
    labels.reduce(into: [Int](repeating: 0, count: classes)) { $0[Int($1)] += 1 }
  }
}

/// A training set, a test set, and where they were found.
public struct Dataset: Sendable {
  /// The images to learn from.
  public let train: LabeledImages
  /// The images to measure on.
  public let test: LabeledImages
  /// Where the files were found.
  public let source: DataSource

  /// What is fixed about it.
  public var description: DatasetDescription { source.dataset }

  /// A data set of the given parts.
  public init(train: LabeledImages, test: LabeledImages, source: DataSource) {
    self.train = train
    self.test = test
    self.source = source
  }
}
