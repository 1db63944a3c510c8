import Datasets
import Foundation
import TestSupport
import Testing

/// Pictures of a dark shirt (or a bright one), 5 × 4 blocks of 8 pixels on the background.
enum ShirtPicture {
  private static let shape = [
    "#.###.#.", "########", "#.####.#", "..####..", "..####..", "..####..",
  ]

  static func isGarment(_ x: Int, _ y: Int) -> Bool {
    let (row, column) = (y / 8 - 1, x / 8 - 2)
    guard shape.indices.contains(row), (0..<8).contains(column) else { return false }
    return Array(shape[row])[column] == "#"
  }

  static func rgb() -> PNGPicture {
    PNGPicture(width: 96, height: 64, colorType: .rgb) {
      isGarment($0, $1) ? [20, 30, 90] : [255, 255, 255]
    }
  }

  static func deepGrey() -> PNGPicture {
    PNGPicture(width: 96, height: 64, depth: 16) { isGarment($0, $1) ? [0xC8, 0x12] : [0, 0] }
  }

  static func palette() -> PNGPicture {
    PNGPicture(width: 96, height: 64, colorType: .palette, palette: [240, 240, 240, 0, 0, 0]) {
      [isGarment($0, $1) ? 1 : 0]
    }
  }

  static func transparent(garment: UInt8) -> PNGPicture {
    PNGPicture(width: 96, height: 64, colorType: .rgba) {
      isGarment($0, $1) ? [garment, garment, garment, 255] : [77, 77, 77, 0]
    }
  }

  static func pixel() -> PNGPicture { PNGPicture(width: 1, height: 1) { _, _ in [200] } }
}

