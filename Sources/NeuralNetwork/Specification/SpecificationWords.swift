/// Why a text is no network, or a network none for the data.
public struct SpecificationError: Error, Hashable, CustomStringConvertible, Sendable {
  /// What is wrong, beginning with the word that is.
  public let problem: String
  /// What to do.
  public let remedy: String

  /// Something that is wrong.
  public init(_ problem: String, remedy: String) {
    self.problem = problem
    self.remedy = remedy
  }

  /// What is wrong and what to do, two sentences.
  public var description: String { "\(problem). \(remedy)." }
}

/// The words of a network's text that are still to be read.
package struct SpecificationWords {
  private var words: ArraySlice<Substring>
  /// The word that was read last, and its place, from 1.
  private var last = ""

  init(_ text: String) {
    words = text.split { $0 == " " || $0 == "\n" || $0 == "\t" }[...]
  }

  /// How words are shown: no more of one than is needed to know it.
  private static func quoted(_ word: some StringProtocol) -> String {
    word.count > 20 ? "'\(word.prefix(20))…'" : "'\(word)'"
  }

  var isEmpty: Bool { words.isEmpty }

  mutating func takeLayer() throws(SpecificationError) -> any LayerSpecification {
    let place = words.startIndex + 1
    guard let word = words.popFirst() else {
      throw SpecificationError("a network has at least one layer", remedy: Self.choice)
    }
    guard let kind = LayerKind.all.first(where: { $0.word == word }) else {
      throw SpecificationError(
        "\(Self.quoted(word)), word \(place), is no layer", remedy: Self.choice)
    }
    last = String(word)
    return try kind.read(&self)
  }

  private static var choice: String {
    "Layers are " + NetworkSpecification.syntax
  }

  /// Reads a whole number.
  ///
  /// - Throws: `SpecificationError` if the next word is none in `range`.
  package mutating func takeInteger(_ what: String, in range: ClosedRange<Int>) throws(SpecificationError)
    -> Int
  {
    try take("\(what), a whole number in \(range.lowerBound)...\(range.upperBound)") { word in
      word.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        ? Int(word).flatMap { range.contains($0) ? $0 : nil } : nil
    }
  }

  /// Reads a number.
  ///
  /// - Throws: `SpecificationError` if the next word is none in `range`.
  package mutating func takeNumber(
    _ what: String, in range: ClosedRange<Double>
  ) throws(SpecificationError) -> Double {
    try take("\(what), a number in \(spelling(of: range.lowerBound))...\(spelling(of: range.upperBound))") {
      word in
      // -0 would be another number than 0 in files.
      Double(word).flatMap { range.contains($0) ? $0 + 0 : nil }
    }
  }

  private mutating func take<Value>(
    _ what: String, _ read: (Substring) -> Value?
  ) throws(SpecificationError) -> Value {
    let place = words.startIndex + 1
    guard let word = words.popFirst() else {
      throw SpecificationError("'\(last)' at the end needs \(what)", remedy: "Add it")
    }
    guard let value = read(word) else {
      throw SpecificationError(
        "\(Self.quoted(word)), word \(place), is not what '\(last)' needs", remedy: "Give \(what)")
    }
    return value
  }
}

/// The shortest text that reads back as `number`, without a needless `.0`: `0.5`, `0`, `1e-5`.
public func spelling(of number: Double) -> String {
  let parts = "\(number)".split(separator: "e", maxSplits: 1)
  var mantissa = parts.first.map(String.init) ?? ""
  if mantissa.hasSuffix(".0") { mantissa.removeLast(2) }
  guard parts.count == 2, let exponent = Int(parts[1]) else { return mantissa }
  return "\(mantissa)e\(exponent)"
}
