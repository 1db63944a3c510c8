internal import CZlib

/// What a PNG file says of its picture, apart from the pixels.
struct PNGChunks {
  /// How the stored rows and columns are to be turned and mirrored, 1...8 as in Exif; 1 is as they are.
  private(set) var orientation = 1
  /// The exponent of the stored brightness where the file gives one: 0.45 is usual, 1 is linear.
  private(set) var gamma: Double?
  /// The length of a chunk that would end beyond the file, if one says so.
  private(set) var overlongChunk: Int?

  /// Reads the chunks of a whole file; what is damaged is passed over, as ancillary chunks are.
  init(_ file: [UInt8]) {
    var hasColorSpace = false
    var position = 8
    while position + 12 <= file.count {
      let length = Self.number(file, at: position)
      guard length <= file.count - position - 12 else {
        overlongChunk = length
        return
      }
      let contents = file[position + 8..<position + 8 + length]
      switch String(decoding: file[position + 4..<position + 8], as: UTF8.self) {
      case "eXIf" where Self.isIntact(file, position, length):
        orientation = ExifOrientation.read(Array(contents)) ?? 1
      case "gAMA" where length == 4 && Self.isIntact(file, position, length):
        gamma = Double(Self.number(file, at: position + 8)) / 100_000
      case "sRGB", "iCCP": hasColorSpace = true
      // What follows is nobody's.
      case "IEND": position = file.count
      default: break
      }
      position += 12 + length
    }
    // Those say more exactly what the numbers mean.
    if hasColorSpace { gamma = nil }
  }

  /// Whether the check sum after a chunk is that of its name and contents.
  private static func isIntact(_ file: [UInt8], _ position: Int, _ length: Int) -> Bool {
    let sum = file[position + 4..<position + 8 + length].withUnsafeBufferPointer {
      crc32(0, $0.baseAddress, UInt32($0.count))
    }
    return Int(sum) == number(file, at: position + 8 + length)
  }

  private static func number(_ bytes: [UInt8], at place: Int) -> Int {
    bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}

/// The orientation in a picture's Exif data, a TIFF header and a list of tags (Exif 2.3, 4.6.4).
enum ExifOrientation {
  /// The orientation, 1...8, or `nil` if the data do not tell.
  static func read(_ data: [UInt8]) -> Int? {
    // Some programs keep the mark that JPEG files have before the data.
    let start = data.starts(with: Array("Exif\0\0".utf8)) ? 6 : 0
    let isBigEndian = data[min(start, data.count)...].starts(with: [0x4D, 0x4D])
    func number(at place: Int, bytes count: Int) -> Int? {
      guard place >= 0, place <= data.count - start - count else { return nil }
      let bytes = data[start + place..<start + place + count]
      return (isBigEndian ? Array(bytes) : bytes.reversed()).reduce(0) { $0 << 8 | Int($1) }
    }
    guard isBigEndian || data[min(start, data.count)...].starts(with: [0x49, 0x49]),
      number(at: 2, bytes: 2) == 42, let list = number(at: 4, bytes: 4),
      let count = number(at: list, bytes: 2)
    else { return nil }
    for entry in 0..<count {
      let place = list + 2 + 12 * entry
      guard let tag = number(at: place, bytes: 2) else { return nil }
      // One short integer under the tag "Orientation".
      guard tag == 0x0112, number(at: place + 2, bytes: 2) == 3 else { continue }
      return number(at: place + 8, bytes: 2).flatMap { (1...8).contains($0) ? $0 : nil }
    }
    return nil
  }
}
