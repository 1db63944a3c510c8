import Experiment
import Messages

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
    if let fault = JSONFault(in: text) { throw RunLogError(.invalid, path: path, problem: fault.description) }
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
      let fields = try decoder.container(keyedBy: Field.self)
      let format = try fields.named(.format) { try fields.decode(Int.self, forKey: .format) }
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
      return says("the field '\(location(context, key))' is missing", "缺少字段 '\(location(context, key))'")
    case DecodingError.typeMismatch(_, let context) where context.codingPath.isEmpty:
      return says("it is no JSON object", "不是 JSON 对象")
    case DecodingError.typeMismatch(_, let context):
      return says("the field '\(location(context))' is of another type", "字段 '\(location(context))' 的类型不对")
    case DecodingError.valueNotFound(_, let context):
      return says("the field '\(location(context))' is null", "字段 '\(location(context))' 是 null")
    case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
      return says(
        "the field '\(location(context))' is wrong: \(context.debugDescription)",
        "字段 '\(location(context))' 有误：\(context.debugDescription)")
    // The decoder says no more.
    default: return says("it has an impossible number or date", "有不可能的数或日期")
    }
  }
}

extension RunLogError {
  /// A file of another format than the one that this program reads.
  init(format: Int, known: Int, path: String) {
    self.init(
      format < known ? .older : .newer, path: path,
      problem: says(
        "it has format \(format), and this version of the program reads format \(known)",
        "它的格式是 \(format)，而本版本的程序读格式 \(known)"),
      remedy: format < known
        ? says("Use the version of the program that wrote it, or train anew", "请用写它的那个版本的程序，或重新训练")
        : says(
          "Use the version of the program that wrote it, or a later one", "请用写它的那个版本的程序，或更新的版本"))
  }
}