@Suite struct SamplePictureTests {
  private func read(_ picture: PNGPicture) throws -> SamplePicture {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).png")
      .path(percentEncoded: false)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try picture.write(to: path)
    return try SamplePicture(pngPath: path)
  }

  @Test func everyKindOfPictureBecomesABrightGarmentOnBlack() throws {
    let kinds: [(PNGPicture, [String], brightness: ClosedRange<UInt8>)] = [
      (ShirtPicture.rgb(), ["colours became greys", "inverted"], 200...230),
      (ShirtPicture.deepGrey(), [], 195...205),
      (
        ShirtPicture.palette(),
        ["colours became greys", "inverted", "the background, grey 15, became black"], 255...255
      ),
      (
        ShirtPicture.transparent(garment: 0), ["colours became greys", "laid on white", "inverted"], 255...255
      ),
      (ShirtPicture.transparent(garment: 250), ["colours became greys", "laid on black"], 250...250),
    ]
    for (picture, notes, brightness) in kinds {
      let garment = try read(picture)
      for note in notes { #expect(garment.notes.contains { $0.hasPrefix(note) }, "\(garment.notes)") }
      #expect(garment.notes.contains("cropped to the garment, 64 × 48 of 96 × 64 pixels from (16, 8)"))
      #expect(garment.notes.contains("scaled from 64 × 48 to fit into 28 × 28"))
      #expect(garment.notes.count == notes.count + 2)
      #expect(garment.pixels.count == 784)
      // 64 × 48 becomes 28 × 21, with three empty rows above and four below.
      #expect(garment.pixels[0..<84].allSatisfy { $0 == 0 } && garment.pixels[672...].allSatisfy { $0 == 0 })
      #expect(brightness.contains(garment.pixels[14 * 28 + 13]), "\(garment.pixels[14 * 28 + 13])")
      #expect(garment.pixels[14 * 28 + 1] == 0, "beside the shirt")
    }
  }

  @Test func anImageOfTheDataSetStaysAsItIs() throws {
    let pixels = (0..<784).map { place in
      let (y, x) = place.quotientAndRemainder(dividingBy: 28)
      return (5..<20).contains(x) && (3..<25).contains(y) ? UInt8(x * 9 + y) : 0
    }
    let picture = PNGPicture(width: 28, height: 28) { [pixels[$1 * 28 + $0]] }
    let garment = try read(picture)
    #expect(garment.pixels == pixels && garment.notes.isEmpty)
    let negative = PNGPicture(width: 28, height: 28) { [255 - pixels[$1 * 28 + $0]] }
    #expect(try read(negative).pixels == pixels)
  }

  /// All of the sample's test images, among them some that reach the edges.
  @Test func aTestImageStaysAsItIsOrANoteSaysWhatWasChanged() throws {
    let test = try Dataset.load(directory: Executable.sample, environment: [:]).test
    var unchanged = 0
    for place in 0..<test.count {
      let pixels = Array(test.pixels[place * 784..<(place + 1) * 784])
      let picture = try read(PNGPicture(width: 28, height: 28) { [pixels[$1 * 28 + $0]] })
      #expect(picture.pixels == pixels || !picture.notes.isEmpty, "test image \(place)")
      if picture.pixels == pixels { unchanged += 1 }
    }
    #expect(unchanged > 980, "\(unchanged)")
  }

  @Test func everyColourTypeKeepsTheGreysThatItCanHold() throws {
    func grey(_ x: Int, _ y: Int, levels: Int) -> UInt8 {
      (4..<24).contains(x) && (4..<24).contains(y) ? UInt8((x * 7 + y * 3) % levels) : 0
    }
    func packed(depth: UInt8) -> PNGPicture {
      var picture = PNGPicture(width: 28, height: 28, depth: depth) { _, _ in [] }
      let perByte = 8 / Int(depth)
      picture.rows = (0..<28).map { y in
        stride(from: 0, to: 28, by: perByte).map { start in
          (0..<perByte).reduce(0) { byte, offset in
            let x = start + offset
            return byte << depth | (x < 28 ? grey(x, y, levels: 1 << depth) : 0)
          }
        }
      }
      return picture
    }
    let ramp = (0..<256).flatMap { [UInt8](repeating: UInt8($0), count: 3) }
    let pictures: [(String, PNGPicture, levels: Int)] = [
      ("1 bit", packed(depth: 1), 2), ("2 bits", packed(depth: 2), 4), ("4 bits", packed(depth: 4), 16),
      ("8 bits", PNGPicture(width: 28, height: 28) { [grey($0, $1, levels: 256)] }, 256),
      (
        "16 bits",
        PNGPicture(width: 28, height: 28, depth: 16) {
          let value = grey($0, $1, levels: 256)
          return [value, value]
        }, 256
      ),
      (
        "opaque",
        PNGPicture(width: 28, height: 28, colorType: .greyAlpha) { [grey($0, $1, levels: 256), 255] }, 256
      ),
      (
        "colour",
        PNGPicture(width: 28, height: 28, colorType: .rgb) {
          [UInt8](repeating: grey($0, $1, levels: 256), count: 3)
        }, 256
      ),
      (
        "deep colour",
        PNGPicture(width: 28, height: 28, depth: 16, colorType: .rgb) {
          [UInt8](repeating: grey($0, $1, levels: 256), count: 6)
        }, 256
      ),
      (
        "opaque colour",
        PNGPicture(width: 28, height: 28, colorType: .rgba) {
          [UInt8](repeating: grey($0, $1, levels: 256), count: 3) + [255]
        }, 256
      ),
      (
        "palette",
        PNGPicture(width: 28, height: 28, colorType: .palette, palette: ramp) {
          [grey($0, $1, levels: 256)]
        }, 256
      ),
    ]
    for (name, picture, levels) in pictures {
      let expected = (0..<784).map { place in
        UInt8(Int(grey(place % 28, place / 28, levels: levels)) * 255 / (levels - 1))
      }
      #expect(try read(picture).pixels == expected, "\(name)")
    }
  }

  /// A picture that stands on its head, with what its chunk `eXIf` holds.
  private func turned(_ exif: [UInt8]) throws -> SamplePicture { try turned(chunks: [("eXIf", exif)]) }

  private typealias Chunk = (name: String, contents: [UInt8])

  /// A picture that stands on its head, with these chunks.
  private func turned(chunks: [Chunk]) throws -> SamplePicture {
    var picture = PNGPicture(width: 28, height: 28) { x, y in
      (4..<24).contains(x) && (4..<24).contains(y) ? [UInt8(255 - x - y)] : [0]
    }
    picture.chunks = chunks
    return try read(picture)
  }

  /// Exif data with an orientation.
  private static func exif(_ number: UInt8) -> [UInt8] {
    Array("Exif\0\0II".utf8) + [42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, number, 0, 0, 0]
  }

  /// What ImageMagick writes as a text of this name.
  private static func profile(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
    let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return Array("\n\(name)\n      \(bytes.count)\n\(digits)\n".utf8)
  }

  private static func text(_ keyword: String, _ text: [UInt8]) -> Chunk {
    ("tEXt", Array("\(keyword)\0".utf8) + text)
  }

  private static func xmp(_ text: String) -> Chunk {
    ("iTXt", Array("XML:com.adobe.xmp\0\0\0\0\0<rdf:Description \(text) x='1'/>".utf8))
  }

  @Test func theOrientationInTextsIsFollowedAndTold() throws {
    let upright = try turned(chunks: [])
    let attribute = #"tiff:Orientation="3""#
    let exif = Self.profile("exif", Self.exif(3))
    let segment = Array("http://ns.adobe.com/xap/1.0/\0<x \(attribute)/>".utf8)
    let told: [(Chunk, String)] = [
      (Self.text("Raw profile type exif", exif), "Exif"),
      (Self.text("Raw profile type APP1", Self.profile("APP1", Self.exif(3))), "Exif"),
      (Self.text("Raw profile type APP1", Self.profile("APP1", segment)), "XMP"),
      (("zTXt", Array("Raw profile type exif\0\0".utf8) + PNGPicture.zlib(exif)), "Exif"),
      (Self.xmp(attribute), "XMP"), (Self.xmp("tiff:Orientation = '3'"), "XMP"),
      (Self.xmp("><tiff:Orientation>3</tiff:Orientation><x"), "XMP"),
      (
        (
          "iTXt",
          Array("XML:com.adobe.xmp\0\u{1}\0en\0\0".utf8) + PNGPicture.zlib(Array("<x \(attribute)/>".utf8))
        ),
        "XMP"
      ),
    ]
    for (chunk, source) in told {
      let picture = try turned(chunks: [chunk])
      #expect(picture.pixels == upright.pixels.reversed(), "\(chunk)")
      #expect(picture.notes == ["turned upright, as its \(source) orientation 3 says"])
    }
    // Exif counts where both say something, wherever it stands.
    let chunks: [[Chunk]] = [
      [Self.xmp(attribute), ("eXIf", Self.exif(1))], [("eXIf", Self.exif(1)), Self.xmp(attribute)],
      [Self.text("Raw profile type exif", exif), ("eXIf", Self.exif(1))],
    ]
    for chunks in chunks { #expect(try turned(chunks: chunks).pixels == upright.pixels) }
  }

  @Test func textsThatSayNothingOfTheOrientationAreNotFollowed() throws {
    let upright = try turned(chunks: [])
    let silent: [Chunk] = [
      Self.xmp(#"tiff:Orientation="9""#), Self.xmp(#"tiff:Orientation="33""#), Self.xmp("tiff:Orientation"),
      Self.text("Comment", Array(#"tiff:Orientation="3" "#.utf8)), Self.text("Raw profile type exif", []),
      Self.text("Raw profile type exif", Array("\nexif\n 2\nzz".utf8)),
      ("zTXt", Array("Raw profile type exif\0\0".utf8) + [1, 2, 3]),
      ("zTXt", Array("Raw profile type exif\0".utf8)),
      ("iTXt", Array("XML:com.adobe.xmp\0".utf8)), ("tEXt", []),
      // Longer than any camera writes.
      (
        "iTXt",
        Array("XML:com.adobe.xmp\0\u{1}\0\0\0".utf8)
          + PNGPicture.zlib([UInt8](repeating: 32, count: 3_000_000))
      ),
    ]
    for chunk in silent { #expect(try turned(chunks: [chunk]).pixels == upright.pixels, "\(chunk.name)") }
  }

  @Test func theOrientationInExifDataIsFollowedAndTold() throws {
    let upright = try turned([])
    #expect(upright.notes.isEmpty)
    let tags: [UInt8] = [0, 2, 1, 0x0F, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 3, 0, 0]
    let big: [UInt8] = Array("MM".utf8) + [0, 42, 0, 0, 0, 8] + tags
    let little: [UInt8] =
      Array("II".utf8) + [42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 3, 0, 0, 0]
    // Some programs write the number as a long one.
    let long: [UInt8] =
      Array("MM".utf8) + [0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 4, 0, 0, 0, 1, 0, 0, 0, 3]
    for exif in [big, little, long, Array("Exif\0\0".utf8) + big] {
      let picture = try turned(exif)
      #expect(picture.pixels == upright.pixels.reversed())
      #expect(picture.notes == ["turned upright, as its Exif orientation 3 says"])
    }
    for length in 0..<big.count - 2 { #expect(try turned(Array(big.prefix(length))).notes.isEmpty) }
    for orientation in [0, 1, 9, 255] as [UInt8] {
      var other = little
      other[18] = orientation
      #expect(try turned(other).pixels == upright.pixels)
    }
    let endless = Array("MM".utf8) + [0, 42, 0xFF, 0xFF, 0xFF, 0xFF] + tags
    #expect(try turned(endless).notes.isEmpty)
  }

  @Test func aBrightnessThatTheFileSaysIsAnotherIsTold() throws {
    func read(_ chunks: [(name: String, contents: [UInt8])]) throws -> SamplePicture {
      var picture = PNGPicture(width: 28, height: 28) { x, y in
        (4..<24).contains(x) && (4..<24).contains(y) ? [100] : [0]
      }
      picture.chunks = chunks
      return try self.read(picture)
    }
    let plain = try read([])
    #expect(plain.notes.isEmpty)
    #expect(try read([("gAMA", [0, 0, 0xB1, 0x8F])]) == plain, "45455, the usual one")
    let linear = try read([("gAMA", [0, 1, 0x86, 0xA0])])
    #expect(linear.notes == ["brightness changed, as the file's gamma is 1.0"])
    #expect(linear.pixels != plain.pixels)
    #expect(try read([("gAMA", [0, 1, 0x86, 0xA0]), ("sRGB", [0])]) == plain)
  }

  @Test func aFileThatCannotHoldItsPixelsGetsNoMemoryForThem() throws {
    let bit = PNGPicture(width: 8, height: 8, depth: 1) { _, _ in [] }
    var declared = bit.bytes
    // 4,000 × 4,000 pixels of one bit could be in 2,000 bytes, if all are alike.
    declared.replaceSubrange(16..<24, with: [0, 0, 0x0F, 0xA0, 0, 0, 0x0F, 0xA0])
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).png")
      .path(percentEncoded: false)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(declared + [UInt8](repeating: 0, count: 3000)).write(to: URL(filePath: path))
    let error = try #require(throws: DatasetError.self) { try SamplePicture(pngPath: path) }
    #expect(error.found.hasPrefix("4000 × 4000 pixels declared by"))
  }

  @Test func aPictureOfOneColourSaysSo() throws {
    let garment = try read(ShirtPicture.pixel())
    #expect(garment.notes.contains("no garment found: the picture has one colour"))
    #expect(garment.pixels.allSatisfy { $0 == 0 })
    let black = try read(PNGPicture(width: 28, height: 28) { _, _ in [0] })
    #expect(black.notes == ["no garment found: the picture has one colour"])
  }

  @Test func whatCannotBeReadIsRefusedByName() throws {
    let whole = ShirtPicture.rgb().bytes
    var huge = whole
    huge.replaceSubrange(16..<24, with: [0, 1, 0x86, 0xA0, 0, 1, 0x86, 0xA0])
    var hollow = whole
    hollow.replaceSubrange(16..<24, with: [0, 0, 0x1F, 0x40, 0, 0, 0x1F, 0x40])
    // The header is whole; the next part says that it is larger than the file.
    let overlong = whole.prefix(33) + [0x1A, 0, 0, 0] + Array("eXIf".utf8) + whole.dropFirst(33)
    var damaged = whole
    damaged[200] ^= 0xFF
    let cases: [([UInt8], String)] = [
      ([], "no PNG file"), (Array("GIF89a".utf8), "no PNG file"),
      (Array(repeating: 7, count: 100), "no PNG file"), (Array(whole.prefix(30)), "damaged"),
      (Array(whole.prefix(whole.count / 2)), "damaged"), (damaged, "damaged"),
      (Array(overlong), "damaged: a part of 436207616 bytes in a file of"),
      (huge, "100000 × 100000 pixels"), (hollow, "8000 × 8000 pixels declared by"),
    ]
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).png")
      .path(percentEncoded: false)
    defer { try? FileManager.default.removeItem(atPath: path) }
    for (bytes, found) in cases {
      try Data(bytes).write(to: URL(filePath: path))
      let error = try #require(throws: DatasetError.self) { try SamplePicture(pngPath: path) }
      #expect(error.kind == .invalid && error.path == path && error.found.hasPrefix(found), "\(error)")
      #expect(error.remedy.contains("magick"))
    }
    let missing = try #require(throws: DatasetError.self) { try SamplePicture(pngPath: "/nonexistent.png") }
    #expect(missing.kind == .missing)
    let folder = try #require(throws: DatasetError.self) { try SamplePicture(pngPath: "/") }
    #expect(folder.found == "not a file")
  }
}
