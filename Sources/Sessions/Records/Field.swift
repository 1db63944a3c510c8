import Experiment

/// The name of a field in the JSON files, as the program's JSON Lines output spells it.
struct Field: CodingKey, ExpressibleByStringLiteral {
  let stringValue: String

  init(stringLiteral value: String) { stringValue = value }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }

  var intValue: Int? { nil }
  /// The field that says which number JSON lacks a value is.
  var nonFinite: Field { Field(stringValue: stringValue + "_non_finite") }
}

typealias FieldEncoder = KeyedEncodingContainer<Field>
typealias FieldDecoder = KeyedDecodingContainer<Field>

extension FieldEncoder {
  /// Writes all settings under their names.
  mutating func encode(_ configuration: RunConfiguration) throws {
    try configuration.encode(into: &self) { Field(stringValue: $0) }
  }

  /// Writes a number; one that JSON lacks becomes null, and a second field names it.
  mutating func encode(number: Double, _ field: Field) throws {
    guard !number.isFinite else { return try encode(number, forKey: field) }
    try encodeNil(forKey: field)
    try encode(number.isNaN ? "nan" : number < 0 ? "-inf" : "inf", forKey: field.nonFinite)
  }

  /// Writes the figures that were measured, under their keys.
  mutating func encode(_ measured: Measurements) throws {
    for (figure, value) in measured.all { try encode(number: value, Field(stringValue: figure.key)) }
  }

  /// Writes where a run branched off another one; nothing if it did not.
  mutating func encode(_ fork: ForkPoint?) throws {
    guard let fork else { return }
    try encode(fork.run.letter, forKey: "forked_from")
    try encode(fork.step, forKey: "forked_at_step")
  }

  mutating func encode(_ position: RunPosition) throws {
    try encode(position.run.letter, forKey: "run")
    try encode(position.step, forKey: "step")
    try encode(position.epoch, forKey: "epoch")
    try encode(position.batch, forKey: "batch")
  }
}

extension FieldDecoder {
  /// Reads and validates all settings.
  func configuration() throws -> RunConfiguration {
    try RunConfiguration(from: self) { Field(stringValue: $0) }
  }

  /// Reads a number that JSON may lack.
  func number(_ field: Field) throws -> Double {
    if let number = try decodeIfPresent(Double.self, forKey: field) { return number }
    return switch try decode(String.self, forKey: field.nonFinite) {
    case "nan": .nan
    case "inf": .infinity
    case "-inf": -.infinity
    case let other: throw fault(field.nonFinite, "'\(other)' is no number")
    }
  }

  /// Reads the figures that are there, and at least the `required` ones.
  func measurements(_ required: [Figure]) throws -> Measurements {
    var measured = Measurements()
    for figure in Figure.all {
      let field = Field(stringValue: figure.key)
      if contains(field) || required.contains(figure) { measured[figure] = try number(field) }
    }
    return measured
  }

  func position() throws -> RunPosition {
    try RunPosition(run: run(), step: count("step"), epoch: count("epoch"), batch: count("batch"))
  }

  /// Reads how many there are of something.
  func count(_ field: Field) throws -> Int {
    let count = try decode(Int.self, forKey: field)
    // Far beyond any run, and small enough to calculate with.
    guard (0...1 << 40).contains(count) else { throw fault(field, "\(count) is out of range") }
    return count
  }

  /// Reads a run's letter.
  func run(_ field: Field = "run") throws -> RunID {
    let letter = try decode(String.self, forKey: field)
    guard let scalar = letter.unicodeScalars.first, letter.unicodeScalars.count == 1,
      ("A"..."Z").contains(scalar)
    else { throw fault(field, "'\(letter)' is no run's letter") }
    return RunID(Int(scalar.value - UnicodeScalar("A").value))
  }

  /// Reads where `run` branched off another one, if it did.
  func fork(of run: RunID) throws -> ForkPoint? {
    guard contains("forked_from") else { return nil }
    let fork = try ForkPoint(run: self.run("forked_from"), step: count("forked_at_step"))
    guard fork.run < run else { throw fault("forked_from", "a run is forked from an earlier one") }
    return fork
  }

  func fault(_ field: Field, _ problem: String) -> DecodingError {
    .dataCorruptedError(forKey: field, in: self, debugDescription: problem)
  }
}
