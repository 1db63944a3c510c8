internal import CKernels

extension Matrix {
  /// Copies the images at `samples` into the rows, pixels as fractions of 255; `images` has one byte per pixel.
  public mutating func gather(_ samples: [Int32], of images: [UInt8], team: ThreadTeam) {
    let count = images.count / columns
    precondition(
      rows == samples.count && samples.allSatisfy { $0 >= 0 && $0 < count },
      "every row needs a sample that exists")
    kernels_gather(team.kernels, team.threads, rows, columns, images, samples, &elements)
  }
}
