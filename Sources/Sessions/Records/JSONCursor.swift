/// A place in a text of JSON (RFC 8259), and what can be taken there.
struct JSONCursor<Bytes: RandomAccessCollection<UInt8>> where Bytes.Index == Int {
  /// Why a text in quotation marks cannot be taken.
  enum TextFault: Error {
    case unfinished, unknownEscape, notUTF8, controlCharacter
  }

  let bytes: Bytes
  var place: Int

  init(_ bytes: Bytes) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  var isAtEnd: Bool { place == bytes.endIndex }
  var next: UInt8? { isAtEnd ? nil : bytes[place] }

  mutating func skipBlanks() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  /// The letters, digits, signs, points and underscores that follow.
  mutating func takeWord() -> String {
    let start = place
    while let byte = next, Self.isPartOfWord(byte) { place += 1 }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private static func isPartOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// The text that a quotation mark begins, without the marks and what escapes there are.
  ///
  /// Of one that cannot be taken the place is where its fault is. Leniently, control characters count as they stand, and what
  /// is not UTF-8 is replaced.
  mutating func takeText(leniently: Bool = false) throws(TextFault) -> String {
    let start = place
    place += 1
    var isEscaped = false
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        let taken = bytes[start + 1..<place]
        guard
          let text = String(validating: taken, as: UTF8.self)
            ?? (leniently ? String(decoding: taken, as: UTF8.self) : nil)
        else {
          place = start
          throw .notUTF8
        }
        place += 1
        return isEscaped ? Self.unescaped(text) : text
      case UInt8(ascii: "\\"):
        isEscaped = true
        try passEscape()
      case 0..<0x20 where !leniently: throw .controlCharacter
      default: place += 1
      }
    }
    throw .unfinished
  }

  private mutating func passEscape() throws(TextFault) {
    let start = place
    place += 1
    guard let byte = next else { throw .unfinished }
    place += 1
    switch Unicode.Scalar(byte) {
    case "\"", "\\", "/", "b", "f", "n", "r", "t": return
    case "u":
      for _ in 0..<4 {
        guard let digit = next else { throw .unfinished }
        guard Unicode.Scalar(digit).properties.isASCIIHexDigit else { break }
        place += 1
      }
      if place - start == 6 { return }
    default: break
    }
    place = start
    throw .unknownEscape
  }

  private static func unescaped(_ text: String) -> String {
    var units: [UInt16] = []
    var rest = text.utf16[...]
    while let unit = rest.popFirst() {
      guard unit == UInt16(UInt8(ascii: "\\")), let escape = rest.popFirst() else {
        units.append(unit)
        continue
      }
      switch Unicode.Scalar(escape) {
      case "b": units.append(0x08)
      case "f": units.append(0x0C)
      case "n": units.append(0x0A)
      case "r": units.append(0x0D)
      case "t": units.append(0x09)
      case "u":
        units.append(UInt16(String(rest.prefix(4)) ?? "", radix: 16) ?? 0xFFFD)
        rest = rest.dropFirst(4)
      default: units.append(escape)
      }
    }
    return String(decoding: units, as: UTF16.self)
  }
}
