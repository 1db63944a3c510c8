package import Foundation
package import Testing

/// Texts that are kept in files and compared with what is made now.
///
/// `RECORD_GOLDEN=1` writes them anew, and fails so that somebody looks.
package enum GoldenText {
  /// Expects that `text` is what is recorded under a name.
  ///
  /// What differs is told by its lines, not by the whole text.
  package static func expect(
    _ text: String, isRecordedAs name: String, in folder: URL,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appending(path: name + ".txt")
    guard ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == nil else {
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record(
        "recorded \(name); look at it and run the tests without RECORD_GOLDEN", sourceLocation: sourceLocation
      )
      return
    }
    let recorded = try String(contentsOf: file, encoding: .utf8)
    guard text != recorded else { return }
    Issue.record(
      "\(name) differs from what is recorded\n\(differingLines(recorded: recorded, actual: text))",
      sourceLocation: sourceLocation)
  }

  /// The lines that two texts do not share, in their order: number, `-` for recorded or `+` for actual, and the line.
  package static func differingLines(recorded: String, actual: String, atMost limit: Int = 60) -> String {
    let recorded = recorded.split(separator: "\n", omittingEmptySubsequences: false)
    let actual = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let lines = actual.difference(from: recorded).map { change in
      switch change {
      case .remove(let index, let line, _): (index, sign: "-", line)
      case .insert(let index, let line, _): (index, sign: "+", line)
      }
    }.sorted { ($0.0, $0.sign == "+" ? 1 : 0) < ($1.0, $1.sign == "+" ? 1 : 0) }
    let shown = lines.prefix(limit).map { "\($0.0 + 1) \($0.sign) \($0.2)" }
    let rest = lines.count - shown.count
    return (shown + (rest > 0 ? ["and \(rest) more"] : [])).joined(separator: "\n")
  }
}
