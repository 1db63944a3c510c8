import CKernels
import Testing

@testable import NeuralNetwork

@Suite struct PixelsTests {
  @Test(arguments: KernelTests.sets)
  func gatheredPixelsAreExactFractionsOf255(set: String) throws {
    let team = ThreadTeam(threads: 1, kernels: try #require(kernels_named(set)))
    let images = (0..<3 * 257).map { UInt8($0 % 256) }
    var pixels = Tensor(rows: 2, columns: 257)
    pixels.gather([2, 0], of: images, team: team)
    #expect(pixels.elements == (Array(images[514...]) + images[..<257]).map { Float($0) / 255 })
  }

  /// What is drawn for images 0 to 5 with shifts of up to 2 pixels: mirrored or not, right, down.
  ///
  /// From a Philox 4×32-10 in Python that gives the published vectors: counters (image, epoch, 0, 5·2²⁴).
  static let draws: [(seed: UInt64, epoch: Int, draws: [(flip: Bool, right: Int, down: Int)])] = [
    (
      1, 1,
      [(true, -2, 1), (true, 2, -1), (false, -1, 1), (false, -1, 1), (false, 0, -1), (true, 2, -2)]
    ),
    (
      1, 2,
      [(false, -2, 2), (true, -2, -2), (true, -1, 2), (true, 2, 2), (false, 2, -1), (true, -2, 1)]
    ),
    (
      (1 << 63) + 5, 1,
      [(false, 0, 0), (true, 2, -2), (true, -1, -2), (true, -2, 0), (true, -2, -1), (false, 1, -2)]
    ),
  ]

  /// Image `sample` of `images` after a draw, pixel by pixel.
  func changed(
    _ images: [UInt8], _ sample: Int, width: Int, height: Int, flip: Bool, right: Int, down: Int
  ) -> [Float] {
    (0..<height * width).map { place in
      let (y, x) = (place / width - down, place % width - right)
      guard (0..<height).contains(y), (0..<width).contains(x) else { return 0 }
      return Float(images[(sample * height + y) * width + (flip ? width - 1 - x : x)]) / 255
    }
  }

  @Test(arguments: KernelTests.sets, draws.indices)
  func imagesAreMirroredAndMovedAsDrawn(set: String, index: Int) throws {
    let team = ThreadTeam(threads: 1, kernels: try #require(kernels_named(set)))
    let (width, height) = (19, 5)
    let images = (0..<6 * width * height).map { UInt8(truncatingIfNeeded: $0 * 37 + 1) }
    let (seed, epoch, draws) = Self.draws[index]
    for (flip, shift) in [(true, 2), (false, 2), (true, 0), (false, 0)] {
      var pixels = Tensor(
        rows: 6, columns: width * height, elements: [Float](repeating: 9, count: 6 * width * height))
      let samples: [Int32] = [3, 0, 5, 1, 4, 2]
      pixels.gather(
        samples, of: images, width: width,
        augmentation: RandomAugmentation(seed: seed, epoch: epoch, flip: flip, shift: shift), team: team)
      for (row, sample) in samples.enumerated() {
        let draw = draws[Int(sample)]
        let expected = changed(
          images, Int(sample), width: width, height: height, flip: flip && draw.flip,
          right: shift == 0 ? 0 : draw.right, down: shift == 0 ? 0 : draw.down)
        #expect(Array(pixels.row(row)) == expected, "image \(sample)")
      }
    }
  }

  @Test(arguments: draws.indices)
  func whatIsDrawnCanBeAskedFor(index: Int) {
    let (seed, epoch, draws) = Self.draws[index]
    for (flip, shift) in [(true, 2), (false, 2), (true, 0), (false, 0)] {
      let augmentation = RandomAugmentation(seed: seed, epoch: epoch, flip: flip, shift: shift)
      for (place, draw) in draws.enumerated() {
        let change = augmentation.change(of: place, height: 5, width: 19)
        #expect(change.isMirrored == (flip && draw.flip), "image \(place)")
        #expect(change.right == (shift == 0 ? 0 : draw.right), "image \(place)")
        #expect(change.down == (shift == 0 ? 0 : draw.down), "image \(place)")
      }
    }
  }

  @Test(arguments: KernelTests.sets)
  func coloursAreNormalisedByChannel(set: String) throws {
    let team = ThreadTeam(threads: 1, kernels: try #require(kernels_named(set)))
    let images = (0..<2 * 12).map { UInt8($0 * 10) }
    var pixels = Tensor(rows: 2, columns: 12)
    let normalization = PixelNormalization(means: [0.5, 0.25, 0], deviations: [0.5, 2, 1])
    pixels.gather([1, 0], of: images, channels: 3, normalization: normalization, team: team)
    let expected = (Array(images[12...]) + images[..<12]).enumerated().map { place, value -> Float in
      let fraction = Float(value) / 255
      return (fraction - normalization.means[place % 3]) / normalization.deviations[place % 3]
    }
    #expect(pixels.elements == expected)
  }

  @Test(arguments: KernelTests.sets)
  func coloursAreMirroredCroppedAndCut(set: String) throws {
    let team = ThreadTeam(threads: 1, kernels: try #require(kernels_named(set)))
    let (width, height, channels) = (9, 7, 3)
    let size = width * height * channels
    let images = (0..<6 * size).map { UInt8(truncatingIfNeeded: $0 * 31 + 1) }
    for (shift, reflects, cutout) in [(3, false, 0), (3, true, 0), (0, false, 4), (2, true, 3)] {
      let augmentation = RandomAugmentation(
        seed: 5, epoch: 3, flip: true, shift: shift, reflects: reflects, cutout: cutout)
      var pixels = Tensor(rows: 6, columns: size)
      pixels.gather(
        Array(0..<6), of: images, width: width, channels: channels, augmentation: augmentation, team: team)
      for image in 0..<6 {
        let change = augmentation.change(of: image, height: height, width: width)
        let cut = change.cut.map { $0 - cutout / 2..<$0 - cutout / 2 + cutout }
        func mirrored(_ place: Int, _ size: Int) -> Int {
          place < 0 ? -place : place >= size ? 2 * size - 2 - place : place
        }
        let expected = (0..<size).map { index -> Float in
          let (place, channel) = (index / channels, index % channels)
          var (y, x) = (place / width - change.down, place % width - change.right)
          if reflects { (y, x) = (mirrored(y, height), mirrored(x, width)) }
          guard (0..<height).contains(y), (0..<width).contains(x),
            !(cut[0].contains(place / width) && cut[1].contains(place % width))
          else { return 0 }
          if change.isMirrored { x = width - 1 - x }
          return Float(images[image * size + (y * width + x) * channels + channel]) / 255
        }
        #expect(Array(pixels.row(image)) == expected, "image \(image), shift \(shift), cutout \(cutout)")
      }
    }
  }

  @Test func anImageCanBeMovedOutOfSight() {
    var pixels = Tensor(rows: 200, columns: 6)
    pixels.gather(
      Array(0..<200), of: [UInt8](repeating: 255, count: 1200), width: 3,
      augmentation: RandomAugmentation(seed: 1, epoch: 1, flip: true, shift: 2), team: ThreadTeam(threads: 1))
    let bright = (0..<200).map { pixels.row($0).reduce(0, +) }
    #expect(bright.contains(0))
    #expect(bright.contains(6))
  }
}
