import Experiment
import Foundation
import Sessions
import TestSupport
import Testing

@Suite struct RunsShowTests {
  @Test func showTellsSettingsDataMachineChangesEpochsAndComparison() throws {
    let runs = try RecordedRuns()
    let writer = try runs.begin()
    try runs.write(
      runs.steps(1...1) + [runs.changed(20, from: 0.5, to: 0.25)] + runs.steps(2...3)
        + [runs.ended(0), runs.ended(1)], with: writer)
    try writer.finish(at: ScriptedRun.created.timeIntervalSince1970 + 90)
    let result = try Executable.run(
      ["runs", "show", "latest", "--runs-dir", runs.path], environment: ["TZ": "UTC0"])
    #expect(result.status == 0)
    let lines = result.output.tidyLines
    #expect(lines.contains("when began 2025-11-21 07:26 · ended 2025-11-21 07:28"))
    #expect(lines.contains("program fmnist-tui 0.1.0 · avx2 kernels · 2 threads"))
    #expect(lines.contains("machine lab · Linux 6.1 · x86_64 · A \"fast\" one · 2 processors"))
    #expect(lines.contains("t10k-labels-idx1-ubyte sha256 00ff"))
    #expect(lines.contains("dropout 0.2,0.5 0,0 *"))
    #expect(lines.contains("epochs 3 * 3 *"))
    #expect(lines.contains("A dropout of layer 2 0.5 → 0.25 21 1"))
    #expect(lines.contains("3/3 B 0.5000 75.00% 0.3750 93.75% 0.7188 78.13% +15.63 1.75s 4,096"))
    #expect(lines.contains("test accuracy 84.38% 78.13% +6.25"))
  }

  @Test func aRunThatWasRemovedIsNotCompared() throws {
    let runs = try RecordedRuns()
    let writer = try runs.begin()
    try runs.write(
      runs.steps(1...2) + [
        runs.ended(1, epoch: 2, .stopped),
        TrainingEvent(.runRemoved(RunRemoved()), at: .beginning(of: RunID(1))),
      ] + runs.steps(3...3)
        + [runs.ended(0)], with: writer)
    try writer.finish(at: ScriptedRun.created.timeIntervalSince1970 + 90)
    let lines = try Executable.run(["runs", "show", "latest", "--runs-dir", runs.path]).output.tidyLines
    #expect(lines.contains("test accuracy 84.38%"))
    #expect(lines.contains("after epoch 3 A with dropout"))
  }

  @Test func whatCannotBeReadIsNoted() throws {
    let runs = try RecordedRuns()
    let folder = try runs.complete()
    let file = try #require(FileHandle(forWritingAtPath: folder.metrics))
    try file.seekToEnd()
    try file.write(contentsOf: Data("{\"cut".utf8))
    let result = try Executable.run(["runs", "show", folder.path])
    #expect(result.status == 0)
    #expect(
      result.output.tidyLines.joined(separator: " ").contains("the last line is incomplete and left out."))
  }

  @Test(arguments: [
    ("exp9", 66, "/exp9: there is no such run. 'fmnist-tui runs' lists"),
    ("./exp1", 64, "./exp1 says by itself where it is"),
    ("broken", 65, "/broken/run.json: it is not complete JSON"),
  ])
  func aRunThatCannotBeReadIsNamed(name: String, status: Int32, message: String) throws {
    let runs = try RecordedRuns()
    try runs.complete()
    try Data("{".utf8).write(to: URL(filePath: runs.complete(name: "broken").runRecord))
    let result = try Executable.run(["runs", "show", name, "--runs-dir", runs.path])
    #expect(result.status == status)
    #expect(result.error.contains(message))
    #expect(result.output.isEmpty)
  }

  @Test(arguments: [["show", "evil"], ["list"], ["compare", "evil"]])
  func namesCannotSteerTheTerminal(arguments: [String]) throws {
    let runs = try RecordedRuns()
    for file in ["run.json", "summary.json", "metrics.jsonl"] {
      let path = runs.path + "/evil/" + file
      if file == "run.json" { try runs.complete(name: "evil") }
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let changed = text.replacing("with dropout", with: "\\u001b[2J\\u0007\\n")
      #expect(changed != text)
      try Data(changed.utf8).write(to: URL(filePath: path))
    }
    let result = try Executable.run(["runs"] + arguments + ["--runs-dir", runs.path])
    #expect(result.status == 0)
    #expect(!result.output.contains("\u{1B}") && !result.output.contains("\u{7}"))
  }

  @Test func latestIsTheSessionThatBeganLast() throws {
    let runs = try RecordedRuns()
    try runs.complete(name: "old", age: 3600)
    try runs.complete(name: "new")
    try runs.complete(name: "zero", age: 7200)
    let result = try Executable.run(["runs", "show", "--runs-dir", runs.path])
    #expect(result.output.hasPrefix("run        new"))
    let none = try Executable.run(["runs", "show", "latest", "--runs-dir", "/nonexistent"])
    #expect(none.status == 66)
  }
}
