import Experiment
import Foundation
import Sessions
import TestSupport
import Testing

/// `fmnist-tui sweep` as a process.
@Suite struct SweepTests {
  /// A folder of sweeps of its own, and the program in it.
  struct Sweeps {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sweeps-\(UUID())")
    static let small = [
      "--dropout", "0,0.5", "--train-size", "64,128", "--hidden", "16", "--batch-size", "32", "--steps", "8",
      "--seeds", "2", "--init", "he",
    ]

    var path: String { folder.path(percentEncoded: false) }

    func arguments(_ arguments: [String]) -> [String] {
      ["sweep", "--data", Executable.sample, "--runs-dir", path, "--threads", "2"] + arguments
    }

    func run(_ arguments: [String]) throws -> Executable.Result {
      try Executable.run(self.arguments(arguments))
    }

    func text(_ name: String) throws -> String {
      try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    /// What is over; nothing where the record is not yet written.
    static func results(in folder: SweepFolder) throws -> [SweepResult] {
      guard let record = try? SweepRecord(readFrom: folder) else { return [] }
      return try SweepLogs(folder, record: record).results
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
  }

  private func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test func everyCombinationIsTrainedAndShown() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    let result = try sweeps.run(Sweeps.small)
    #expect(result.status == 0)
    #expect(result.error.isEmpty)
    #expect(!result.output.contains("\u{1B}"))
    for text in [
      "over     dropout 0 · 0.5", "train-size 64 · 128", "4 cells × 2 seeds = 8 runs", "all runs hidden 16",
      "8/8  ", "test accuracy, %, mean of 2 seeds", "generalisation gap, points, mean of 2 seeds", "2/2",
      "Saved in \(sweeps.path)",
    ] { #expect(result.output.contains(text), "\(text)\n\(result.output)") }
    let lines = try sweeps.text("sweep1/results.csv").split(separator: "\r\n")
    #expect(lines.count == 9)
    #expect(lines[0].hasPrefix("cell,reason,step,epoch,running_train_loss"))
    // Two batches of 32 in an epoch of 64 images, four in one of 128: eight updates each.
    #expect(lines.dropFirst().allSatisfy { $0.contains(",completed,8,") })
    let cells = try #require(
      JSONSerialization.jsonObject(with: Data(sweeps.text("sweep1/results.json").utf8)) as? [[String: Any]])
    #expect(cells.count == 4)
    #expect(cells.allSatisfy { $0["runs_ended"] as? Int == 2 && $0["test_accuracy_sd"] is Double })
  }

