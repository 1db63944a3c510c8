import Experiment
import Foundation
import TestSupport
import Testing

@testable import Sessions

/// What damaged and made-up files cost: never much more memory than the file has bytes, and no more time than twice as much
/// for twice as many bytes.
@Suite(.disabled(if: Executable.isSanitized, "counts what the program allocates by itself"))
struct ReaderLimitTests {
  /// A file of a session that grows with a number, and the commands that read it.
  struct Growing: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Where it is within the folder of runs.
    let path: String
    /// A number for which it is read in a moment.
    let count: Int
    let commands: [[String]]
    let contents: @Sendable (Int) throws -> [UInt8]
  }

  /// What a command took.
  struct Usage {
    var status: Int32
    var bytes: Int
    var seconds: Double
  }

  /// A library that tells at the end what a program took.
  private static let library = Result { () throws -> String in
    let library = Executable.folder.appending(path: "usage.so").path
    let clang = Process()
    clang.executableURL = URL(filePath: "/usr/bin/env")
    clang.arguments = [
      "clang", "-shared", "-fPIC", "-O2", "-o", library, Executable.file("Tests/Limits/usage.c"),
    ]
    #expect(try Executable.finish(clang).status == 0)
    return library
  }

  /// A session and a sweep, from which damaged ones are made.
  private static let prepared = Result { () throws -> ResumeTests.Runs in
    let runs = ResumeTests.Runs()
    let small = [
      "--train-size", "64", "--batch-size", "32", "--hidden", "2", "--epochs", "2", "--quiet", "--no-tui",
    ]
    #expect(try runs.run(small + ["--name", "session"]).status == 0)
    #expect(try runs.run(["sweep"] + small + ["--dropout", "0,0.5", "--name", "sweep"]).status == 0)
    return runs
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOfFile: prepared.get().path(path), encoding: .utf8)
  }

  private static func lines(_ path: String, _ kind: String) throws -> [String] {
    try text(path).split(separator: "\n").map(String.init).filter { $0.contains(#""event":"\#(kind)""#) }
  }

  private static func measure(_ command: [String], in runs: ResumeTests.Runs) throws -> Usage {
    let process = runs.process(command)
    process.environment?["LD_PRELOAD"] = try library.get()
    let result = try Executable.finish(process)
    let words = result.error.split(separator: "\nusage ").last?.split { $0 == " " || $0 == "\n" } ?? []
    return try Usage(
      status: result.status, bytes: #require(words.first.flatMap { Int($0) }, "\(result.error)"),
      seconds: #require(words.dropFirst().first.flatMap { Double($0) }))
  }

  @Test(arguments: Growing.all)
  func memoryIsBoundedByTheFileAndTimeGrowsWithIt(file: Growing) throws {
    let runs = ResumeTests.Runs()
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    func usages(_ count: Int) throws -> (size: Int, usages: [Usage]) {
      try? FileManager.default.removeItem(at: runs.folder)
      try FileManager.default.copyItem(at: Self.prepared.get().folder, to: runs.folder)
      let contents = try file.contents(count)
      try Data(contents).write(to: URL(filePath: runs.path(file.path)))
      return try (contents.count, file.commands.map { try Self.measure($0, in: runs) })
    }
    let (few, many) = try (usages(file.count), usages(4 * file.count))
    for (command, (few, usage)) in zip(file.commands, zip(few.usages, many.usages)) {
      let told = "\(command.joined(separator: " ")): \(many.size) bytes, \(usage) after \(few)"
      #expect(usage.status < 128, "\(told)")
      // Beside the file: the data set, the program, and what JSON and its lines are made of.
      #expect(usage.bytes < 80_000_000 + 150 * many.size, "\(told)")
      // Four times as long, or sixteen times where it grows faster; anything else runs beside it.
      #expect(usage.seconds < 1 + 8 * few.seconds, "\(told)")
    }
  }

  /// What is told of a name as long as a file is as short as anybody reads.
  @Test func whatIsToldOfLongTextsIsShort() throws {
    let runs = ResumeTests.Runs()
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    try FileManager.default.copyItem(at: Self.prepared.get().folder, to: runs.folder)
    let long = String(repeating: "residual(", count: 100_000)
    for (key, old) in [("network", "null"), ("schedule", "\"constant\"")] {
      let text = try Self.text("session/run.json").replacing(
        "\"\(key)\": \(old)", with: "\"\(key)\": \"\(long)\"")
      #expect(text.contains(long))
      try Data(text.utf8).write(to: URL(filePath: runs.path("session/run.json")))
      let shown = try runs.run(["runs", "show", "session"])
      #expect(shown.status == 65 && shown.error.utf8.count < 10_000, "\(shown.error.prefix(500))")
      #expect(try runs.run(["runs"]).output.utf8.count < 10_000)
    }
    let typed = try Executable.run(["network", String(repeating: "x", count: 100_000)])
    #expect(typed.status == 64 && typed.error.utf8.count < 10_000)
  }

  /// A file with holes claims to be larger than the memory of any machine.
  @Test(arguments: [
    ("session/run.json", ["runs", "show", "session"]),
    ("session/metrics.jsonl", ["runs", "show", "session"]),
    ("session/commands.jsonl", ["runs", "show", "session"]),
    ("session/summary.json", ["runs", "show", "session"]),
    ("session/metrics.jsonl", ["--no-tui", "--resume", "session"]),
    ("session/checkpoints/A-resume.safetensors", ["--no-tui", "--resume", "session"]),
    ("session/checkpoints/A-best.safetensors", ["predict", "--checkpoint", "session", "--image", "0"]),
    ("session/checkpoints/initial.safetensors", ["--no-tui", "--resume", "session"]),
    ("sweep/sweep.json", ["sweep", "--resume", "sweep"]),
    ("sweep/results/0of1-log.jsonl", ["sweep", "merge", "sweep"]),
  ])
  func aFileWithHolesIsRefused(path: String, command: [String]) throws {
    let runs = ResumeTests.Runs()
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    try FileManager.default.copyItem(at: Self.prepared.get().folder, to: runs.folder)
    if !FileManager.default.fileExists(atPath: runs.path(path)) {
      try Data().write(to: URL(filePath: runs.path(path)))
    }
    #expect(truncate(runs.path(path), 1 << 43) == 0)
    let result = try runs.run(command)
    #expect(result.status == 65, "\(result.error)")
    #expect(result.error.contains("8796093022208 bytes"))
  }
}

extension ReaderLimitTests.Growing {
  private static let shown = [["runs", "show", "session"], ["runs"]]
  private static let gone = [["--no-tui", "--quiet", "--resume", "session"]]
  private static let sweep = [["sweep", "--no-tui", "--quiet", "--resume", "sweep"]]

  /// The record of a session whose network is such a text.
  private static func written(_ network: String) throws -> [UInt8] {
    let record = try RunReader(RunFolder(path: ReaderLimitTests.prepared("session"))).record().json.file
    return Array(record.replacing(#""network": null"#, with: #""network": "\#(network)""#).utf8)
  }

  private static func repeated(_ text: String, _ count: Int) -> [UInt8] {
    Array(String(repeating: text, count: count).utf8)
  }

  static let all: [ReaderLimitTests.Growing] = [
    Self(testDescription: "run.json of many runs", path: "session/run.json", count: 2000, commands: shown) {
      var record = try RunReader(RunFolder(path: ReaderLimitTests.prepared("session"))).record()
      record.runs = Array(repeating: record.runs[0], count: $0)
      return Array(record.json.file.utf8)
    },
    Self(testDescription: "run.json of many layers", path: "session/run.json", count: 20_000, commands: shown)
    {
      var record = try RunReader(RunFolder(path: ReaderLimitTests.prepared("session"))).record()
      record.runs[0].configuration.hiddenWidths = Array(repeating: 2, count: $0)
      record.runs[0].configuration.dropout = Array(repeating: 0.5, count: $0)
      return Array(record.json.file.utf8)
    },
    Self(
      testDescription: "run.json of layers in words", path: "session/run.json", count: 50_000, commands: shown
    ) { try written(String(repeating: "relu ", count: $0) + "linear 10") },
    Self(
      testDescription: "run.json of layers in brackets", path: "session/run.json", count: 50_000,
      commands: shown
    ) { try written(String(repeating: "residual(", count: $0)) },
    Self(
      testDescription: "run.json of a layer with marks", path: "session/run.json", count: 50_000,
      commands: shown
    ) { try written("e" + String(repeating: "\u{301}", count: $0)) },
    Self(testDescription: "run.json of a long name", path: "session/run.json", count: 20_000, commands: shown)
    {
      var record = try RunReader(RunFolder(path: ReaderLimitTests.prepared("session"))).record()
      record.runs[0].name = "e" + String(repeating: "\u{301}", count: $0)
      return Array(record.json.file.utf8)
    },
    Self(testDescription: "run.json of brackets", path: "session/run.json", count: 50_000, commands: shown) {
      repeated("[", $0)
    },
    Self(
      testDescription: "metrics.jsonl of empty lines", path: "session/metrics.jsonl", count: 2000,
      commands: shown + gone
    ) { repeated("\n", $0) },
    Self(
      testDescription: "metrics.jsonl of starts", path: "session/metrics.jsonl", count: 500, commands: shown
    ) { try repeated(ReaderLimitTests.line("run_started") + "\n", $0) },
    Self(
      testDescription: "metrics.jsonl of an epoch", path: "session/metrics.jsonl", count: 1000,
      commands: shown
    ) { try repeated(ReaderLimitTests.line("epoch_evaluated") + "\n", $0) },
    Self(
      testDescription: "metrics.jsonl of epochs", path: "session/metrics.jsonl", count: 1000,
      commands: [["runs", "plot", "session"], ["runs", "export", "session"]]
    ) { count in
      let line = try ReaderLimitTests.line("epoch_evaluated")
      let place = try #require(line.firstMatch(of: #/"step":\d+,"epoch":\d+/#)).range
      let epochs = (1...count).map { epoch in
        line.replacingCharacters(in: place, with: "\"step\":\(2 * epoch),\"epoch\":\(epoch)") + "\n"
      }
      return try Array((ReaderLimitTests.line("run_started") + "\n" + epochs.joined()).utf8)
    },
    Self(
      testDescription: "a checkpoint of many tensors", path: "session/checkpoints/A-resume.safetensors",
      count: 2000, commands: gone
    ) { count in
      SafetensorsFile((0..<count).map { StoredTensor("\($0)", shape: [0], .float32([])) }).bytes
    },
    Self(
      testDescription: "a checkpoint of metadata", path: "session/checkpoints/A-resume.safetensors",
      count: 5000, commands: gone
    ) { count in
      SafetensorsFile([], metadata: Dictionary(uniqueKeysWithValues: (0..<count).map { ("\($0)", "") })).bytes
    },
    Self(testDescription: "sweep.json of values", path: "sweep/sweep.json", count: 5000, commands: sweep) {
      try ReaderLimitTests.sweepRecord(
        "\"values\": [" + (0..<$0).map { "\"\($0)\"" }.joined(separator: ",") + "]")
    },
    Self(testDescription: "sweep.json of lists", path: "sweep/sweep.json", count: 5000, commands: sweep) {
      let list = "{\"setting\": \"lr\", \"values\": [\"1\"]}"
      return try ReaderLimitTests.sweepRecord(
        "\"values\": [\"1\"]}" + String(repeating: "," + list, count: $0)
          + ",{\"setting\": \"lr\", \"values\": [\"1\"]")
    },
    Self(
      testDescription: "a log of a result", path: "sweep/results/0of2-log.jsonl", count: 1000, commands: sweep
    ) {
      let lines = try ReaderLimitTests.log().split(separator: "\n")
      return try Array((#require(lines.first) + "\n").utf8) + repeated(#require(lines.last) + "\n", $0)
    },
  ]
}

extension ReaderLimitTests {
  fileprivate static func prepared(_ name: String) throws -> String { try prepared.get().path(name) }

  fileprivate static func line(_ kind: String) throws -> String {
    try #require(lines("session/metrics.jsonl", kind).first)
  }

  /// What the prepared sweep's log says.
  fileprivate static func log() throws -> String {
    let folder = try prepared("sweep/results")
    let name = try #require(FileManager.default.contentsOfDirectory(atPath: folder).first)
    return try text("sweep/results/" + name)
  }

  /// The prepared sweep's record with another first list of values.
  fileprivate static func sweepRecord(_ values: String) throws -> [UInt8] {
    let record = try text("sweep/sweep.json")
    let list = try #require(record.firstRange(of: /"values": \[[^\]]*\]/))
    return Array(record.replacingCharacters(in: list, with: values).utf8)
  }
}
