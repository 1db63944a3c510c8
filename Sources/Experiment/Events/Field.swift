internal import Messages

/// The name of a field in the JSON files, as the program's JSON Lines output spells it.
package struct Field: CodingKey, ExpressibleByStringLiteral {
  package let stringValue: String

  package init(stringLiteral value: String) { stringValue = value }
  package init(stringValue: String) { self.stringValue = stringValue }
  package init?(intValue: Int) { nil }

  package var intValue: Int? { nil }
  /// The field that says which number JSON lacks a value is.
  var nonFinite: Field { Field(stringValue: stringValue + "_non_finite") }
}

/// Reads the fields of an object, which anybody may have written: each value is checked as it is read.
package typealias FieldDecoder = KeyedDecodingContainer<Field>

extension FieldDecoder {
  /// The largest count of anything: far beyond any run, and small enough to calculate with.
  package static var largestCount: Int { 1 << 40 }

  /// Reads how many there are of something.
  package func count(_ field: Field, upTo limit: Int = largestCount) throws -> Int {
    let count = try named(field) { try decode(Int.self, forKey: field) }
    guard (0...limit).contains(count) else {
      throw fault(field, says("\(count) is out of range", "\(count) 超出范围"))
    }
    return count
  }

  /// Reads how many there are of many things.
  package func counts(_ field: Field, upTo limit: Int = largestCount) throws -> [Int] {
    let counts = try named(field) { try decode([Int].self, forKey: field) }
    guard counts.allSatisfy((0...limit).contains) else {
      throw fault(field, says("a count is out of range", "有计数超出范围"))
    }
    return counts
  }

  /// Reads a number that JSON may lack.
  package func number(_ field: Field) throws -> Double {
    if let number = try named(field, { try decodeIfPresent(Double.self, forKey: field) }) { return number }
    return switch try decode(String.self, forKey: field.nonFinite) {
    case "nan": .nan
    case "inf": .infinity
    case "-inf": -.infinity
    case let other: throw fault(field.nonFinite, says("'\(other)' is no number", "“\(other)”不是数"))
    }
  }

  /// Reads numbers, of which null stands for one that JSON lacks.
  package func numbers(_ field: Field) throws -> [Double] {
    try named(field) { try decode([Double?].self, forKey: field) }.map { $0 ?? .nan }
  }

  /// Reads how long something took.
  package func seconds(_ field: Field) throws -> Double {
    let seconds = try named(field) { try decode(Double.self, forKey: field) }
    // Some three thousand years.
    guard (0...1e11).contains(seconds) else {
      throw fault(field, says("\(seconds) s are out of range", "\(seconds) s 超出范围"))
    }
    return seconds
  }

  /// Reads when something happened, as the machine's clock had it: before 1970 where that was not set.
  package func time(_ field: Field) throws -> Double {
    let seconds = try named(field) { try decode(Double.self, forKey: field) }
    // Some three hundred thousand years.
    guard abs(seconds) <= 1e13 else {
      throw fault(field, says("\(seconds) s are out of range", "\(seconds) s 超出范围"))
    }
    return seconds
  }

  /// Reads a run's letter.
  package func run(_ field: Field = "run") throws -> RunID {
    let letter = try decode(String.self, forKey: field)
    guard let scalar = letter.unicodeScalars.first, letter.unicodeScalars.count == 1,
      ("A"..."Z").contains(scalar)
    else { throw fault(field, says("'\(letter)' is no run's letter", "“\(letter)”不是运行的字母")) }
    return RunID(Int(scalar.value - UnicodeScalar("A").value))
  }

  /// Reads where `run` branched off another one, if it did.
  package func fork(of run: RunID) throws -> ForkPoint? {
    guard contains("forked_from") else { return nil }
    let fork = try ForkPoint(run: self.run("forked_from"), step: count("forked_at_step"))
    guard fork.run < run else {
      throw fault("forked_from", says("a run is forked from an earlier one", "分支只能来自更早的运行"))
    }
    return fork
  }

  /// Checks that the object has no other fields than these.
  package func checkFields(_ known: Set<String>) throws {
    for key in allKeys where !known.contains(key.stringValue) {
      throw fault(key, says("nobody knows it", "不认识这个字段"))
    }
  }

  package func fault(_ field: Field, _ problem: String) -> DecodingError {
    .dataCorruptedError(forKey: field, in: self, debugDescription: problem)
  }
}

extension KeyedDecodingContainer {
  /// Reads a value, and names the field where the decoder does not: of numbers and dates that cannot be.
  package func named<Value>(_ key: Key, _ read: () throws -> Value) throws -> Value {
    do {
      return try read()
    } catch {
      // Of numbers it throws something of its own.
      if let error = error as? DecodingError {
        guard case .dataCorrupted(let context) = error, context.codingPath.isEmpty else { throw error }
      }
      throw DecodingError.dataCorruptedError(
        forKey: key, in: self, debugDescription: says("an impossible number or date", "不可能的数或日期"))
    }
  }
}

extension JSONObject {
  /// Adds where a run branched off another one; nothing if it did not.
  package mutating func add(_ fork: ForkPoint?) {
    guard let fork else { return }
    add("forked_from", fork.run.letter)
    add("forked_at_step", fork.step)
  }
}
