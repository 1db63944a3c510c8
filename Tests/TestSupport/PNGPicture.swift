import Foundation

/// A PNG file written by hand, without compression (RFC 2083): independent of the library that reads it.
package struct PNGPicture {
  /// Kinds of pixels, by PNG's numbers.
  package enum ColorType: UInt8 {
    case grey = 0
    case rgb = 2
    case palette = 3
    case greyAlpha = 4
    case rgba = 6
  }

  /// Pixels per row.
  package var width: Int
  /// Rows.
  package var height: Int
  /// Bits of a number.
  package var depth: UInt8 = 8
  /// The kind of pixels.
  package var colorType = ColorType.grey
  /// Colours of a palette, three bytes each.
  package var palette: [UInt8] = []
  /// Further chunks before the pixels.
  package var chunks: [(name: String, contents: [UInt8])] = []
  /// The bytes of each row.
  package var rows: [[UInt8]]

  /// A picture of pixels with the same number of bytes each.
  package init(
    width: Int, height: Int, depth: UInt8 = 8, colorType: ColorType = .grey, palette: [UInt8] = [],
    pixel: (_ x: Int, _ y: Int) -> [UInt8]
  ) {
    (self.width, self.height, self.depth) = (width, height, depth)
    (self.colorType, self.palette) = (colorType, palette)
    rows = (0..<height).map { y in (0..<width).flatMap { x in pixel(x, y) } }
  }

  /// The file.
  package var bytes: [UInt8] {
    var header = Self.number(UInt32(width)) + Self.number(UInt32(height))
    header += [depth, colorType.rawValue, 0, 0, 0]
    // Each row begins with the number of its filter, 0 for none.
    let contents: [UInt8] = rows.flatMap { row -> [UInt8] in [0] + row }
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Self.chunk("IHDR", header)
      + (palette.isEmpty ? [] : Self.chunk("PLTE", palette))
      + chunks.flatMap { Self.chunk($0.name, $0.contents) } + Self.chunk("IDAT", Self.zlib(contents))
      + Self.chunk("IEND", [])
  }

  /// Bytes as zlib keeps what it does not compress (RFC 1950).
  package static func zlib(_ contents: [UInt8]) -> [UInt8] {
    var compressed: [UInt8] = [0x78, 0x01]
    for start in stride(from: 0, to: contents.count, by: 65_535) {
      let block = contents[start..<min(start + 65_535, contents.count)]
      let (low, high) = (UInt8(block.count & 255), UInt8(block.count >> 8))
      let isLast: UInt8 = block.endIndex == contents.count ? 1 : 0
      compressed += [isLast, low, high, ~low, ~high]
      compressed += block
    }
    compressed += number(adler32(contents))
    return compressed
  }

  /// Writes the file at `path`.
  package func write(to path: String) throws { try Data(bytes).write(to: URL(filePath: path)) }

  private static func chunk(_ name: String, _ contents: [UInt8]) -> [UInt8] {
    let named = Array(name.utf8) + contents
    return number(UInt32(contents.count)) + named + number(crc32(named))
  }

  private static func number(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
  }

  private static func adler32(_ bytes: [UInt8]) -> UInt32 {
    let (low, high) = bytes.reduce((UInt32(1), UInt32(0))) { sums, byte in
      let low = (sums.0 + UInt32(byte)) % 65_521
      return (low, (sums.1 + low) % 65_521)
    }
    return high << 16 | low
  }
}
