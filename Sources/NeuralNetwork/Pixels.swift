internal import CKernels

/// What numbers pixels become beyond fractions of 255: (fraction - mean of the channel) / deviation of the channel.
public struct PixelNormalization: Hashable, Sendable {
  /// The mean of each channel, in fractions of 255.
  public let means: [Float]
  /// The deviation of each channel, above 0.
  public let deviations: [Float]

  /// The means and the deviations of the channels.
  public init(means: [Float], deviations: [Float]) {
    precondition(
      means.count == deviations.count && deviations.allSatisfy { $0 > 0 },
      "every channel has a mean and a deviation above 0")
    self.means = means
    self.deviations = deviations
  }

  /// Calls `body` with what the kernels know of it.
  fileprivate static func withKernels(
    _ normalization: PixelNormalization?, channels: Int, _ body: (kernels_pixel_scale) -> Void
  ) {
    guard let normalization else {
      return body(kernels_pixel_scale(channels: channels, means: nil, deviations: nil))
    }
    precondition(normalization.means.count == channels, "a normalisation is of images with as many channels")
    normalization.means.withUnsafeBufferPointer { means in
      normalization.deviations.withUnsafeBufferPointer { deviations in
        body(
          kernels_pixel_scale(
            channels: channels, means: means.baseAddress, deviations: deviations.baseAddress))
      }
    }
  }
}

extension Tensor {
  /// Copies the images at `samples` into the rows, pixels as fractions of 255, and normalised; `images` has one byte per
  /// number, the `channels` of a pixel side by side.
  public mutating func gather(
    _ samples: [Int32], of images: [UInt8], channels: Int = 1, normalization: PixelNormalization? = nil,
    team: ThreadTeam
  ) {
    checkPlaces(samples, of: images)
    let (rows, columns) = (rows, columns)
    PixelNormalization.withKernels(normalization, channels: channels) {
      kernels_gather(team.kernels, team.threads, rows, columns, $0, images, samples, &elements)
    }
  }

  /// Copies the images at `samples`, whose rows have `width` pixels, changed as `augmentation` draws it for each.
  public mutating func gather(
    _ samples: [Int32], of images: [UInt8], width: Int, channels: Int = 1,
    normalization: PixelNormalization? = nil, augmentation: RandomAugmentation, team: ThreadTeam
  ) {
    checkPlaces(samples, of: images)
    let (rows, height) = (rows, columns / width / channels)
    precondition(height * width * channels == columns, "every row of an image is as wide")
    PixelNormalization.withKernels(normalization, channels: channels) {
      kernels_gather_augmented(
        team.kernels, team.threads, rows, height, width, $0,
        augmentation.forKernels(height: height, width: width), images, samples, &elements)
    }
  }

  private func checkPlaces(_ samples: [Int32], of images: [UInt8]) {
    let count = images.count / columns
    precondition(
      rows == samples.count && samples.allSatisfy { $0 >= 0 && $0 < count },
      "every row needs a sample that exists")
  }
}

/// Random changes of images, each a pure function of seed, epoch and the image's place in its data set.
public struct RandomAugmentation: Sendable {
  /// The seed of the run.
  public let seed: UInt64
  /// The epoch, from 1.
  public let epoch: Int
  /// Whether half of the images are mirrored left to right.
  public let flip: Bool
  /// Images are moved by up to so many pixels each way.
  public let shift: Int
  /// Whether what comes in is what the edge mirrors, and not black.
  public let reflects: Bool
  /// The side of a black square around a pixel of the image; 0 for none.
  public let cutout: Int

  /// The changes of one epoch of the run with this seed.
  public init(seed: UInt64, epoch: Int, flip: Bool, shift: Int, reflects: Bool = false, cutout: Int = 0) {
    precondition(shift >= 0 && cutout >= 0, "an image is moved and covered by 0 pixels or more")
    self.seed = seed
    self.epoch = epoch
    self.flip = flip
    self.shift = shift
    self.reflects = reflects
    self.cutout = cutout
  }

  /// How one image is changed.
  public struct Change: Hashable, Sendable {
    /// Whether it is mirrored left to right.
    public let isMirrored: Bool
    /// How many pixels it is moved to the right, after that.
    public let right: Int
    /// How many pixels it is moved down.
    public let down: Int
    /// The row and the column of the middle of the black square.
    public let cut: [Int]
  }

  /// What is drawn for the image at `place` in its data set, an image of `height` × `width` pixels.
  public func change(of place: Int, height: Int, width: Int) -> Change {
    let change = kernels_drawn_image_change(
      Int32(place), height, width, forKernels(height: height, width: width))
    return Change(
      isMirrored: change.flip, right: change.right, down: change.down,
      cut: [change.cut_row, change.cut_column])
  }

  /// It as the kernels know it: no image is moved farther than out of sight, or than its edge can mirror.
  fileprivate func forKernels(height: Int, width: Int) -> kernels_augmentation {
    let farthest = min(height, width) - (reflects ? 1 : 0)
    return kernels_augmentation(
      shift: min(shift, max(0, farthest)), cutout: cutout, flip: flip, reflects: reflects, key: seed,
      epoch: UInt32(truncatingIfNeeded: epoch), stream: RandomStream.Purpose.augmentation.identifier)
  }
}
