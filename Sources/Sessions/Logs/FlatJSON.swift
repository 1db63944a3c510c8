/// What an object of JSON holds, the keys of nested ones with slashes between them.
///
/// NaN and infinities are numbers here, as Python writes them.
struct FlatJSON {
  private(set) var numbers: [LogColumns.Number] = []
  private(set) var texts: [(name: String, value: String)] = []
  private(set) var lists: [List] = []

  /// What a list has, if it has nothing else: numbers, or objects as they stand.
  struct List {
    let name: String
    var numbers: [LogColumns.Number] = []
    var objects: [ArraySlice<UInt8>] = []
  }

  private static let deepest = 32
  private static let mostMembers = 10_000

  private let bytes: ArraySlice<UInt8>
  private var place: Int

  /// The object that `line` is; `nil` if it is none.
  init?(_ line: ArraySlice<UInt8>) {
    (bytes, place) = (line, line.startIndex)
    skipBlanks()
    guard take("{"), members(of: "", depth: 0) else { return nil }
    skipBlanks()
    guard place == bytes.endIndex else { return nil }
  }

  private var next: UInt8? { place < bytes.endIndex ? bytes[place] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func skipBlanks() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
  }

  /// Reads the members of an object behind its brace.
  private mutating func members(of prefix: String, depth: Int) -> Bool {
    guard depth < Self.deepest else { return false }
    skipBlanks()
    if take("}") { return true }
    repeat {
      skipBlanks()
      guard let key = string() else { return false }
      skipBlanks()
      guard take(":"), value(named: prefix + key, depth: depth) else { return false }
      skipBlanks()
    } while take(",")
    return take("}")
  }

  private mutating func value(named name: String, depth: Int) -> Bool {
    skipBlanks()
    guard numbers.count + texts.count + lists.count < Self.mostMembers, name.utf8.count < 2000 else {
      return false
    }
    switch next {
    case UInt8(ascii: "{"):
      place += 1
      return members(of: name + "/", depth: depth + 1)
    case UInt8(ascii: "["):
      place += 1
      var list = List(name: name)
      guard elements(of: &list, depth: depth + 1) else { return false }
      lists.append(list)
      return true
    case UInt8(ascii: "\""):
      guard let text = string() else { return false }
      if let number = Self.nonFinite(text) {
        numbers.append(LogColumns.Number(name, number, written: text))
      } else {
        texts.append((name, text))
      }
      return true
    default:
      let word = word()
      if let number = Self.number(word) {
        numbers.append(LogColumns.Number(name, number, written: word))
        return true
      }
      if ["true", "false"].contains(word) { texts.append((name, word)) }
      return ["true", "false", "null"].contains(word)
    }
  }

  /// Reads a list behind its bracket.
  private mutating func elements(of list: inout List, depth: Int) -> Bool {
    guard depth < Self.deepest else { return false }
    skipBlanks()
    if take("]") { return true }
    var count = 0
    repeat {
      skipBlanks()
      count += 1
      let start = place
      switch next {
      case UInt8(ascii: "{"):
        place += 1
        let kept = (numbers.count, texts.count, lists.count)
        guard members(of: "", depth: depth + 1) else { return false }
        numbers.removeSubrange(kept.0...)
        texts.removeSubrange(kept.1...)
        lists.removeSubrange(kept.2...)
        list.objects.append(bytes[start..<place])
      case UInt8(ascii: "["):
        place += 1
        var inner = List(name: "")
        guard elements(of: &inner, depth: depth + 1) else { return false }
      case UInt8(ascii: "\""): guard string() != nil else { return false }
      default:
        let word = word()
        guard !word.isEmpty else { return false }
        if let number = word == "null" ? .nan : Self.number(word) {
          list.numbers.append(LogColumns.Number(list.name, number, written: word))
        }
      }
      skipBlanks()
    } while take(",")
    if list.numbers.count != count { list.numbers = [] }
    if list.objects.count != count { list.objects = [] }
    return take("]")
  }

  /// The letters, digits and signs that follow.
  private mutating func word() -> String {
    let start = place
    while let byte = next, place - start < 64,
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
        || [UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ".")].contains(byte)
    { place += 1 }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private static func number(_ word: String) -> Double? {
    guard let first = word.utf8.first else { return nil }
    if let number = nonFinite(word) { return number }
    guard first == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= first,
      !word.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "x") })
    else { return nil }
    return Double(word)
  }

  private static func nonFinite(_ word: String) -> Double? {
    switch word.lowercased() {
    case "nan": .nan
    case "infinity", "inf", "+inf": .infinity
    case "-infinity", "-inf": -.infinity
    default: nil
    }
  }

  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    var text: [UInt8] = []
    while let byte = next {
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escaped = escape() else { return nil }
        text += escaped.utf8
      default: text.append(byte)
      }
    }
    return nil
  }

  private mutating func escape() -> String? {
    guard let byte = next else { return nil }
    place += 1
    switch Unicode.Scalar(byte) {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "b", "f": return " "
    case "\"", "\\", "/": return String(Unicode.Scalar(byte))
    case "u":
      guard let first = unit() else { return nil }
      if let scalar = Unicode.Scalar(first) { return String(scalar) }
      // The other half of a character beyond 16 bits.
      guard take("\\"), take("u"), let second = unit() else { return nil }
      return String(decoding: [first, second], as: UTF16.self)
    default: return nil
    }
  }

  private mutating func unit() -> UInt16? {
    guard bytes.endIndex - place >= 4 else { return nil }
    defer { place += 4 }
    return UInt16(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
  }
}
