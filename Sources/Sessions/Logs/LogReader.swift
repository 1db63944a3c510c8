internal import Messages
internal import Platform

/// Reads a log in parts, as far as it has grown: a pure function of the bytes, in bounded memory.
protocol LogReader: Sendable {
  /// Takes in the bytes that follow.
  mutating func read(_ bytes: [UInt8], into log: inout LogContents)
  /// Nothing follows: what was waited for is all there is.
  mutating func finish(into log: inout LogContents)
}

/// A log of lines, each of which says something by itself.
protocol LogLineReader: LogReader {
  /// What cuts the bytes into lines.
  var lines: LineSplitter { get set }
  /// Takes in a line.
  mutating func read(_ line: ArraySlice<UInt8>, _ number: Int, into log: inout LogContents)
}

extension LogLineReader {
  mutating func read(_ bytes: [UInt8], into log: inout LogContents) {
    var splitter = lines
    lines = LineSplitter()
    splitter.add(bytes) { line, number in
      if let line {
        read(line, number, into: &log)
      } else {
        log.note(.tooLong, at: says("line \(number)", "第 \(number) 行"))
      }
    }
    lines = splitter
  }

  mutating func finish(into log: inout LogContents) {
    var splitter = lines
    splitter.finish { read($0, $1, into: &log) }
    lines = splitter
  }
}

/// Reads a log of whatever kind, by its name or else by its first line.
struct AnyLogReader: LogReader {
  private var reader: (any LogReader)?
  private var unread: [UInt8] = []
  /// What is there of the first two bytes, which tell the encoding; nothing once they are read.
  private var start: [UInt8]? = []
  /// Whether it begins as spreadsheets and shells of Windows begin a text.
  private var isUTF16 = false
  /// So many bytes have a line, or there are none.
  private static let mostBytes = 1 << 16
  private static let lineBreak = UInt8(ascii: "\n")

  /// A reader of a log that is told apart by the name of its file, where that says what it is.
  init(name: String) {
    if name.contains(Self.eventFileMark) {
      reader = EventFileReader()
    } else if name.endsWithBytes(of: ".csv") || name.endsWithBytes(of: ".tsv") {
      reader = CSVLogReader()
    } else if name.endsWithBytes(of: ".jsonl") || name.endsWithBytes(of: ".ndjson") {
      reader = JSONLinesLogReader()
    } else if Self.isDocument(name) {
      reader = JSONDocumentLogReader()
    }
  }

  /// Whether a file of this name is written anew each time, as a whole.
  static func isDocument(_ name: String) -> Bool { name.endsWithBytes(of: ".json") }

  /// A reader of a log of a known kind.
  init(_ reader: some LogReader) {
    self.reader = reader
  }

  /// What the names of event files have, wherever they come from.
  static let eventFileMark = "tfevents"

  mutating func read(_ bytes: [UInt8], into log: inout LogContents) {
    guard let start else { return readOn(bytes, into: &log) }
    let bytes = start + bytes
    self.start = bytes.count < 2 ? bytes : nil
    guard bytes.count >= 2 else { return }
    isUTF16 = [[0xFF, 0xFE], [0xFE, 0xFF]].contains(Array(bytes.prefix(2)))
    if isUTF16 { log.note(.notUTF8, at: "") }
    readOn(bytes, into: &log)
  }

  private mutating func readOn(_ bytes: [UInt8], into log: inout LogContents) {
    guard !isUTF16 else { return }
    guard reader == nil else {
      reader?.read(bytes, into: &log)
      return
    }
    unread += bytes
    // The first byte of a record may look like the end of a line.
    guard unread.count >= EventFileReader.headerSize else { return }
    if EventFileReader.length(in: unread, at: 0) != nil {
      begin(EventFileReader(), into: &log)
    } else if unread.contains(Self.lineBreak) {
      begin(atFirstLineInto: &log)
    } else if unread.count >= Self.mostBytes {
      begin(JSONLinesLogReader(), into: &log)
    }
  }

  mutating func finish(into log: inout LogContents) {
    if let start { readOn(start, into: &log) }
    start = nil
    if reader == nil, !unread.isEmpty { begin(atFirstLineInto: &log) }
    reader?.finish(into: &log)
  }

  private mutating func begin(atFirstLineInto log: inout LogContents) {
    if CSVLogReader.isHeader(unread.prefix { $0 != Self.lineBreak && $0 != UInt8(ascii: "\r") }) {
      begin(CSVLogReader(), into: &log)
    } else {
      begin(JSONLinesLogReader(), into: &log)
    }
  }

  private mutating func begin(_ new: some LogReader, into log: inout LogContents) {
    var new = new
    new.read(unread, into: &log)
    (reader, unread) = (new, [])
  }
}

/// Cuts bytes that arrive in parts into lines; one that is not complete is waited for, one that is too long left out.
struct LineSplitter: Sendable {
  static let longest = 1 << 20
  private static let lineBreak = UInt8(ascii: "\n")
  private static let quote = UInt8(ascii: "\"")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// Whether a line break between quotation marks belongs to a field (RFC 4180).
  let heedsQuotes: Bool
  private var unread: [UInt8] = []
  private var searched = 0
  private var isQuoted = false
  private var isPassing = false
  /// Whether the last byte was a carriage return.
  private var isReturned = false
  /// Lines so far.
  private(set) var count = 0

  init(heedsQuotes: Bool = false) {
    self.heedsQuotes = heedsQuotes
  }

  /// Calls `body` with each line that is complete now, without its line break; with `nil` for one that is too long.
  mutating func add(_ bytes: [UInt8], _ body: (_ line: ArraySlice<UInt8>?, _ number: Int) -> Void) {
    unread += bytes
    var start = 0
    func end(before next: Int) {
      count += 1
      if !isPassing { body(Self.trimmed(unread[start..<searched - 1]), count) }
      (start, isPassing, isQuoted) = (next, false, false)
    }
    while searched < unread.count {
      let byte = unread[searched]
      searched += 1
      // By itself it ends a line too, as spreadsheets have it and progress bars.
      if isReturned, byte != Self.lineBreak { end(before: searched - 1) }
      isReturned = byte == Self.carriageReturn && (!isQuoted || isPassing)
      if heedsQuotes, byte == Self.quote { isQuoted.toggle() }
      if byte == Self.lineBreak, !isQuoted || isPassing { end(before: searched) }
    }
    if unread.count - start > Self.longest {
      if !isPassing { body(nil, count + 1) }
      (start, isPassing, isQuoted) = (unread.count, true, false)
    } else if isPassing {
      start = unread.count
    }
    unread.removeFirst(start)
    searched -= start
  }

  /// Calls `body` with what stands behind the last line break.
  mutating func finish(_ body: (_ line: ArraySlice<UInt8>, _ number: Int) -> Void) {
    guard !unread.isEmpty else { return }
    count += 1
    body(Self.trimmed(unread[...]), count)
    (unread, searched) = ([], 0)
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    line.last == UInt8(ascii: "\r") ? line.dropLast() : line
  }
}

extension ArraySlice<UInt8> {
  /// The same without the byte order mark that editors, shells and spreadsheets of Windows put before a text.
  var withoutMark: ArraySlice<UInt8> { starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self }
}
