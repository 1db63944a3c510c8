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

  private var cursor: JSONCursor<ArraySlice<UInt8>>

  /// The object that `line` is; `nil` if it is none.
  init?(_ line: ArraySlice<UInt8>) {
    cursor = JSONCursor(line)
    cursor.skipBlanks()
    guard cursor.take("{"), members(of: "", depth: 0) else { return nil }
    cursor.skipBlanks()
    guard cursor.isAtEnd else { return nil }
  }

  /// Reads the members of an object behind its brace.
  private mutating func members(of prefix: String, depth: Int) -> Bool {
    guard depth < Self.deepest else { return false }
    cursor.skipBlanks()
    if cursor.take("}") { return true }
    repeat {
      cursor.skipBlanks()
      guard let key = text() else { return false }
      cursor.skipBlanks()
      guard cursor.take(":"), value(named: prefix + key, depth: depth) else { return false }
      cursor.skipBlanks()
    } while cursor.take(",")
    return cursor.take("}")
  }

  private mutating func value(named name: String, depth: Int) -> Bool {
    cursor.skipBlanks()
    guard numbers.count + texts.count + lists.count < Self.mostMembers, name.utf8.count < 2000 else {
      return false
    }
    switch cursor.next {
    case UInt8(ascii: "{"):
      cursor.place += 1
      return members(of: name + "/", depth: depth + 1)
    case UInt8(ascii: "["):
      cursor.place += 1
      var list = List(name: name)
      guard elements(of: &list, depth: depth + 1) else { return false }
      lists.append(list)
      return true
    case UInt8(ascii: "\""):
      guard let text = text() else { return false }
      if let number = Self.nonFinite(text) {
        numbers.append(LogColumns.Number(name, number, written: text))
      } else {
        texts.append((name, text))
      }
      return true
    default:
      let word = cursor.takeWord()
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
    cursor.skipBlanks()
    if cursor.take("]") { return true }
    var count = 0
    repeat {
      cursor.skipBlanks()
      count += 1
      let start = cursor.place
      switch cursor.next {
      case UInt8(ascii: "{"):
        cursor.place += 1
        let kept = (numbers.count, texts.count, lists.count)
        guard members(of: "", depth: depth + 1) else { return false }
        numbers.removeSubrange(kept.0...)
        texts.removeSubrange(kept.1...)
        lists.removeSubrange(kept.2...)
        list.objects.append(cursor.bytes[start..<cursor.place])
      case UInt8(ascii: "["):
        cursor.place += 1
        var inner = List(name: "")
        guard elements(of: &inner, depth: depth + 1) else { return false }
      case UInt8(ascii: "\""): guard text() != nil else { return false }
      default:
        let word = cursor.takeWord()
        guard !word.isEmpty else { return false }
        if let number = word == "null" ? .nan : Self.number(word) {
          list.numbers.append(LogColumns.Number(list.name, number, written: word))
        }
      }
      cursor.skipBlanks()
    } while cursor.take(",")
    if list.numbers.count != count { list.numbers = [] }
    if list.objects.count != count { list.objects = [] }
    return cursor.take("]")
  }

  private static func number(_ word: String) -> Double? {
    guard let first = word.utf8.first else { return nil }
    if let number = nonFinite(word) { return number }
    guard first == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= first else { return nil }
    return LogColumns.Number.value(of: word)
  }

  private static func nonFinite(_ word: String) -> Double? {
    switch word.lowercased() {
    case "nan": .nan
    case "infinity", "inf", "+inf": .infinity
    case "-infinity", "-inf": -.infinity
    default: nil
    }
  }

  private mutating func text() -> String? {
    guard cursor.next == UInt8(ascii: "\"") else { return nil }
    return try? cursor.takeText(leniently: true)
  }
}
