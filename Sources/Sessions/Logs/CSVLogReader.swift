internal import Messages

/// Reads a table with a heading (RFC 4180; commas, semicolons or tabs), a line for each step or epoch.
///
/// A column `step`, `epoch` or `time` says where a line belongs, a column `run` to which run.
struct CSVLogReader: LogLineReader {
  private static let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
  private static let mostColumns = 2000

  var lines = LineSplitter(heedsQuotes: true)
  private var header: [String]?
  private var separator = UInt8(ascii: ",")

  mutating func read(_ line: ArraySlice<UInt8>, _ number: Int, into log: inout LogContents) {
    guard line.contains(where: { $0 != UInt8(ascii: " ") }) else { return }
    guard let header else {
      separator = Self.separator(of: line)
      let names = Self.names(in: line)
      header = Array(names.prefix(Self.mostColumns))
      if names.count > Self.mostColumns { log.note(.tooMany, at: says("line \(number)", "第 \(number) 行")) }
      return
    }
    let fields = Self.fields(line, separator)
    // A program that was started again writes its heading again.
    guard fields != header else { return }
    var run = ""
    var numbers: [LogColumns.Number] = []
    var isWhole = fields.count <= header.count
    for (name, field) in zip(header, fields) {
      let field = field.filter { $0 != " " }
      if field.isEmpty { continue }
      if name == "run" {
        run = field
      } else if let value = LogColumns.Number.value(of: field) {
        numbers.append(LogColumns.Number(name, value, written: field))
      } else if [.figure, .time].contains(LogColumns.meaning(of: name)) {
        log.addOther("texts", name, run: run)
      } else {
        isWhole = false
      }
    }
    if !isWhole { log.note(.notCSV, at: says("line \(number)", "第 \(number) 行")) }
    LogColumns.add(numbers, run: run, line: number - 1, into: &log)
  }

  /// Whether a line is rather the heading of a table than anything else.
  static func isHeader(_ line: ArraySlice<UInt8>) -> Bool {
    let names = fields(line, separator(of: line))
    return names.count > 1
      && names.allSatisfy { name in
        !name.isEmpty && LogColumns.Number.value(of: name) == nil
          && !name.contains { "{}[]:=".contains($0) }
          && name.count { $0 == " " } < 3
      }
  }

  /// The names in a heading.
  static func names(in line: ArraySlice<UInt8>) -> [String] {
    let line = line.withoutMark
    let heading = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    return fields(heading, separator(of: heading)).map { String($0.drop { $0 == " " }) }
  }

  private static func separator(of line: ArraySlice<UInt8>) -> UInt8 {
    separators.max { line.count(of: $0) < line.count(of: $1) } ?? UInt8(ascii: ",")
  }

  private static func fields(_ line: ArraySlice<UInt8>, _ separator: UInt8) -> [String] {
    let quote = UInt8(ascii: "\"")
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    for byte in line {
      if byte == quote {
        // Two of them within quotation marks are one.
        if !isQuoted, !field.isEmpty, line.first == quote || fields.count > 0 { field.append(quote) }
        isQuoted.toggle()
      } else if byte == separator, !isQuoted {
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
        if fields.count > 2 * mostColumns { return fields }
      } else {
        field.append(byte)
      }
    }
    return fields + [String(decoding: field, as: UTF8.self)]
  }
}

extension Sequence where Element == UInt8 {
  fileprivate func count(of byte: UInt8) -> Int { reduce(0) { $1 == byte ? $0 + 1 : $0 } }
}
