internal import CKernels

extension Tensor {
  /// Copies the images at `samples` into the rows, pixels as fractions of 255; `images` has one byte per pixel.
  public mutating func gather(_ samples: [Int32], of images: [UInt8], team: ThreadTeam) {
    checkPlaces(samples, of: images)
    kernels_gather(team.kernels, team.threads, rows, columns, images, samples, &elements)
  }

  /// Copies the images at `samples`, whose rows have `width` pixels, changed as `augmentation` draws it for each.
  public mutating func gather(
    _ samples: [Int32], of images: [UInt8], width: Int, augmentation: RandomAugmentation, team: ThreadTeam
  ) {
    checkPlaces(samples, of: images)
    let height = columns / width
    precondition(height * width == columns, "every row of an image is as wide")
    kernels_gather_augmented(
      team.kernels, team.threads, rows, height, width, min(augmentation.shift, width, height),
      augmentation.flip,
      augmentation.seed, UInt32(truncatingIfNeeded: augmentation.epoch),
      RandomStream.Purpose.augmentation.identifier, images, samples, &elements)
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
  /// Images are moved by up to so many pixels each way, black coming in.
  public let shift: Int

  /// The changes of one epoch of the run with this seed.
  public init(seed: UInt64, epoch: Int, flip: Bool, shift: Int) {
    precondition(shift >= 0, "an image is moved by up to 0 pixels or more")
    self.seed = seed
    self.epoch = epoch
    self.flip = flip
    self.shift = shift
  }

  /// How one image is changed.
  public struct Change: Hashable, Sendable {
    /// Whether it is mirrored left to right.
    public let isMirrored: Bool
    /// How many pixels it is moved to the right, after that.
    public let right: Int
    /// How many pixels it is moved down.
    public let down: Int
  }

  /// What is drawn for the image at `place` in its data set, which is at least `shift` pixels wide and high.
  public func change(of place: Int) -> Change {
    let change = kernels_drawn_image_change(
      Int32(place), shift, flip, seed, UInt32(truncatingIfNeeded: epoch),
      RandomStream.Purpose.augmentation.identifier)
    return Change(isMirrored: change.flip, right: change.right, down: change.down)
  }
}
