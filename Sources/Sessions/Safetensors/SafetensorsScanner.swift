internal import Messages

/// Reads the part of JSON that safetensors headers are made of: objects, texts, and arrays of whole numbers.
///
/// A general decoder would hide what makes a header invalid: names that are there twice, and the order of the tensors.
struct SafetensorsScanner {
  private var rest: ArraySlice<UInt8>
  private let start: Int

  init(_ bytes: ArraySlice<UInt8>) {
    rest = bytes
    start = bytes.startIndex
  }

  /// Reads an object; `member` reads the value of each name.
  mutating func object(
    member: (inout SafetensorsScanner, String) throws(SafetensorsFault) -> Void
  ) throws(SafetensorsFault) {
    try expect("{")
    guard !accept("}") else { return }
    repeat {
      let name = try string()
      try expect(":")
      try member(&self, name)
    } while accept(",")
    try expect("}")
  }

  /// Reads an array of whole numbers that are not negative.
  mutating func integers() throws(SafetensorsFault) -> [Int] {
    var integers: [Int] = []
    try expect("[")
    guard !accept("]") else { return [] }
    repeat { try integers.append(integer()) } while accept(",")
    try expect("]")
    return integers
  }

  /// Reads a text.
  mutating func string() throws(SafetensorsFault) -> String {
    try expect("\"")
    var bytes: [UInt8] = []
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: bytes, as: UTF8.self) else {
          throw fault(says("a text is not UTF-8", "文字不是 UTF-8"))
        }
        return text
      case UInt8(ascii: "\\"): try bytes += escaped()
      case 0..<0x20: throw fault(says("a text has a control character", "文字中有控制字符"))
      default: bytes.append(byte)
      }
    }
    throw fault(says("a text has no end", "文字没有结束"))
  }

  /// Reads `null`, if it is next.
  mutating func null() -> Bool {
    skipBlanks()
    guard rest.starts(with: "null".utf8) else { return false }
    rest = rest.dropFirst(4)
    return true
  }

  /// Reads a value of any kind, nested up to `depth` times.
  mutating func skip(depth: Int = 64) throws(SafetensorsFault) {
    guard depth > 0 else { throw fault(says("values are nested too deeply", "值嵌套得太深")) }
    skipBlanks()
    switch rest.first.map(UnicodeScalar.init) {
    case "\"": _ = try string()
    case "{": try object { scanner, _ throws(SafetensorsFault) in try scanner.skip(depth: depth - 1) }
    case "[":
      try expect("[")
      guard !accept("]") else { return }
      repeat { try skip(depth: depth - 1) } while accept(",")
      try expect("]")
    default:
      let word = rest.prefix { !",]} \t\n\r".utf8.contains($0) }
      let text = String(decoding: word, as: UTF8.self)
      guard ["true", "false", "null"].contains(text) || Double(text)?.isFinite == true else {
        throw fault(says("a value is expected", "应为一个值"))
      }
      rest = rest[word.endIndex...]
    }
  }

  /// Expects nothing but blanks.
  mutating func end() throws(SafetensorsFault) {
    skipBlanks()
    guard rest.isEmpty else { throw fault(says("something follows the object", "对象之后还有内容")) }
  }

  private mutating func integer() throws(SafetensorsFault) -> Int {
    skipBlanks()
    let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard !digits.isEmpty, digits.count == 1 || digits.first != UInt8(ascii: "0"),
      let integer = Int(String(decoding: digits, as: UTF8.self))
    else { throw fault(says("a whole number of at most \(Int.max) is expected", "应为不超过 \(Int.max) 的整数")) }
    rest = rest[digits.endIndex...]
    return integer
  }

  private mutating func escaped() throws(SafetensorsFault) -> [UInt8] {
    guard let byte = rest.popFirst() else { throw fault(says("a text has no end", "文字没有结束")) }
    switch UnicodeScalar(byte) {
    case "\"", "\\", "/": return [byte]
    case "b": return [0x08]
    case "f": return [0x0C]
    case "n": return [0x0A]
    case "r": return [0x0D]
    case "t": return [0x09]
    case "u":
      var units = [try codeUnit()]
      if UTF16.isLeadSurrogate(units[0]), rest.starts(with: Array("\\u".utf8)) {
        rest = rest.dropFirst(2)
        units.append(try codeUnit())
      }
      guard let text = String(validating: units, as: UTF16.self) else {
        throw fault(says("a text is not Unicode", "文字不是 Unicode"))
      }
      return Array(text.utf8)
    default: throw fault(says("a text has an unknown escape", "文字中有未知的转义"))
    }
  }

  private mutating func codeUnit() throws(SafetensorsFault) -> UInt16 {
    let digits = rest.prefix(4)
    guard digits.count == 4, !digits.contains(UInt8(ascii: "+")),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw fault(says("four hexadecimal digits are expected", "应为四位十六进制数字")) }
    rest = rest.dropFirst(4)
    return unit
  }

  private mutating func skipBlanks() {
    rest = rest.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
  }

  private mutating func accept(_ character: UnicodeScalar) -> Bool {
    skipBlanks()
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }

  private mutating func expect(_ character: UnicodeScalar) throws(SafetensorsFault) {
    guard accept(character) else { throw fault(says("'\(character)' is expected", "应为 '\(character)'")) }
  }

  private func fault(_ problem: String) -> SafetensorsFault {
    SafetensorsFault(
      says(
        "byte \(rest.startIndex - start) of its header: \(problem)",
        "文件头第 \(rest.startIndex - start) 字节：\(problem)"))
  }
}
