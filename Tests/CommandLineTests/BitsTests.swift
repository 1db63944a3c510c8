import Foundation
import TestSupport
import Testing

/// Sessions whose final weights are known to the bit: whatever is rebuilt, they stay.
///
/// `Tests/Bits/sessions.json` has a row for each: the options, and the SHA-256 of the final weights of its runs in their order
/// (of a sweep, the figures of its cells). Where a change means to move bits, `RECORD_BITS=1 scripts/test --filter BitsTests`
/// writes the rows anew and fails, so that somebody looks at which of them moved.
@Suite struct BitsTests {
  struct Row: Codable, CustomTestStringConvertible {
    /// What is special about the session.
    var session: String
    /// Its options beside the data and the folder; _ is a space within one.
    var arguments: String
    /// A line for each run.
    var bits: [String]

    var testDescription: String { session }
  }

  private static let file = URL(filePath: Executable.file("Tests/Bits/sessions.json"))
  private static let rows =
    (try? JSONDecoder().decode([Row].self, from: Data(contentsOf: file))) ?? []
  private static let records = ProcessInfo.processInfo.environment["RECORD_BITS"] != nil

  /// Whether the kernels in use round as those with which the bits were recorded.
  ///
  /// Fused multiply-add rounds once where the portable kernels round twice.
  private static let fuses = (try? Executable.run(["doctor"]))?.output.contains("portable in use") == false

  @Test func rowsAreThere() { #expect(Self.rows.count >= 20) }

  @Test(
    .enabled(if: fuses, "recorded with fused multiply-add, and the portable kernels in use have none"),
    .disabled(if: records, "being recorded"), arguments: rows)
  func theBitsAreThoseRecorded(row: Row) throws {
    #expect(try Self.bits(of: row.arguments) == row.bits, "\(row.arguments)")
  }

  @Test(.enabled(if: records)) func theBitsAreRecorded() throws {
    let rows = try Self.rows.map {
      Row(session: $0.session, arguments: $0.arguments, bits: try Self.bits(of: $0.arguments))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try (encoder.encode(rows) + Data("\n".utf8)).write(to: Self.file)
    Issue.record("recorded anew: see what moved with 'git diff Tests/Bits'")
  }

  /// What such a session or sweep ends with.
  private static func bits(of arguments: String) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bits-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.path(percentEncoded: false)
    let session = [
      "--data", Executable.sample, "--runs-dir", path, "--name", "session", "--no-tui", "--quiet",
    ]
    // Within a word, _ stands for a space.
    let words = arguments.split(separator: " ").map { String($0).replacing("_", with: " ") }
    let result = try Executable.run(words + session)
    #expect(result.status == 0, "\(result.error)")
    func text(_ name: String) throws -> String {
      try String(contentsOfFile: path + "/session/" + name, encoding: .utf8)
    }
    if words.first == "sweep" { return try figures(ofSweep: text("results.csv")) }
    return try text("summary.json").matches(of: /"weights_sha256": "([0-9a-f]{64})"/).map { String($0.1) }
  }

  /// The figures of each cell and seed, to the last digit.
  private static func figures(ofSweep results: String) throws -> [String] {
    let lines = results.split(whereSeparator: \.isNewline)
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let keys = [
      "train-size", "dropout", "seed", "train_loss", "train_accuracy", "test_loss", "test_accuracy",
    ]
    let columns = try keys.map { key in try #require(lines.first?.firstIndex { $0 == key }) }
    return lines.dropFirst().map { line in columns.map { String(line[$0]) }.joined(separator: " ") }.sorted()
  }
}
