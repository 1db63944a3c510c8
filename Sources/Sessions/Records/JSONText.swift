#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A file's contents that say in which format they are.
protocol FormattedRecord: Codable {
  /// The newest format that this version of the program knows.
  static var format: Int { get }
}

extension Field {
  static let format: Field = "format_version"
}

/// Values as JSON and back, with failures in a person's words.
enum JSONText {
  /// A value on one line, its fields in alphabetical order.
  static func line(_ value: some Encodable, path: String) throws(RunLogError) -> String {
    try String(decoding: encode(value, [.sortedKeys, .withoutEscapingSlashes], path: path), as: UTF8.self)
  }

  /// A value as a file for people and programs.
  static func file(_ value: some Encodable, path: String) throws(RunLogError) -> [UInt8] {
    try encode(value, [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes], path: path) + [
      UInt8(ascii: "\n")
    ]
  }

  /// The value that a text says; `path` is for errors.
  static func decode<Value: Decodable>(
    _ type: Value.Type, _ text: [UInt8], path: String
  ) throws(RunLogError) -> Value {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    do {
      return try decoder.decode(type, from: Data(text))
    } catch {
      throw RunLogError(.invalid, path: path, problem: problem(error))
    }
  }

  /// The value in the file at `path`, which must not be of a newer format than this program knows.
  static func read<Value: FormattedRecord>(
    _ type: Value.Type, path: String
  ) throws(RunLogError) -> Value {
    switch try decode(AnyFormat<Value>.self, DurableFile.read(path), path: path) {
    case .known(let value): return value
    case .newer(let format):
      throw RunLogError(
        .newer, path: path,
        problem:
          "it has format \(format), and this version of the program knows formats up to \(Value.format)",
        remedy: "Use the version of the program that wrote it, or a later one")
    }
  }

  /// A record, unless it is of a newer format.
  private enum AnyFormat<Value: FormattedRecord>: Decodable {
    case known(Value)
    case newer(format: Int)

    init(from decoder: any Decoder) throws {
      let format = try decoder.container(keyedBy: Field.self).decode(Int.self, forKey: .format)
      self = format > Value.format ? .newer(format: format) : try .known(Value(from: decoder))
    }
  }

  private static func encode(
    _ value: some Encodable, _ formatting: JSONEncoder.OutputFormatting, path: String
  ) throws(RunLogError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting
    encoder.dateEncodingStrategy = .iso8601
    do {
      return try [UInt8](encoder.encode(value))
    } catch {
      throw RunLogError(.unwritable, path: path, problem: "a value cannot be written as JSON (\(error))")
    }
  }

  private static func problem(_ error: any Error) -> String {
    func place(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
      let keys = context.codingPath + (last.map { [$0] } ?? [])
      return keys.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined().drop { $0 == "." }
        .description
    }
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      return "the field '\(place(context, key))' is missing"
    case DecodingError.typeMismatch(_, let context): return "the field '\(place(context))' is of another type"
    case DecodingError.valueNotFound(_, let context): return "the field '\(place(context))' is null"
    case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
      return "the field '\(place(context))' is wrong: \(context.debugDescription)"
    // The decoder says no more about numbers and dates that do not fit.
    default: return "it is not complete JSON, or has an impossible number or date"
    }
  }
}
