/// A training image, and what a run learns from in its place in some epochs.
public struct AugmentedImage: Hashable, Sendable {
  /// What was asked for.
  public let request: Request
  /// The image's place in the training set.
  public let place: Int
  /// Its class.
  public let label: UInt8
  /// Rows of pixels.
  public let height: Int
  /// Pixels per row.
  public let width: Int
  /// Numbers of a pixel: 1 for grey, 3 for red, green and blue.
  public let channels: Int
  /// Its values, 0 none to 255 all, `[height, width, channels]` row by row.
  public let pixels: [UInt8]
  /// It in each of the epochs that were asked for.
  public let versions: [Version]

  /// An image of `height` × `width` pixels and its versions.
  public init(
    request: Request, place: Int, label: UInt8, height: Int, width: Int, channels: Int = 1, pixels: [UInt8],
    versions: [Version]
  ) {
    self.request = request
    self.place = place
    self.label = label
    self.height = height
    self.width = width
    self.channels = channels
    self.pixels = pixels
    self.versions = versions
  }

  /// Which image, and in which epochs of which run.
  public struct Request: Hashable, Sendable {
    /// The settings of the run: they tell its training images, and how these are changed.
    public let configuration: RunConfiguration
    /// Place among the images that the run learns from, from 0.
    public let rank: Int
    /// The epochs, from 1.
    public let epochs: Range<Int>

    /// A request for the image at `rank` of a run's training images.
    public init(configuration: RunConfiguration, rank: Int, epochs: Range<Int>) {
      self.configuration = configuration
      self.rank = rank
      self.epochs = epochs
    }
  }

  /// The image as one epoch learns from it.
  public struct Version: Hashable, Sendable {
    /// The epoch, from 1.
    public let epoch: Int
    /// Whether it is mirrored left to right.
    public let isMirrored: Bool
    /// How many pixels it is moved to the right, after that.
    public let right: Int
    /// How many pixels it is moved down.
    public let down: Int
    /// Whether a part of it is black.
    public let isCut: Bool
    /// Its values, as those of the image.
    public let pixels: [UInt8]

    /// What an epoch's change makes of the image.
    public init(
      epoch: Int, isMirrored: Bool, right: Int, down: Int, isCut: Bool = false, pixels: [UInt8]
    ) {
      self.epoch = epoch
      self.isMirrored = isMirrored
      self.right = right
      self.down = down
      self.isCut = isCut
      self.pixels = pixels
    }
  }
}
