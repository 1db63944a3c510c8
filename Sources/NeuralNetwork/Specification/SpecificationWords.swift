internal import Messages

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
  public var description: String { says("\(problem). \(remedy).", "\(problem)。\(remedy)。") }
}

/// The words of a network's text that are still to be read.
package struct SpecificationWords {
  /// What follows the next word.
  private var rest: Substring
  private var next: Substring?
  /// Words that were read.
  private var count = 0
  /// The word that was read last, and its place, from 1.
  private var last = ""
  /// Residuals that are being read.
  private var depth = 0
  /// Layers that were read.
  private var layers = 0

  init(_ text: String) {
    rest = text[...]
    next = Self.takeWord(from: &rest)
  }

  /// Takes the first word: however long the text is, no more of it is taken apart than is read.
  private static func takeWord(from text: inout Substring) -> Substring? {
    let bytes = text.utf8
    guard let start = bytes.firstIndex(where: { !spaces.contains($0) }) else {
      text = ""
      return nil
    }
    let end =
      marks.contains(bytes[start])
      ? bytes.index(after: start)
      : bytes[start...].firstIndex { spaces.contains($0) || marks.contains($0) } ?? bytes.endIndex
    defer { text = text[end...] }
    return text[start..<end]
  }

  private mutating func popFirst() -> Substring? {
    guard let word = next else { return nil }
    count += 1
    next = Self.takeWord(from: &rest)
    return word
  }

  private static let spaces = Array(" \n\t".utf8)
  /// Words of one character, which need no space around them.
  private static let marks = Array("()|".utf8)
  /// The deepest residual in a residual.
  private static let greatestDepth = 8

  /// How words are shown: no more of one than is needed to know it.
  private static func quoted(_ word: Substring) -> String { "'\(beginning(of: word, length: 20))'" }

  /// A text as far as it is shown in an error: a character may have any number of marks.
  static func beginning(of text: some StringProtocol, length: Int) -> String {
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: length, limitedBy: scalars.endIndex),
      end < scalars.endIndex
    else { return String(text) }
    return String(text[..<end]) + "…"
  }

  var isEmpty: Bool { next == nil }

  mutating func takeLayer() throws(SpecificationError) -> any LayerSpecification {
    let place = count + 1
    guard let word = popFirst() else {
      throw SpecificationError(says("a network has at least one layer", "网络至少有一层"), remedy: Self.choice)
    }
    layers += 1
    guard layers <= NetworkSpecification.largestDepth else {
      throw SpecificationError(
        says(
          "the network has more than \(NetworkSpecification.largestDepth) layers",
          "网络超过 \(NetworkSpecification.largestDepth) 层"), remedy: says("Give fewer layers", "请减少层数"))
    }
    guard let kind = LayerKind.all.first(where: { $0.word == word || $0.shortWord == word }) else {
      throw SpecificationError(
        says("\(Self.quoted(word)), word \(place), is no layer", "第 \(place) 个词 \(Self.quoted(word)) 不是层"),
        remedy: Self.choice)
    }
    last = String(word)
    return try kind.read(&self)
  }

  private static var choice: String {
    says("Layers are \(NetworkSpecification.syntax)", "可用的层：\(NetworkSpecification.syntax)")
  }

  /// Reads a whole number.
  ///
  /// - Throws: `SpecificationError` if the next word is none in `range`.
  package mutating func takeInteger(_ what: String, in range: ClosedRange<Int>) throws(SpecificationError)
    -> Int
  {
    try take(
      says(
        "\(what), a whole number in \(range.lowerBound)...\(range.upperBound)",
        "\(what)（\(range.lowerBound)...\(range.upperBound) 的整数）")
    ) { word in
      wholeNumber(word, in: range)
    }
  }

  /// Reads a number.
  ///
  /// - Throws: `SpecificationError` if the next word is none in `range`.
  package mutating func takeNumber(
    _ what: String, in range: ClosedRange<Double>
  ) throws(SpecificationError) -> Double {
    try take(
      says(
        "\(what), a number in \(spelling(of: range.lowerBound))...\(spelling(of: range.upperBound))",
        "\(what)（\(spelling(of: range.lowerBound))...\(spelling(of: range.upperBound)) 的数）")
    ) {
      word in
      // -0 would be another number than 0 in files.
      Double(decimal: word).flatMap { range.contains($0) && !$0.isLostInSinglePrecision ? $0 + 0 : nil }
    }
  }

  /// Reads two whole numbers with an x between them.
  ///
  /// - Throws: `SpecificationError` if the next word is no such pair.
  mutating func takePair(
    _ what: String, in first: ClosedRange<Int>, _ second: ClosedRange<Int>
  ) throws(SpecificationError) -> (Int, Int) {
    try take(
      says(
        "\(what), in \(first.lowerBound)...\(first.upperBound) and \(second.lowerBound)...\(second.upperBound), such as 16x3",
        "\(what)（\(first.lowerBound)...\(first.upperBound) 和 \(second.lowerBound)...\(second.upperBound)，例如 16x3）"
      )
    ) { word in
      let parts = word.split(separator: "x", omittingEmptySubsequences: false)
      guard parts.count == 2, let left = wholeNumber(parts[0], in: first),
        let right = wholeNumber(parts[1], in: second)
      else { return nil }
      return (left, right)
    }
  }

  /// Reads `word` if it is the next one; returns whether it was.
  mutating func takes(_ word: String) -> Bool {
    guard next == Substring(word) else { return false }
    last = word
    _ = popFirst()
    return true
  }

  /// Reads the next word if it is one of `choice`; returns it.
  mutating func takes(oneOf choice: [String]) -> String? { choice.first { takes($0) } }

  /// Reads layers in brackets, and those behind a bar if there are any.
  ///
  /// - Throws: `SpecificationError` that names the word which is wrong.
  mutating func takeBranches()
    throws(SpecificationError) -> (NetworkSpecification, NetworkSpecification?)
  {
    guard depth < Self.greatestDepth else {
      throw SpecificationError(
        says(
          "there are more than \(Self.greatestDepth) residuals in each other",
          "嵌套的 residual 超过 \(Self.greatestDepth) 层"), remedy: says("Put them side by side", "请并列写出"))
    }
    depth += 1
    defer { depth -= 1 }
    guard takes("(") else {
      throw SpecificationError(
        says("'residual' needs layers in brackets", "'residual' 需要把各层放在括号里"),
        remedy: says(
          "Write for example 'residual(linear 64 relu linear 64)'", "例如 'residual(linear 64 relu linear 64)'")
      )
    }
    let body = try takeBranch()
    let shortcut = takes("|") ? try takeBranch() : nil
    guard takes(")") else {
      throw SpecificationError(
        says("the bracket of 'residual' does not end", "'residual' 的括号没有闭合"),
        remedy: says("Add ')'", "请加上 ')'"))
    }
    return (body, shortcut)
  }

  private mutating func takeBranch() throws(SpecificationError) -> NetworkSpecification {
    var layers: [any LayerSpecification] = []
    repeat { layers.append(try takeLayer()) } while !isEmpty && next != ")" && next != "|"
    return NetworkSpecification(layers)
  }

  private mutating func take<Value>(
    _ what: String, _ read: (Substring) -> Value?
  ) throws(SpecificationError) -> Value {
    let place = count + 1
    guard let word = popFirst() else {
      throw SpecificationError(
        says("'\(last)' at the end needs \(what)", "末尾的 '\(last)' 还需要\(what)"), remedy: says("Add it", "请补上"))
    }
    guard let value = read(word) else {
      throw SpecificationError(
        says(
          "\(Self.quoted(word)), word \(place), is not what '\(last)' needs",
          "第 \(place) 个词 \(Self.quoted(word)) 不是 '\(last)' 所需的"), remedy: says("Give \(what)", "请给出\(what)"))
    }
    return value
  }
}

