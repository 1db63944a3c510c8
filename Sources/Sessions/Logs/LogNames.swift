internal import Platform

/// Which files of a folder are logs: some by their names, others by what they begin with.
package enum LogNames {
  /// So much of a file is looked at.
  static let firstBytes = 1 << 14
  /// Programs say something else first.
  private static let firstLines = 20

  private static let words = ["metrics", "progress", "log", "history", "results"]
  private static let endings = [".csv", ".jsonl", ".ndjson", ".json"]

  /// What is looked for in folders, for messages.
  package static let examples = "*tfevents*, \(words.map { "\($0).csv" }.joined(separator: ", "))"
  /// The endings of other files that are looked into.
  package static let others = "*.csv, *.tsv, *.jsonl, *.ndjson, *.log"

  /// Whether it is the name of a log.
  static func areUsual(_ name: String) -> Bool {
    words.contains { word in endings.contains { name == word + $0 } } || name == "trainer_state.json"
  }

  /// Whether files of such names are often logs.
  static func mayBeLog(_ name: String) -> Bool {
    (endings.dropLast() + [".tsv", ".log"]).contains { name.endsWithBytes(of: $0) }
  }

  /// Whether a table or lines of JSON that begin so tell figures by steps, epochs or times.
  static func tellSteps(_ start: [UInt8]) -> Bool {
    var lines = start.split(maxSplits: firstLines) { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    // What follows is cut off somewhere.
    if lines.count > firstLines { lines.removeLast() }
    let names = lines.lazy.compactMap { FlatJSON($0)?.numbers.map(\.name) }.first { haveSteps($0) }
    if names != nil { return true }
    guard let heading = lines.first, CSVLogReader.isHeader(heading) else { return false }
    return haveSteps(CSVLogReader.names(in: heading))
  }

  private static func haveSteps(_ names: [String]) -> Bool {
    let figures = names.count { LogColumns.meaning(of: $0) == .figure }
    return figures > 0 && figures < names.count
  }
}
