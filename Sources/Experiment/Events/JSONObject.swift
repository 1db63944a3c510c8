internal import Platform

/// A JSON object whose members keep the order in which they were added.
package struct JSONObject: Sendable {
  private enum Value {
    /// A value as it is written.
    case text(String)
    case object(JSONObject)
    case list([JSONObject])
  }

  private var members: [(key: String, value: Value)] = []

  /// An object without members.
  package init() {}

  /// The object on one line, without anything that a terminal would obey.
  package var text: String {
    var text = ""
    write(to: &text, separator: ",", colon: ":", indent: nil)
    return text.escapedJSON
  }

  /// The object as a file for people and programs.
  package var file: String {
    var text = ""
    write(to: &text, separator: ",", colon: ": ", indent: "")
    return text.escapedJSON + "\n"
  }

  private func write(to text: inout String, separator: String, colon: String, indent: String?) {
    let inner = indent.map { $0 + "  " }
    func breakLine(_ indent: String?) { if let indent { text += "\n" + indent } }
    text += "{"
    for (index, member) in members.enumerated() {
      if index > 0 { text += separator }
      breakLine(inner)
      text += Self.quoted(member.key) + colon
      switch member.value {
      case .text(let value): text += value
      case .object(let object):
        object.write(to: &text, separator: separator, colon: colon, indent: inner)
      case .list(let objects):
        text += "["
        for (index, object) in objects.enumerated() {
          if index > 0 { text += separator }
          breakLine(inner.map { $0 + "  " })
          object.write(to: &text, separator: separator, colon: colon, indent: inner.map { $0 + "  " })
        }
        breakLine(inner)
        text += "]"
      }
    }
    breakLine(indent)
    text += "}"
  }

  package mutating func add(_ key: String, _ object: JSONObject) { members.append((key, .object(object))) }

  package mutating func add(_ key: String, _ objects: [JSONObject]) { members.append((key, .list(objects))) }

  package mutating func add(_ key: String, _ text: String?) {
    addRaw(key, text.map(Self.quoted) ?? "null")
  }

  package mutating func add(_ key: String, _ integer: Int) { addRaw(key, String(integer)) }

  package mutating func add(_ key: String, _ integer: UInt64) { addRaw(key, String(integer)) }

  package mutating func add(_ key: String, _ integer: Int?) {
    addRaw(key, integer.map { String($0) } ?? "null")
  }

  package mutating func add(_ key: String, _ flag: Bool) { addRaw(key, String(flag)) }

  package mutating func add(_ key: String, _ texts: [String]) { addList(key, texts.map(Self.quoted)) }

  package mutating func add(_ key: String, _ integers: [some FixedWidthInteger]) {
    addList(key, integers.map { String($0) })
  }

  package mutating func add(_ key: String, _ flags: [Bool]) { addList(key, flags.map { String($0) }) }

  /// Adds numbers; one that JSON lacks becomes `null`.
  package mutating func add(_ key: String, _ numbers: [Double]) {
    addList(key, numbers.map { $0.isFinite ? "\($0)" : "null" })
  }

  /// Adds a number; one that JSON lacks becomes `null` and is named by a second key, `KEY_non_finite`.
  package mutating func add(_ key: String, _ number: Double?) {
    guard let number else { return addRaw(key, "null") }
    guard !number.isFinite else { return addRaw(key, "\(number)") }
    addRaw(key, "null")
    add("\(key)_non_finite", number.isNaN ? "nan" : number < 0 ? "-inf" : "inf")
  }

  private mutating func addList(_ key: String, _ values: [String]) {
    addRaw(key, "[" + values.joined(separator: ",") + "]")
  }

  private mutating func addRaw(_ key: String, _ value: String) { members.append((key, .text(value))) }

  /// A text as a JSON string, with escapes where JSON demands them.
  package static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
