import Experiment
import Foundation
import Sessions
import TestSupport
import Testing

@testable import fmnist_tui

/// Sessions with forks that are kept, repeated, and gone on with.
@Suite struct ForkedSessionTests {
  private static let settings = ResumeTests.Runs.settings + ["--fork", "12:lr=0.1", "--fork", "C@14:"]

  @Test func forksAreKeptAndRepeatedToTheBit() throws {
    let runs = ResumeTests.Runs()
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    let result = try runs.run(
      Self.settings.filter { $0 != "--quiet" } + ["--fork", "B@0:", "--name", "forked"])
    #expect(result.status == 0)
    #expect(result.output.contains("C: lr 0.1 from A, forked from A after step 12"))
    let record = try RunReader(RunFolder(path: runs.path("forked"))).record()
    #expect(record.runs.map(\.name).suffix(3) == ["lr 0.1 from A", "copy of C", "copy of B"])
    #expect(
      record.runs.map(\.forkedFrom) == [
        nil, nil, ForkPoint(run: RunID(0), step: 12), ForkPoint(run: RunID(2), step: 14),
        ForkPoint(run: RunID(1), step: 0),
      ])
    let hashes = try runs.hashes("forked")
    #expect(hashes[3] == hashes[2] && hashes[4] == hashes[1])
    #expect(Set(hashes).count == 3 && !hashes.contains(nil))
    let summary = try RunReader(RunFolder(path: runs.path("forked"))).summary()
    #expect(summary.runs.map(\.step) == [24, 24, 24, 24, 24])
    let replayed = try runs.replay(["forked"])
    #expect(replayed.status == 0)
    #expect(replayed.output.contains("C (lr 0.1 from A): the same weights"))
  }

  @Test func aForkedSessionIsGoneOnWith() throws {
    let runs = ResumeTests.Runs()
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    #expect(try runs.run(Self.settings + ["--name", "long"]).status == 0)
    #expect(try runs.run(Self.settings + ["--epochs", "2", "--name", "short"]).status == 0)
    #expect(try runs.run(["--no-tui", "--quiet", "--resume", "short", "--epochs", "3"]).status == 0)
    #expect(try runs.hashes("short") == runs.hashes("long"))
    let reader = RunReader(RunFolder(path: runs.path("short")))
    let history = try reader.events().session(reader.record())[RunID(2)]
    #expect(history.epochs.map(\.position.epoch) == [1, 2, 3])
  }

  @Test(arguments: [
    ("D@3:lr=1", "there is no run D"), ("99:lr=0.1", "run A makes 24 steps"),
    ("24:lr=0.1", "nothing is left to do"), ("12:hidden=5", "the weights are those of another network"),
    ("soon:lr=1", "this is no run, step and change"),
  ])
  func anImpossibleForkIsRefused(fork: String, reason: String) throws {
    try Self.expectRefusal(of: ResumeTests.Runs.settings + ["--fork", fork], reason)
  }

  @Test func imagesHeldOutMakeNoSteps() throws {
    let arguments = ["--validation", "1000", "--batch-size", "500", "--epochs", "2", "--fork", "21:lr=0.1"]
    try Self.expectRefusal(of: arguments, "run A makes 20 steps")
  }

  private static func expectRefusal(of arguments: [String], _ reason: String) throws {
    let result = try Executable.run(["--data", Executable.sample, "--no-save", "--no-tui"] + arguments)
    #expect(result.status == 64)
    #expect(result.error.contains(reason), "\(result.error)")
  }
}