  @Test func aRunOfASweepEqualsTheSameRunTrained() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    let sweep = try objects(
      sweeps.run(["--dropout", "0,0.5", "--train-size", "300", "--hidden", "16", "--format", "jsonl"]).output)
    let train = try objects(
      Executable.run([
        "--data", Executable.sample, "--no-save", "--no-compare", "--format", "jsonl", "--train-size", "300",
        "--hidden", "16", "--dropout", "0.5",
      ]).output)
    let trained = try #require(train.last { $0["event"] as? String == "epoch_evaluated" })
    let swept = try #require(
      sweep.first { $0["event"] as? String == "sweep_run_ended" && $0["dropout"] as? [Double] == [0.5] })
    for key in ["test_loss", "test_accuracy", "train_loss", "generalization_gap"] {
      #expect(swept[key] as? Double == trained[key] as? Double, "\(key)")
    }
  }

  @Test func programsGetAnObjectForEachRunAndCell() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    let objects = try objects(sweeps.run(Sweeps.small + ["--format", "jsonl"]).output)
    #expect(objects.allSatisfy { $0["schema"] as? Int == 2 })
    let events = objects.compactMap { $0["event"] as? String }
    #expect(events.first == "sweep_started")
    #expect(events.last == "sweep_ended")
    #expect(events.filter { $0 == "sweep_run_ended" }.count == 8)
    #expect(events.filter { $0 == "sweep_cell" }.count == 4)
    #expect(objects[0]["over"] as? String == "dropout,train-size")
    #expect(objects[0]["runs"] as? Int == 8)
  }

  @Test func quietPrintsTheTablesOnly() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    let output = try sweeps.run(Sweeps.small + ["--quiet"]).output
    #expect(output.hasPrefix("test accuracy, %"))
    #expect(!output.contains("Saved"))
  }

  @Test func moreThanTwoSettingsAreListed() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    let output = try sweeps.run(Sweeps.small + ["--over", "batch-norm=false,true", "--quiet"]).output
    #expect(output.hasPrefix("batch-norm  dropout  train-size  seeds"))
    let lines = output.split(separator: "\n")
    #expect(lines.count == 10)
    #expect(lines[9].hasPrefix("best test accuracy "))
  }

  /// Whatever moment the program is killed in, what was over is kept, and going on gives the same figures as never having
  /// been killed.
  @Test func killedAndResumedItEndsWithTheSameFigures() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    let settings = Sweeps.small + ["--quiet", "--threads", "1"]
    #expect(try sweeps.run(settings + ["--name", "whole"]).status == 0)
    var killed = 0
    for number in 0..<12 {
      let begins = number == 0
      let process = Executable.process(
        sweeps.arguments(
          begins ? settings + ["--name", "broken"] : ["--quiet", "--threads", "1", "--resume", "broken"]))
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      let folder = SweepFolder(path: sweeps.path + "/broken")
      let before = begins ? 0 : try Sweeps.results(in: folder).count
      // Until something new is there: then each round gets further.
      for _ in 0..<6000 where process.isRunning {
        if let known = try? Sweeps.results(in: folder).count, known > before { break }
        usleep(2000)
      }
      if process.isRunning, kill(process.processIdentifier, SIGKILL) == 0 { killed += 1 }
      process.waitUntilExit()
      #expect(try Sweeps.results(in: folder).count > before || process.terminationStatus == 0)
      if process.terminationReason == .exit { break }
    }
    #expect(killed >= 2)
    #expect(try sweeps.run(["--quiet", "--resume", "broken"]).status == 0)
    let (whole, broken) = try (
      Sweeps.results(in: SweepFolder(path: sweeps.path + "/whole")),
      Sweeps.results(in: SweepFolder(path: sweeps.path + "/broken"))
    )
    #expect(broken.count == 8)
    let figures = { (results: [SweepResult]) in
      Dictionary(uniqueKeysWithValues: results.map { ($0.key, $0.metrics) })
    }
    #expect(figures(whole) == figures(broken))
  }

  @Test func interruptedItTellsHowToGoOn() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    let process = Executable.process(
      sweeps.arguments([
        "--dropout", "0,0.5", "--train-size", "512", "--hidden", "16", "--epochs", "100000", "--threads", "1",
      ]))
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let folder = SweepFolder(path: sweeps.path + "/sweep1")
    for _ in 0..<6000 where !FileManager.default.fileExists(atPath: folder.results) { usleep(2000) }
    process.interrupt()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(
      text.contains("0 of 2 runs are over. To go on: fmnist-tui sweep --resume \(folder.path)"), "\(text)")
  }

  @Test func aFinishedSweepResumedShowsItsTablesAgain() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    let first = try sweeps.run(Sweeps.small)
    let again = try sweeps.run(["--resume", "latest"])
    #expect(again.status == 0)
    #expect(again.output.contains("8 of 8 runs are there."))
    let table = { (text: String) in text.split(separator: "\n").drop { !$0.hasPrefix("test accuracy") } }
    #expect(table(first.output) == table(again.output))
  }

  @Test func otherDataAreRefused() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    #expect(try sweeps.run(Sweeps.small).status == 0)
    let record = sweeps.folder.appending(path: "sweep1/sweep.json")
    let text = try String(contentsOf: record, encoding: .utf8)
    let start = try #require(text.range(of: "\"sha256\": \""))
    try text.replacingCharacters(
      in: start.upperBound..<text.index(start.upperBound, offsetBy: 4), with: "0000"
    )
    .write(to: record, atomically: true, encoding: .utf8)
    let result = try sweeps.run(["--resume", "sweep1"])
    #expect(result.status == 65)
    #expect(result.error.contains("made with other data"))
  }

  @Test func sweepsAreNoRunsAndDoNotDisturbTheirList() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    #expect(try sweeps.run(Sweeps.small).status == 0)
    let train = [
      "--data", Executable.sample, "--runs-dir", sweeps.path, "--train-size", "64", "--hidden", "8",
      "--epochs", "1",
      "--quiet",
    ]
    #expect(try Executable.run(train).status == 0)
    let list = try Executable.run(["runs", "--runs-dir", sweeps.path])
    #expect(list.status == 0)
    #expect(list.output.contains("exp1"))
    #expect(!list.output.contains("sweep"))
    #expect(!list.output.contains("damaged"))
  }

  @Test(
    arguments: [
      (["--dropout", "0,1.5"], 64, "--dropout 1.5: each probability lies in 0...1"),
      (["--lr", "0.1"], 64, "there is nothing to sweep over"),
      (["--train-size", "100,7000"], 64, "--train-size 7000: the training set holds 6000 images"),
      (["--resume", "latest", "--lr", "0.1,0.2"], 64, "--resume goes on with the sweep's own settings"),
      (["--resume", "latest"], 66, "there is no sweep here"),
      (["--resume", "sweep7"], 66, "there is no sweep (no sweep.json)"),
      (["--dropout", "0,0.5", "--threads", "0"], 64, "--threads 0: the number of threads lies in 1...256"),
    ] as [([String], Int32, String)])
  func wrongUseIsTold(arguments: [String], status: Int32, message: String) throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    let result = try sweeps.run(arguments)
    #expect(result.status == status)
    #expect(result.error.contains(message), "\(result.error)")
    #expect(result.output.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: sweeps.path))
  }
}
