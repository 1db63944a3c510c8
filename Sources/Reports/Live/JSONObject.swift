import Platform
import Sessions

/// A flat JSON object whose keys keep the order in which they were added.
package struct JSONObject: Hashable, Sendable {

  /// Made of its parts.
  package init() {
  }
  private var members: [String] = []

  /// The object on one line, without anything that a terminal would obey.
  package var text: String { ("{" + members.joined(separator: ",") + "}").escapedJSON }

  package mutating func add(_ key: String, _ text: String?) {
    addRaw(key, text.map(JSONString.quoted) ?? "null")
  }

  package mutating func add(_ key: String, _ integer: Int) { addRaw(key, String(integer)) }

  package mutating func add(_ key: String, _ integer: UInt64) { addRaw(key, String(integer)) }

  package mutating func add(_ key: String, _ integer: Int?) {
    addRaw(key, integer.map { String($0) } ?? "null")
  }

  package mutating func add(_ key: String, _ flag: Bool) { addRaw(key, String(flag)) }

  package mutating func add(_ key: String, _ texts: [String]) {
    addRaw(key, "[" + texts.map(JSONString.quoted).joined(separator: ",") + "]")
  }

  package mutating func add(_ key: String, _ integers: [Int]) {
    addRaw(key, "[" + integers.map { String($0) }.joined(separator: ",") + "]")
  }

  package mutating func add(_ key: String, _ integers: [UInt64]) {
    addRaw(key, "[" + integers.map { String($0) }.joined(separator: ",") + "]")
  }

  package mutating func add(_ key: String, _ numbers: [Double]) {
    addRaw(key, "[" + numbers.map { $0.isFinite ? "\($0)" : "null" }.joined(separator: ",") + "]")
  }

  /// Adds a number; one that JSON lacks becomes `null` and is named by a second key, `KEY_non_finite`.
  package mutating func add(_ key: String, _ number: Double?) {
    guard let number else { return addRaw(key, "null") }
    guard !number.isFinite else { return addRaw(key, "\(number)") }
    addRaw(key, "null")
    add("\(key)_non_finite", number.isNaN ? "nan" : number < 0 ? "-inf" : "inf")
  }

  private mutating func addRaw(_ key: String, _ value: String) {
    members.append("\(JSONString.quoted(key)):\(value)")
  }
}
