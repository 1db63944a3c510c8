internal import CZlib

/// How the stored rows and columns of a picture are to be turned and mirrored.
struct PictureOrientation: Hashable {
  /// What can say so; where several do, the first counts.
  enum Source: Int {
    /// A chunk of Exif data.
    case exif
    /// Exif data in a text, as programs kept them before there was a chunk for them.
    case exifInText
    /// A packet of XMP.
    case xmp

    var name: String { self == .xmp ? "XMP" : "Exif" }
  }

  let source: Source
  /// 1...8 as in Exif; 1 is as they are.
  let number: Int
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
      // One short integer under the tag "Orientation"; some programs write a long one.
      guard tag == 0x0112, let size = [3: 2, 4: 4][number(at: place + 2, bytes: 2)] else { continue }
      return number(at: place + 8, bytes: size).flatMap { (1...8).contains($0) ? $0 : nil }
    }
    return nil
  }
}

/// The orientation in a packet of XMP: `tiff:Orientation`, as an attribute or an element (XMP specification, part 2, 3.2).
enum XMPOrientation {
  private static let name = Array("tiff:Orientation".utf8)

  /// The orientation, 1...8, or `nil` if the packet does not tell.
  static func read(_ packet: [UInt8]) -> Int? {
    guard packet.count > name.count,
      let start = packet.indices.dropLast(name.count).first(where: { packet[$0...].starts(with: name) })
    else { return nil }
    // `="6"`, ` = '6'` or `>6<`.
    let rest = packet[(start + name.count)...].drop { " \t\r\n=\"'>".utf8.contains($0) }
    guard let digit = rest.first, (UInt8(ascii: "1")...UInt8(ascii: "8")).contains(digit),
      let end = rest.dropFirst().first, "\"'< \t\r\n".utf8.contains(end)
    else { return nil }
    return Int(digit - UInt8(ascii: "0"))
  }
}

/// A text in a PNG file that can say how the picture is turned.
struct PNGText {
  /// What such texts are called.
  enum Keyword: String {
    case exif = "Raw profile type exif"
    case segment = "Raw profile type APP1"
    case xmp = "XML:com.adobe.xmp"
  }

  let keyword: Keyword
  private let contents: ArraySlice<UInt8>
  private let isCompressed: Bool

  /// More than any camera writes; a few bytes can say that they are far more.
  private static let mostBytes = 1 << 20
  private static let longestKeyword = 79
  /// What XMP begins with among the segments of a JPEG file.
  private static let segmentOfXMP = Array("http://ns.adobe.com/xap/1.0/\0".utf8)

  /// Reads the contents of a chunk `tEXt`, `zTXt` or `iTXt`; `nil` if it is about something else.
  init?(kind: String, _ chunk: ArraySlice<UInt8>) {
    guard let end = chunk.prefix(Self.longestKeyword + 1).firstIndex(of: 0),
      let keyword = Keyword(rawValue: String(decoding: chunk[..<end], as: UTF8.self))
    else { return nil }
    self.keyword = keyword
    let rest = chunk[(end + 1)...]
    switch kind {
    case "zTXt": (contents, isCompressed) = (rest.dropFirst(), true)
    case "iTXt":
      // Whether it is compressed and how, a language, and the keyword in that language.
      let text = (0..<2).reduce(rest.dropFirst(2)) { text, _ in text.drop { $0 != 0 }.dropFirst() }
      (contents, isCompressed) = (text, rest.first == 1)
    default: (contents, isCompressed) = (rest, false)
    }
  }

  /// What the text says of the orientation, if it does.
  var orientation: PictureOrientation? {
    let text = text
    if keyword == .xmp { return Self.orientation(.xmp, XMPOrientation.read(text)) }
    let profile = Self.profile(text)
    return profile.starts(with: Self.segmentOfXMP)
      ? Self.orientation(.xmp, XMPOrientation.read(profile))
      : Self.orientation(.exifInText, ExifOrientation.read(profile))
  }

  private static func orientation(_ source: PictureOrientation.Source, _ number: Int?) -> PictureOrientation?
  {
    number.map { PictureOrientation(source: source, number: $0) }
  }

  /// The text itself; nothing if it is damaged or far too long.
  private var text: [UInt8] {
    guard isCompressed else { return Array(contents.prefix(Self.mostBytes)) }
    let room = min(Self.mostBytes, contents.count * Inflater.largestRatio)
    guard room > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      var size = uLongf(room)
      let status = contents.withUnsafeBufferPointer { source in
        uncompress(buffer.baseAddress, &size, source.baseAddress, uLong(source.count))
      }
      count = status == Z_OK ? Int(size) : 0
    }
  }

  /// The bytes of a profile: a line with its name, one with its length, and hexadecimal digits in lines (ImageMagick).
  private static func profile(_ text: [UInt8]) -> [UInt8] {
    let lines = text.split(separator: UInt8(ascii: "\n"), maxSplits: 2)
    guard lines.count == 3 else { return [] }
    var bytes: [UInt8] = []
    var high: UInt8?
    for character in lines[2] {
      guard let digit = Character(Unicode.Scalar(character)).hexDigitValue else { continue }
      if let first = high {
        bytes.append(first << 4 | UInt8(digit))
        high = nil
      } else {
        high = UInt8(digit)
      }
    }
    return bytes
  }
}
