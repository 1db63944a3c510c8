internal import CKernels

extension Matrix {
  /// Copies the images at `samples` into the rows, pixels as fractions of 255; `images` has one byte per pixel.
  public mutating func gather(_ samples: ArraySlice<Int32>, of images: [UInt8], team: ThreadTeam) {
    let count = images.count / columns
    precondition(
      rows == samples.count && samples.allSatisfy { (0..<count).contains(Int($0)) },
      "no such sample, or no room for it")
    samples.withUnsafeBufferPointer { samples in
      guard let samples = samples.baseAddress else { return }
      kernels_gather(team.kernels, team.threads, rows, columns, images, samples, &elements)
    }
  }
}
