internal import Dispatch

/// Resizes images bilinearly as the Python library PIL does, to the bit.
///
/// The weights are those of a triangle as wide as pixels are far apart in the smaller of both images, with 22 binary
/// places; first the rows are resized, then the columns. PIL 13 begins with the columns for some images that are not square.
struct Resizing {
  private let (height, width, channels): (Int, Int, Int)
  private let columns: Axis
  private let rows: Axis

  /// From images of `height` × `width` pixels to others.
  init(height: Int, width: Int, channels: Int, toHeight: Int, toWidth: Int) {
    (self.height, self.width, self.channels) = (height, width, channels)
    (rows, columns) = (Axis(from: height, to: toHeight), Axis(from: width, to: toWidth))
  }

  /// Which pixels in a line each new pixel is made of, and with which weights.
  private struct Axis {
    static let places = 22
    /// Of each new pixel the first old one, and how many there are.
    var parts: [(first: Int, count: Int)] = []
    /// The weights of all new pixels, one after the other, `largest` for each.
    var weights: [Int32] = []
    var largest = 0
    let isIdentity: Bool

    init(from size: Int, to newSize: Int) {
      isIdentity = size == newSize
      let scale = Double(size) / Double(newSize)
      let support = max(scale, 1)
      largest = Int(support.rounded(.up)) * 2 + 1
      for pixel in 0..<newSize {
        let center = (Double(pixel) + 0.5) * scale
        let first = max(0, Int(center - support + 0.5))
        let end = min(size, Int(center + support + 0.5))
        let shares = (first..<end).map { max(0, 1 - abs((Double($0) - center + 0.5) * (1 / support))) }
        let sum = shares.reduce(0, +)
        parts.append((first, end - first))
        weights += shares.map { Int32(0.5 + $0 / sum * Double(1 << Self.places)) }
        weights += [Int32](repeating: 0, count: largest - (end - first))
      }
    }
  }

  /// The images, `[count, height, width, channels]`, at their new size.
  func resized(_ images: [UInt8]) -> [UInt8] {
    let size = height * width * channels
    let newSize = rows.parts.count * columns.parts.count * channels
    let count = images.count / size
    guard !rows.isIdentity || !columns.isIdentity else { return images }
    return [UInt8](unsafeUninitializedCapacity: count * newSize) { buffer, filled in
      filled = count * newSize
      guard let target = buffer.baseAddress else { return }
      nonisolated(unsafe) let output = target
      images.withUnsafeBufferPointer { input in
        nonisolated(unsafe) let input = input
        let parts = min(count, 64)
        DispatchQueue.concurrentPerform(iterations: parts) { part in
          var between = [UInt8](repeating: 0, count: height * columns.parts.count * channels)
          for image in count * part / parts..<count * (part + 1) / parts {
            let source = UnsafeBufferPointer(rebasing: input[image * size..<(image + 1) * size])
            between.withUnsafeMutableBufferPointer { between in
              Self.blend(
                source, columns, lines: height, stride: channels, lineStride: width * channels, into: between,
                newLineStride: columns.parts.count * channels)
              Self.blendColumns(
                UnsafeBufferPointer(between), rows, width: columns.parts.count * channels,
                into: output + image * newSize)
            }
          }
        }
      }
    }
  }

  /// Blends along each line, whose pixels lie `stride` numbers apart.
  private static func blend(
    _ source: UnsafeBufferPointer<UInt8>, _ axis: Axis, lines: Int, stride: Int, lineStride: Int,
    into target: UnsafeMutableBufferPointer<UInt8>, newLineStride: Int
  ) {
    axis.weights.withUnsafeBufferPointer { weights in
      for (pixel, part) in axis.parts.enumerated() {
        for line in 0..<lines {
          let first = line * lineStride + part.first * stride
          for channel in 0..<stride {
            var sum: Int32 = 1 << Int32(Axis.places - 1)
            for place in 0..<part.count {
              sum &+= weights[pixel * axis.largest + place] &* Int32(source[first + place * stride + channel])
            }
            target[line * newLineStride + pixel * stride + channel] = clipped(sum)
          }
        }
      }
    }
  }

  /// Blends whole rows of `width` numbers.
  private static func blendColumns(
    _ source: UnsafeBufferPointer<UInt8>, _ axis: Axis, width: Int, into target: UnsafeMutablePointer<UInt8>
  ) {
    axis.weights.withUnsafeBufferPointer { weights in
      for (row, part) in axis.parts.enumerated() {
        for column in 0..<width {
          var sum: Int32 = 1 << Int32(Axis.places - 1)
          for place in 0..<part.count {
            sum &+=
              weights[row * axis.largest + place] &* Int32(source[(part.first + place) * width + column])
          }
          target[row * width + column] = clipped(sum)
        }
      }
    }
  }

  private static func clipped(_ sum: Int32) -> UInt8 {
    UInt8(truncatingIfNeeded: min(max(sum >> Int32(Axis.places), 0), 255))
  }
}

extension LabeledImages {
  /// The images as squares of `side` × `side` pixels.
  func resized(to side: Int) -> LabeledImages {
    let resizing = Resizing(height: height, width: width, channels: channels, toHeight: side, toWidth: side)
    return LabeledImages(
      count: count, height: side, width: side, channels: channels, pixels: resizing.resized(pixels),
      labels: labels)
  }
}
