internal import Messages

/// Reads a file that is one JSON value: lists of figures by their names, as `json.dump(history.history, file)` writes what
/// Keras returns, or a list of objects, alone or as `log_history`, as Hugging Face's trainer writes it.
///
/// A file whose first line is an object and has others below it is JSON Lines whatever it is called.
struct JSONDocumentLogReader: LogReader {
  private static let largest = 1 << 24
  private static let list = "log_history"

  private var unread: [UInt8] = []
  private var isRead = false
  private var lines: JSONLinesLogReader?

  mutating func read(_ bytes: [UInt8], into log: inout LogContents) {
    if lines != nil {
      lines?.read(bytes, into: &log)
      return
    }
    guard !isRead else { return }
    unread += bytes
    guard unread.count <= Self.largest else {
      (isRead, unread) = (true, [])
      return log.note(.tooLong, at: says("byte 0", "第 0 字节"))
    }
    guard let last = unread.last(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }),
      last == UInt8(ascii: "}") || last == UInt8(ascii: "]")
    else { return }
    readDocument(into: &log)
    if !isRead, Self.firstLineIsObject(unread) { readLines(into: &log) }
  }

  mutating func finish(into log: inout LogContents) {
    if !isRead, lines == nil, !unread.isEmpty { readLines(into: &log) }
    lines?.finish(into: &log)
  }

  private static func firstLineIsObject(_ bytes: [UInt8]) -> Bool {
    FlatJSON(bytes.prefix { $0 != UInt8(ascii: "\n") }) != nil
  }

  private mutating func readLines(into log: inout LogContents) {
    var reader = JSONLinesLogReader()
    reader.read(unread, into: &log)
    (lines, unread) = (reader, [])
  }

  private mutating func readDocument(into log: inout LogContents) {
    var text = unread[...].withoutMark
    if text.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "[") {
      text = (Array("{\"\(Self.list)\":".utf8) + text + [UInt8(ascii: "}")])[...]
    }
    guard let object = FlatJSON(text) else { return }
    (isRead, unread) = (true, [])
    let objects = object.lists.first { $0.name == Self.list }?.objects ?? []
    var reader = JSONLinesLogReader()
    for (index, line) in objects.enumerated() { reader.read(line, index + 1, into: &log) }
    let series = object.lists.filter { !$0.numbers.isEmpty }
    for place in 0..<(series.map(\.numbers.count).max() ?? 0) {
      let numbers = series.compactMap { list in
        list.numbers.indices.contains(place) ? list.numbers[place] : nil
      }
      LogColumns.add(numbers, run: "", line: place, into: &log)
    }
    guard objects.isEmpty else { return }
    for text in object.texts { log.addOther("texts", text.name) }
    for list in object.lists where list.numbers.isEmpty { log.addOther("lists", list.name) }
    // Results that a program writes at its end.
    LogColumns.add(object.numbers, run: "", line: 1, into: &log)
  }
}