/// The number that `word` spells in digits alone, if it lies in `range`.
private func wholeNumber(_ word: Substring, in range: ClosedRange<Int>) -> Int? {
  word.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    ? Int(word).flatMap { range.contains($0) ? $0 : nil } : nil
}

extension Double {
  /// Reads a finite decimal number, as people write it; Swift reads more, such as `0x10` and `nan`, and takes what is too small
  /// for it as 0.
  package init?(decimal text: some StringProtocol) {
    guard text.utf8.allSatisfy({ "0123456789.+-eE".utf8.contains($0) }), let number = Double(text),
      number.isFinite
    else {
      return nil
    }
    let digits = text.utf8.prefix { $0 != UInt8(ascii: "e") && $0 != UInt8(ascii: "E") }
    guard number != 0 || !digits.contains(where: { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) })
    else {
      return nil
    }
    self = number
  }

  /// Whether it is another number than 0, and too small or too large for the single precision that networks compute with.
  package var isLostInSinglePrecision: Bool { self != 0 && (Float(self) == 0 || !Float(self).isFinite) }
}

/// The shortest text that reads back as `number`, without a needless `.0`: `0.5`, `0`, `1e-5`.
public func spelling(of number: Double) -> String {
  let parts = "\(number)".split(separator: "e", maxSplits: 1)
  var mantissa = parts.first.map(String.init) ?? ""
  if mantissa.hasSuffix(".0") { mantissa.removeLast(2) }
  guard parts.count == 2, let exponent = Int(parts[1]) else { return mantissa }
  return "\(mantissa)e\(exponent)"
}
