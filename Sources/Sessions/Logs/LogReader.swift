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
    }
  }

  /// A reader of a log of a known kind.
  init(_ reader: some LogReader) {
    self.reader = reader
  }

  /// What the names of event files have, wherever they come from.
  static let eventFileMark = "tfevents"

  mutating func read(_ bytes: [UInt8], into log: inout LogContents) {
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

  /// Whether a line break between quotation marks belongs to a field (RFC 4180).
  let heedsQuotes: Bool
  private var unread: [UInt8] = []
  private var searched = 0
  private var isQuoted = false
  private var isPassing = false
  /// Lines so far.
  private(set) var count = 0

  init(heedsQuotes: Bool = false) {
    self.heedsQuotes = heedsQuotes
  }

  /// Calls `body` with each line that is complete now, without its line break; with `nil` for one that is too long.
  mutating func add(_ bytes: [UInt8], _ body: (_ line: ArraySlice<UInt8>?, _ number: Int) -> Void) {
    unread += bytes
    var start = 0
    while searched < unread.count {
      let byte = unread[searched]
      searched += 1
      if heedsQuotes, byte == Self.quote { isQuoted.toggle() }
      guard byte == Self.lineBreak, !isQuoted || isPassing else { continue }
      count += 1
      if !isPassing { body(Self.trimmed(unread[start..<searched - 1]), count) }
      (start, isPassing, isQuoted) = (searched, false, false)
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

/// What a number is in a line of a log: a figure, or its place.
package enum LogColumns {
  private static let steps = [
    "step", "global_step", "_step", "trainer/global_step", "iteration", "iter", "update",
  ]
  private static let epochs = ["epoch", "epochs"]
  private static let times = ["wall_time", "walltime", "time", "timestamp", "_timestamp"]

  /// What there is.
  package enum Meaning { case step, epoch, time, figure }

  /// What a name says.
  package static func meaning(of name: String) -> Meaning {
    let name = name.lowercased().replacing(" ", with: "_")
    if steps.contains(name) { return .step }
    if epochs.contains(name) { return .epoch }
    return times.contains(name) ? .time : .figure
  }

  /// Takes in the numbers of a line: its place is the step, else the epoch, else the number of the line.
  static func add(
    _ numbers: [(name: String, value: Double)], run: String, line: Int, into log: inout LogContents
  ) {
    var (step, epoch, time): (Double?, Double?, Double?)
    for (name, value) in numbers where value.isFinite {
      switch meaning(of: name) {
      case .step: step = step ?? value
      case .epoch: epoch = epoch ?? value
      case .time: time = time ?? value
      case .figure: break
      }
    }
    // Milliseconds since 1970 are told by their size.
    let seconds = time.map { $0 > 1e11 ? $0 / 1000 : $0 } ?? .nan
    let place = step ?? epoch ?? Double(line)
    if step != nil, let epoch {
      log.add(
        "epoch", LoggedPoint(step: place, time: seconds, value: epoch), run: run,
        at: says("line \(line)", "第 \(line) 行"))
    }
    for (name, value) in numbers where meaning(of: name) == .figure {
      log.add(
        name, LoggedPoint(step: place, time: seconds, value: value), run: run,
        at: says("line \(line)", "第 \(line) 行"))
    }
  }
}
