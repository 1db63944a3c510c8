public import NeuralNetwork

/// Images and their labels, as bytes.
public struct LabeledImages: Hashable, Sendable {
  /// Images held.
  public let count: Int
  /// Rows of pixels per image.
  public let height: Int
  /// Pixels per row.
  public let width: Int
  /// Numbers of a pixel: 1 for grey, 3 for red, green and blue.
  public let channels: Int
  /// Values, 0 none to 255 all, shape `[count, height, width, channels]`, row-major.
  public let pixels: [UInt8]
  /// Classes, from 0, shape `[count]`.
  public let labels: [UInt8]

  /// Images of the given shape.
  public init(count: Int, height: Int, width: Int, channels: Int = 1, pixels: [UInt8], labels: [UInt8]) {
    precondition(
      pixels.count == count * height * width * channels,
      "images need count × height × width × channels numbers")
    precondition(labels.count == count, "every image needs a label")
    self.count = count
    self.height = height
    self.width = width
    self.channels = channels
    self.pixels = pixels
    self.labels = labels
  }

  /// Numbers per image.
  public var pixelsPerImage: Int { shape.count }

  /// The shape of an image.
  public var shape: Shape { .image(channels: channels, height: height, width: width) }

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
