import Experiment

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A file's contents that say in which format they are.
protocol FormattedRecord: Decodable {
  /// The format that this version of the program writes and reads.
  static var format: Int { get }
  /// The contents, which begin with the format.
  var json: JSONObject { get }
}

extension FormattedRecord {
  /// Makes the record the contents of the file at `path`.
  func write(to path: String) throws(RunLogError) { try DurableFile.write(Array(json.file.utf8), to: path) }

  /// An object that begins with the format.
  static var formatted: JSONObject {
    var object = JSONObject()
    object.add(Field.format.stringValue, format)
    return object
  }
}

extension Field {
  static let format: Field = "format_version"
}

/// Reads JSON, with failures in a person's words.
enum JSONText {
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

  /// The value in the file at `path`, which must be of the format that this program reads.
  static func read<Value: FormattedRecord>(
    _ type: Value.Type, path: String
  ) throws(RunLogError) -> Value {
    try decode(AnyFormat<Value>.self, DurableFile.read(path), path: path).value(path: path)
  }

  /// A record, or the format that it has instead.
  enum AnyFormat<Value: FormattedRecord>: Decodable {
    case known(Value)
    case other(format: Int)

    /// The record in the file at `path`, if it is of the format that this program reads.
    func value(path: String) throws(RunLogError) -> Value {
      switch self {
      case .known(let value): return value
      case .other(let format): throw RunLogError(format: format, known: Value.format, path: path)
      }
    }

    init(from decoder: any Decoder) throws {
      let format = try decoder.container(keyedBy: Field.self).decode(Int.self, forKey: .format)
      self = format == Value.format ? try .known(Value(from: decoder)) : .other(format: format)
    }
  }

  private static func problem(_ error: any Error) -> String {
    func location(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
      let keys = context.codingPath + (last.map { [$0] } ?? [])
      return keys.map { $0.intValue.map { "[\($0)]" } ?? ".\($0.stringValue)" }.joined().drop { $0 == "." }
        .description
    }
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      return "the field '\(location(context, key))' is missing"
    case DecodingError.typeMismatch(_, let context) where context.codingPath.isEmpty:
      return "it is no JSON object"
    case DecodingError.typeMismatch(_, let context):
      return "the field '\(location(context))' is of another type"
    case DecodingError.valueNotFound(_, let context): return "the field '\(location(context))' is null"
    case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
      return "the field '\(location(context))' is wrong: \(context.debugDescription)"
    // The decoder says no more about numbers and dates that do not fit.
    default: return "it is not complete JSON, or has an impossible number or date"
    }
  }
}

extension RunLogError {
  /// A file of another format than the one that this program reads.
  init(format: Int, known: Int, path: String) {
    self.init(
      format < known ? .older : .newer, path: path,
      problem: "it has format \(format), and this version of the program reads format \(known)",
      remedy: "Use the version of the program that wrote it"
        + (format < known ? ", or train anew" : ", or a later one"))
  }
}
