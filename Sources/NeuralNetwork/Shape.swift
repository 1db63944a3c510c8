internal import Messages

/// The shape of one sample: units in a row, or channels of an image.
///
/// In memory the channels of a pixel lie side by side; files and `dimensions` have the channels outermost.
public enum Shape: Hashable, Sendable {
  /// `[units]`
  case units(Int)
  /// `[channels, height, width]`
  case image(channels: Int, height: Int, width: Int)

  /// How many numbers a sample has.
  public var count: Int {
    switch self {
    case .units(let units): units
    case .image(let channels, let height, let width): channels * height * width
    }
  }

  /// The size of each dimension, outermost first.
  public var dimensions: [Int] { isImage ? [channels, height, width] : [channels] }

  /// Whether it is one of images.
  public var isImage: Bool { if case .image = self { true } else { false } }

  /// Channels of an image; units in a row.
  public var channels: Int {
    switch self {
    case .units(let units): units
    case .image(let channels, _, _): channels
    }
  }

  /// Rows of pixels; 1 where there is no image.
  public var height: Int { if case .image(_, let height, _) = self { height } else { 1 } }

  /// Pixels of a row; 1 where there is no image.
  public var width: Int { if case .image(_, _, let width) = self { width } else { 1 } }

  /// The shape in a few words: `64 units`, `16 × 28 × 28`.
  public var title: String {
    isImage ? "\(channels) × \(height) × \(width)" : says("\(channels) units", "\(channels) 个单元")
  }
}

extension Shape {
  /// The most numbers that a layer may give for a sample: 400 MB.
  static let largestCount = 100_000_000

  /// Itself, if it is one of images, which `layer` reads.
  ///
  /// - Throws: `SpecificationError` if not.
  func image(of layer: some LayerSpecification) throws(SpecificationError) -> Shape {
    guard isImage else {
      throw SpecificationError(
        says("'\(layer.text)' reads images, and gets \(title)", "'\(layer.text)' 要读图像，得到的却是 \(title)"),
        remedy: says("Put it before 'flatten', 'gap' and 'linear'", "请把它放在 'flatten'、'gap' 和 'linear' 之前"))
    }
    return self
  }

  /// The shape of what windows of `side` pixels give that lie `stride` pixels apart.
  ///
  /// - Throws: `SpecificationError` if the image is smaller than a window, or what comes of it is too large.
  func windowed(
    by layer: some LayerSpecification, side: Int, stride: Int, padding: Int, channels: Int
  ) throws(SpecificationError) -> Shape {
    guard min(height, width) + 2 * padding >= side else {
      throw SpecificationError(
        says(
          "'\(layer.text)' needs images of at least \(side - 2 * padding) × \(side - 2 * padding) pixels, and gets \(title)",
          "'\(layer.text)' 需要至少 \(side - 2 * padding) × \(side - 2 * padding) 像素的图像，得到的却是 \(title)"),
        remedy: says(
          "Give it a smaller side or more padding, or pool less before it", "请减小边长、增加填充，或在它之前少做汇聚"))
    }
    let sides = [height, width].map { ($0 + 2 * padding - side) / stride + 1 }
    guard sides[0] * sides[1] <= Self.largestCount / channels else {
      throw SpecificationError(
        says(
          "'\(layer.text)' would give more than \(Self.largestCount) numbers for an image",
          "'\(layer.text)' 会为一幅图像给出超过 \(Self.largestCount) 个数"),
        remedy: says("Give fewer channels or a larger stride", "请减少通道数或增大步幅"))
    }
    return .image(channels: channels, height: sides[0], width: sides[1])
  }
}
