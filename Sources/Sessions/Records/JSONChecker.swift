internal import Messages

/// Walks through a text as far as it is JSON.
struct JSONChecker {
  /// The decoder goes no deeper.
  private static let deepest = 512

  private let bytes: UnsafeBufferPointer<UInt8>
  private var place = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    // Editors of Windows put a mark before the text.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  mutating func check() throws(JSONFault) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw fault(says("it is UTF-16, and JSON is UTF-8", "它是 UTF-16，而 JSON 是 UTF-8"))
    }
    try value(depth: 0)
    skipBlanks()
    guard place == bytes.count else { throw fault(says("something follows the end", "结束之后还有内容")) }
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipBlanks() {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x09, 0x0A, 0x0D: place += 1
      default: return
      }
    }
  }

  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func value(depth: Int) throws(JSONFault) {
    guard depth < Self.deepest else { throw fault(says("it is nested too deeply", "嵌套太深")) }
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): try object(depth: depth)
    case UInt8(ascii: "["): try array(depth: depth)
    case UInt8(ascii: "\""): _ = try string()
    default: try word()
    }
  }

  private mutating func object(depth: Int) throws(JSONFault) {
    var places: [String: Int] = [:]
    place += 1
    skipBlanks()
    if accept("}") { return }
    repeat {
      skipBlanks()
      try refuseComma(before: "}")
      let start = place
      guard next == UInt8(ascii: "\"") else {
        throw fault(says("a field's name in quotation marks is expected", "应为带引号的字段名"))
      }
      let key = try string()
      if let first = places.updateValue(start, forKey: key) {
        let (one, other) = (line(of: first), line(of: start))
        let lines =
          one == other ? "" : says(", in line \(one) and line \(other)", "，在第 \(one) 行和第 \(other) 行")
        throw JSONFault(says("the field '\(key)' is there twice\(lines)", "字段 '\(key)' 出现两次\(lines)"))
      }
      skipBlanks()
      guard accept(":") else { throw fault(says("':' is expected", "应为 ':'")) }
      try value(depth: depth + 1)
      skipBlanks()
    } while accept(",")
    guard accept("}") else { throw fault(says("',' or '}' is expected", "应为 ',' 或 '}'")) }
  }

  private mutating func array(depth: Int) throws(JSONFault) {
    place += 1
    skipBlanks()
    if accept("]") { return }
    repeat {
      skipBlanks()
      try refuseComma(before: "]")
      try value(depth: depth + 1)
      skipBlanks()
    } while accept(",")
    guard accept("]") else { throw fault(says("',' or ']' is expected", "应为 ',' 或 ']'")) }
  }

  private func refuseComma(before end: Unicode.Scalar) throws(JSONFault) {
    if next == UInt8(ascii: end) {
      throw fault(says("there is a comma too many before '\(end)'", "'\(end)' 之前多了一个逗号"))
    }
  }

  /// A number, `true`, `false` or `null`.
  private mutating func word() throws(JSONFault) {
    let start = place
    while let byte = next, Self.isPartOfWord(byte) { place += 1 }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    guard ["true", "false", "null"].contains(text) || Self.isNumber(bytes[start..<place]) else {
      // The rest of a word may be missing.
      if place < bytes.count { place = start }
      throw fault(
        text.isEmpty
          ? says("a value is expected", "应为一个值")
          : says("'\(text.prefix(20))' is no value of JSON", "'\(text.prefix(20))' 不是 JSON 的值"))
    }
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

  private static func isNumber(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var rest = word
    func digits(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>) -> Int {
      let count = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let first = rest.first
    let count = digits(&rest)
    guard count > 0, count == 1 || first != UInt8(ascii: "0") else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard digits(&rest) > 0 else { return false }
    }
    if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
      guard digits(&rest) > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// A text, without the quotation marks and what they are escaped by.
  private mutating func string() throws(JSONFault) -> String {
    let start = place
    place += 1
    var isEscaped = false
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: bytes[start + 1..<place], as: UTF8.self) else {
          place = start
          throw fault(says("a text is not UTF-8", "文字不是 UTF-8"))
        }
        place += 1
        return isEscaped ? Self.unescaped(text) : text
      case UInt8(ascii: "\\"):
        isEscaped = true
        try passEscape()
      case 0..<0x20:
        throw fault(says("a text has a line break or another control character", "文字中有换行或其他控制字符"))
      default: place += 1
      }
    }
    throw fault("")
  }

  private mutating func passEscape() throws(JSONFault) {
    let start = place
    place += 1
    guard let byte = next else { throw fault("") }
    place += 1
    switch Unicode.Scalar(byte) {
    case "\"", "\\", "/", "b", "f", "n", "r", "t": return
    case "u":
      for _ in 0..<4 {
        guard let digit = next else { throw fault("") }
        guard Unicode.Scalar(digit).properties.isASCIIHexDigit else { break }
        place += 1
      }
      if place - start == 6 { return }
    default: break
    }
    place = start
    throw fault(says("a text has an unknown escape", "文字中有未知的转义"))
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

  // MARK: Places

  private func line(of place: Int) -> Int { bytes[..<place].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 } }

  /// Where the walk has come to; of a single line, which may itself be one of many, the column.
  private var placeInWords: String {
    let start = bytes[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    // Bytes within a character begin with the bits 10.
    let column = bytes[start..<place].count { $0 & 0xC0 != 0x80 } + 1
    guard bytes.dropLast().contains(0x0A) else { return says("column \(column)", "第 \(column) 列") }
    let line = line(of: place)
    return says("line \(line), column \(column)", "第 \(line) 行第 \(column) 列")
  }

  private func fault(_ problem: String) -> JSONFault {
    guard place < bytes.count else {
      return JSONFault(
        bytes.isEmpty
          ? says("it is not complete JSON: it is empty", "不是完整的 JSON：它是空的")
          : says("it is not complete JSON: it ends at \(placeInWords)", "不是完整的 JSON：它在\(placeInWords)就结束了"))
    }
    return JSONFault(
      says("it is no JSON at \(placeInWords): \(problem)", "\(placeInWords)不是 JSON：\(problem)"))
  }
}
