internal import Messages

/// Walks through a text as far as it is JSON.
struct JSONChecker {
  /// The decoder goes no deeper.
  private static let deepest = 512

  private var cursor: JSONCursor<UnsafeBufferPointer<UInt8>>

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    cursor = JSONCursor(bytes)
    // Editors of Windows put a mark before the text.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { cursor.place = 3 }
  }

  mutating func check() throws(JSONFault) {
    if cursor.bytes.starts(with: [0xFF, 0xFE]) || cursor.bytes.starts(with: [0xFE, 0xFF]) {
      throw fault(says("it is UTF-16, and JSON is UTF-8", "它是 UTF-16，而 JSON 是 UTF-8"))
    }
    try value(depth: 0)
    cursor.skipBlanks()
    guard cursor.isAtEnd else { throw fault(says("something follows the end", "结束之后还有内容")) }
  }

  private mutating func value(depth: Int) throws(JSONFault) {
    guard depth < Self.deepest else { throw fault(says("it is nested too deeply", "嵌套太深")) }
    cursor.skipBlanks()
    switch cursor.next {
    case UInt8(ascii: "{"): try object(depth: depth)
    case UInt8(ascii: "["): try array(depth: depth)
    case UInt8(ascii: "\""): _ = try text()
    default: try word()
    }
  }

  private mutating func object(depth: Int) throws(JSONFault) {
    var places: [String: Int] = [:]
    cursor.place += 1
    cursor.skipBlanks()
    if cursor.take("}") { return }
    repeat {
      cursor.skipBlanks()
      try refuseComma(before: "}")
      let start = cursor.place
      guard cursor.next == UInt8(ascii: "\"") else {
        throw fault(says("a field's name in quotation marks is expected", "应为带引号的字段名"))
      }
      let key = try text()
      if let first = places.updateValue(start, forKey: key) {
        let (one, other) = (line(of: first), line(of: start))
        let lines =
          one == other ? "" : says(", in line \(one) and line \(other)", "，在第 \(one) 行和第 \(other) 行")
        throw JSONFault(says("the field '\(key)' is there twice\(lines)", "字段 '\(key)' 出现两次\(lines)"))
      }
      cursor.skipBlanks()
      guard cursor.take(":") else { throw fault(says("':' is expected", "应为 ':'")) }
      try value(depth: depth + 1)
      cursor.skipBlanks()
    } while cursor.take(",")
    guard cursor.take("}") else { throw fault(says("',' or '}' is expected", "应为 ',' 或 '}'")) }
  }

  private mutating func array(depth: Int) throws(JSONFault) {
    cursor.place += 1
    cursor.skipBlanks()
    if cursor.take("]") { return }
    repeat {
      cursor.skipBlanks()
      try refuseComma(before: "]")
      try value(depth: depth + 1)
      cursor.skipBlanks()
    } while cursor.take(",")
    guard cursor.take("]") else { throw fault(says("',' or ']' is expected", "应为 ',' 或 ']'")) }
  }

  private func refuseComma(before end: Unicode.Scalar) throws(JSONFault) {
    if cursor.next == UInt8(ascii: end) {
      throw fault(says("there is a comma too many before '\(end)'", "'\(end)' 之前多了一个逗号"))
    }
  }

  /// A number, `true`, `false` or `null`.
  private mutating func word() throws(JSONFault) {
    let start = cursor.place
    let word = cursor.takeWord()
    guard ["true", "false", "null"].contains(word) || Self.isNumber(word) else {
      // The rest of a word may be missing.
      if !cursor.isAtEnd { cursor.place = start }
      throw fault(
        word.isEmpty
          ? says("a value is expected", "应为一个值")
          : says("'\(word.prefix(20))' is no value of JSON", "'\(word.prefix(20))' 不是 JSON 的值"))
    }
  }

  private static func isNumber(_ word: String) -> Bool {
    var rest = word.utf8[...]
    func digits(_ rest: inout Substring.UTF8View) -> Int {
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

  private mutating func text() throws(JSONFault) -> String {
    do {
      return try cursor.takeText()
    } catch {
      throw fault(Self.problem(error))
    }
  }

  private static func problem(_ error: JSONCursor<UnsafeBufferPointer<UInt8>>.TextFault) -> String {
    switch error {
    case .unfinished: ""
    case .unknownEscape: says("a text has an unknown escape", "文字中有未知的转义")
    case .notUTF8: says("a text is not UTF-8", "文字不是 UTF-8")
    case .controlCharacter:
      says("a text has a line break or another control character", "文字中有换行或其他控制字符")
    }
  }

  // MARK: Places

  private func line(of place: Int) -> Int { cursor.bytes[..<place].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 } }

  /// Where the walk has come to; of a single line, which may itself be one of many, the column.
  private var placeInWords: String {
    let (bytes, place) = (cursor.bytes, cursor.place)
    let start = bytes[..<place].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    // Bytes within a character begin with the bits 10.
    let column = bytes[start..<place].count { $0 & 0xC0 != 0x80 } + 1
    guard bytes.dropLast().contains(0x0A) else { return says("column \(column)", "第 \(column) 列") }
    let line = line(of: place)
    return says("line \(line), column \(column)", "第 \(line) 行第 \(column) 列")
  }

  private func fault(_ problem: String) -> JSONFault {
    guard cursor.isAtEnd else {
      return JSONFault(
        says("it is no JSON at \(placeInWords): \(problem)", "\(placeInWords)不是 JSON：\(problem)"))
    }
    return JSONFault(
      cursor.bytes.isEmpty
        ? says("it is not complete JSON: it is empty", "不是完整的 JSON：它是空的")
        : says("it is not complete JSON: it ends at \(placeInWords)", "不是完整的 JSON：它在\(placeInWords)就结束了"))
  }
}
