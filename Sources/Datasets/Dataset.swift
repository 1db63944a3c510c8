public import NeuralNetwork

/// Images and their labels, as bytes; or samples that are made, and what they are to give.
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
  /// What is there in place of pixels and labels, if the samples are no images.
  public let numbers: SampleNumbers?

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
    numbers = nil
  }

  /// Samples of numbers.
  public init(_ numbers: SampleNumbers) {
    (count, height, width, channels) = (numbers.targets.count, 1, numbers.features, 1)
    (pixels, labels) = ([], [])
    self.numbers = numbers
  }

  /// Numbers per image.
  public var pixelsPerImage: Int { shape.count }

  /// The shape of a sample.
  public var shape: Shape {
    numbers == nil ? .image(channels: channels, height: height, width: width) : .units(width)
  }

  /// How many images each of `classes` classes has, class 0 first.
  public func classCounts(of classes: Int) -> [Int] {
    labels.reduce(into: [Int](repeating: 0, count: classes)) { $0[Int($1)] += 1 }
  }
}

/// Samples that are no images, and the number that belongs to each.
public struct SampleNumbers: Hashable, Sendable {
  /// Numbers of a sample.
  public let features: Int
  /// Shape `[count, features]`, row-major.
  public let inputs: [Float]
  /// Shape `[count]`.
  public let targets: [Float]

  /// Samples of so many features each.
  public init(features: Int, inputs: [Float], targets: [Float]) {
    precondition(inputs.count == features * targets.count, "every sample needs its features and a target")
    (self.features, self.inputs, self.targets) = (features, inputs, targets)
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
