internal import CZlib

/// What a PNG file says of its picture, apart from the pixels.
struct PNGChunks {
  /// How the stored rows and columns are to be turned and mirrored, and what says so, if something does.
  private(set) var orientation: PictureOrientation?
  /// The exponent of the stored brightness where the file gives one: 0.45 is usual, 1 is linear.
  private(set) var gamma: Double?
  /// The length of a chunk that would end beyond the file, if one says so.
  private(set) var overlongChunk: Int?

  /// Reads the chunks of a whole file; what is damaged is passed over, as ancillary chunks are.
  init(_ file: [UInt8]) {
    var hasColorSpace = false
    // Of many texts of one name the first counts: whoever repeats a compressed one gains nothing.
    var known: Set<PNGText.Keyword> = []
    var position = 8
    while position + 12 <= file.count {
      let length = Self.number(file, at: position)
      guard length <= file.count - position - 12 else {
        overlongChunk = length
        return
      }
      let contents = file[position + 8..<position + 8 + length]
      let name = String(decoding: file[position + 4..<position + 8], as: UTF8.self)
      switch name {
      case "eXIf" where Self.isIntact(file, position, length):
        add(ExifOrientation.read(Array(contents)).map { PictureOrientation(source: .exif, number: $0) })
      case "tEXt", "zTXt", "iTXt":
        guard let text = PNGText(kind: name, contents), !known.contains(text.keyword),
          Self.isIntact(file, position, length)
        else { break }
        known.insert(text.keyword)
        add(text.orientation)
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

  /// Takes what says of the orientation, unless something better is known.
  private mutating func add(_ found: PictureOrientation?) {
    guard let found, found.source.rawValue < orientation?.source.rawValue ?? .max else { return }
    orientation = found
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
