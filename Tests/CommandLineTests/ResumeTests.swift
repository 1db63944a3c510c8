import Experiment
import Foundation
import TestSupport
import Testing

@testable import Sessions
@testable import fmnist_tui

/// Sessions that are kept, left and gone on with.
@Suite struct ResumeTests {
  /// A folder of runs of its own, and the program in it.
  struct Runs {
    let folder = FileManager.default.temporaryDirectory.appending(path: "runs-\(UUID())")
    /// Whether the data are made, and found nowhere.
    var isMade = false
    static let settings = [
      "--no-tui", "--quiet", "--train-size", "512", "--hidden", "16", "--epochs", "3", "--dropout", "0.3",
      "--batch-size", "64",
    ]

    func path(_ name: String) -> String { folder.appending(path: name).path(percentEncoded: false) }

    func process(_ arguments: [String]) -> Process {
      Executable.process(placed(arguments))
    }

    func run(_ arguments: [String]) throws -> Executable.Result {
      try Executable.run(placed(arguments))
    }

    /// Arguments with the place of data and runs, behind the name of a command.
    private func placed(_ arguments: [String]) -> [String] {
      let command = arguments.prefix { !$0.hasPrefix("-") }
      let needsNone = isMade || command.first == "runs" || command.starts(with: ["sweep", "merge"])
      let data = needsNone ? [] : ["--data", Executable.sample]
      return command + data + ["--runs-dir", path("")] + arguments.dropFirst(command.count)
    }

    func replay(_ arguments: [String]) throws -> Executable.Result {
      try Executable.run(
        ["replay", "--quiet", "--runs-dir", path("")] + (isMade ? [] : ["--data", Executable.sample])
          + arguments)
    }

    func hashes(_ name: String) throws -> [String?] {
      try RunReader(RunFolder(path: path(name))).summary().runs.map(\.weightsSHA256)
    }
  }

  @Test func aSessionGetsTheNextFolderAndLeavesAllOfItThere() throws {
    let runs = Runs()
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    #expect(try runs.run(Runs.settings).status == 0)
    #expect(try runs.run(Runs.settings + ["--name", "mine"]).status == 0)
    let third = try runs.run(Runs.settings.filter { $0 != "--quiet" })
    #expect(third.output.contains("Saved in \(runs.path("exp2"))."))
    for name in ["exp1", "exp2", "mine"] {
      let files = try FileManager.default.subpathsOfDirectory(atPath: runs.path(name))
      for file in [
        "run.json", "metrics.jsonl", "commands.jsonl", "summary.json", "checkpoints/A-latest.safetensors",
        "checkpoints/B-best.safetensors", "checkpoints/A-resume.safetensors",
      ] { #expect(files.contains(file), "\(file)") }
      #expect(files.contains { $0.hasPrefix("tensorboard/") && $0.contains("tfevents") })
    }
    #expect(try runs.hashes("exp1") == runs.hashes("mine"))
    #expect(try runs.hashes("exp1").allSatisfy { $0?.count == 64 })
    let taken = try runs.run(Runs.settings + ["--name", "mine"])
    #expect(taken.status == 73)
    #expect(taken.error.contains("a run of this name is there already"))
  }

  @Test func nothingIsKeptWhereNothingIsWanted() throws {
    let folder = try TemporaryFolder()
    let result = try Executable.run(
      script: "cd '\(folder.path)' && exec \"$@\"",
      Runs.settings + ["--data", Executable.sample, "--no-save"])
    #expect(result.status == 0)
    #expect(try folder.names.isEmpty)
  }

  @Test func earlyStoppingLeavesTheBestWeightsAndCanBeGoneOnWithAndMadeAgain() throws {
    let runs = Runs()
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    let settings =
      Runs.settings.filter { !["--epochs", "3"].contains($0) }
      + ["--validation", "64", "--early-stopping", "1", "--lr", "2", "--no-compare"]
    #expect(try runs.run(settings + ["--epochs", "30"]).status == 0)
    let folder = RunFolder(path: runs.path("exp1"))
    let summary = try RunReader(folder).summary().runs[0]
    let (final, best) = (try #require(summary.final), try #require(summary.best))
    #expect(final == best)
    #expect(summary.step > final.position.step)
    let file = CheckpointFile(folder: folder, run: RunID(0))
    let weights = try CheckpointFile.readWeights(file.latest)
    #expect(try weights == CheckpointFile.readWeights(file.best))
    #expect(CheckpointFile.hash(weights) == summary.weightsSHA256)
    #expect(try SafetensorsFile(path: file.latest).metadata["epoch"] == "\(final.position.epoch)")

    // Over is over, unless epochs are added; then it can be made again as a whole.
    #expect(try runs.run(["--no-tui", "--quiet", "--resume", "exp1"]).status == 0)
    #expect(try RunReader(folder).summary().runs[0] == summary)
    #expect(try runs.run(["--no-tui", "--quiet", "--resume", "exp1", "--epochs", "31"]).status == 0)
    #expect(try RunReader(folder).summary().runs[0].step > summary.step)
    #expect(try runs.replay(["exp1"]).status == 0)
  }

  @Test func aResumedSessionShowsWhatWasBeforeAndCanGoFurther() throws {
    let runs = Runs()
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    #expect(try runs.run(Runs.settings).status == 0)
    let longer = try runs.run(["--no-tui", "--resume", "latest", "--epochs", "4"])
    #expect(longer.status == 0)
    // The line is broken where the path is long.
    let words = longer.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("Resumed \(runs.path("exp1"))"))
    for line in ["3/3 A", "4/4 A", "4/4 B"] { #expect(longer.output.contains(line), "\(line)") }
    var whole = Runs.settings
    whole[try #require(whole.firstIndex(of: "3"))] = "4"
    #expect(try runs.run(whole).status == 0)
    #expect(try runs.hashes("exp1") == runs.hashes("exp2"))
    let reader = RunReader(RunFolder(path: runs.path("exp1")))
    #expect(try reader.events().session(reader.record()).runs.map(\.epochs.count) == [4, 4])
    let fewer = try runs.run(["--no-tui", "--resume", "exp1", "--epochs", "2"])
    #expect(fewer.status == 64)
    #expect(fewer.error.contains("--epochs 2: run A has begun epoch 4. Give at least 4"))
  }

  @Test func whatCannotBeResumedSaysWhy() throws {
    let runs = Runs()
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    let nothing = try runs.run(["--no-tui", "--resume", "latest"])
    #expect(nothing.status == 66 && nothing.error.contains("there is no session here"))
    #expect(try runs.run(Runs.settings).status == 0)
    let changed = try runs.run(["--no-tui", "--resume", "exp1", "--hidden", "8"])
    #expect(changed.status == 64 && changed.error.contains("only --epochs may be given anew"))
    let other = FileManager.default.temporaryDirectory.appending(path: "data-\(UUID())")
    try FileManager.default.copyItem(atPath: Executable.sample, toPath: other.path(percentEncoded: false))
    defer { try? FileManager.default.removeItem(at: other) }
    let labels = try FileManager.default.contentsOfDirectory(at: other, includingPropertiesForKeys: nil)
      .filter { $0.lastPathComponent.hasPrefix("t10k-labels") }
    var plain = try GunzippedLabels(labels[0]).bytes
    plain[20] = (plain[20] + 1) % 10
    try FileManager.default.removeItem(at: labels[0])
    try Data(plain).write(to: other.appending(path: "t10k-labels-idx1-ubyte"))
    let foreign = try Executable.run([
      "--data", other.path(percentEncoded: false), "--runs-dir", runs.path(""), "--no-tui", "--resume",
      "exp1",
    ])
    #expect(foreign.status == 65 && foreign.error.contains("made with other data"))
    // Of several checkpoints in a row a slow disk may get the last one only.
    #expect(try runs.run(["--no-tui", "--quiet", "--resume", "exp1", "--epochs", "4"]).status == 0)
    let checkpoint = runs.path("exp1/checkpoints/A-resume.safetensors")
    var bytes = try Data(contentsOf: URL(filePath: checkpoint))
    bytes.removeLast()
    try bytes.write(to: URL(filePath: checkpoint))
    let damaged = try runs.run(["--no-tui", "--resume", "exp1"])
    #expect(damaged.status == 65 && damaged.error.contains("A-resume.safetensors"))
    #expect(damaged.error.contains("--previous"))
    let previous = try runs.run(["--no-tui", "--quiet", "--resume", "exp1", "--previous"])
    #expect(previous.status == 0, "\(previous.error)")
  }

  @Test func theLayoutOfTensorBoardsFilesIsThatOfTheSession() throws {
    let runs = Runs()
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    let alone = Runs.settings + ["--no-compare"]
    #expect(try runs.run(alone + ["--tensorboard-layout", "scalars"]).status == 0)
    #expect(try runs.run(["--no-tui", "--quiet", "--resume", "exp1", "--epochs", "4"]).status == 0)
    let folder = runs.path("exp1/tensorboard/A-with-dropout/metrics_test_acc")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
    let other = try runs.run(["--no-tui", "--resume", "exp1", "--tensorboard-layout", "runs"])
    #expect(other.status == 64 && other.error.contains("leave out --tensorboard-layout"))
  }

  @Test(arguments: [
    ["--no-save", "--checkpoint-every", "5"], ["--no-save", "--tensorboard-layout", "runs"],
    ["--no-save", "--name", "x"], ["--no-save", "--runs-dir", "x"], ["--demo", "--runs-dir", "x"],
    ["--init", "xavier", "--init-from", "x"], ["--versus", "init=xavier", "--init-from", "x"],
    ["--no-save", "--ascii", "--format", "jsonl"], ["replay", "x", "--ascii", "--format", "jsonl"],
    ["sweep", "--dropout", "0,0.5", "--ascii", "--format", "jsonl"],
    ["predict", "--image", "0", "--ascii", "--format", "jsonl"],
    ["--demo", "--name", "x"],
    ["--demo", "--resume", "latest"], ["--demo", "--exit"], ["--demo", "--lockstep"],
    ["--no-save", "--no-tui", "--exit"], ["--no-save", "--quiet", "--exit"],
    ["--no-save", "--format", "jsonl", "--exit"], ["replay", "x", "--exit"],
  ])
  func whatWouldBeIgnoredIsRefused(arguments: [String]) throws {
    #expect(try Executable.run(arguments).status == 64)
  }

  @Test func aSessionThatDoesNotNameItsDataIsNotGoneOnWith() throws {
    let runs = Runs()
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    #expect(try runs.run(Runs.settings).status == 0)
    let path = runs.path("exp1/run.json")
    var record = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path))) as? [String: Any])
    record["data_files"] = [Any]()
    try JSONSerialization.data(withJSONObject: record).write(to: URL(filePath: path))
    for arguments in [["--no-tui", "--resume", "exp1", "--epochs", "4"], ["replay", "exp1"]] {
      let result = try runs.run(arguments)
      #expect(result.status == 65)
      #expect(result.error.contains("the session names 0 files of data"))
    }
  }

  @Test func noOtherDataSetIsGoneOnWith() throws {
    let runs = Runs()
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    #expect(try runs.run(Runs.settings).status == 0)
    let sweep = ["sweep", "--name", "map", "--dropout", "0,0.5", "--seeds", "1", "--no-tui", "--quiet"]
    #expect(try runs.run(sweep + ["--train-size", "256", "--hidden", "4", "--epochs", "1"]).status == 0)
    for arguments in [
      ["--no-tui", "--resume", "exp1", "--epochs", "4"], ["replay", "exp1"],
      ["sweep", "--no-tui", "--resume", "map"], ["sweep", "worker", "map"],
    ] {
      let result = try runs.run(arguments + ["--dataset", "mnist"])
      #expect(result.status == 64, "\(arguments)")
      #expect(result.error.contains("--dataset mnist: it was made with fashion-mnist"), "\(result.error)")
    }
    #expect(try runs.run(["replay", "exp1", "--dataset", "fashion-mnist"]).status == 0)
  }

  @Test func epochsWithoutFiguresAreTold() throws {
    let runs = Runs()
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    #expect(try runs.run(Runs.settings + ["--evaluate-every", "1"]).status == 0)
    let path = runs.path("exp1/metrics.jsonl")
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let kept = lines.filter { line in
      let event = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      let isEpoch = event?["event"] as? String == "epoch_evaluated" && event?["run"] as? String == "A"
      return !(isEpoch && (event?["epoch"] as? Int).map { $0 < 3 } == true)
    }
    #expect(kept.count == lines.count - 2)
    try (kept.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    let result = try runs.run(["--no-tui", "--resume", "exp1", "--epochs", "4"])
    #expect(result.status == 0, "\(result.error)")
    #expect(
      result.output.tidyLines.joined(separator: " ").contains(
        "the figures of run A are missing for epochs 1–2; what is called best is"),
      "\(result.output)")
    #expect(!result.output.contains("the figures of run B are missing"))
    // Without any, all but the last, which is measured again where it is the end.
    try Data().write(to: URL(filePath: path))
    let ended = try runs.run(["--no-tui", "--resume", "exp1"])
    #expect(
      ended.output.tidyLines.joined(separator: " ").contains("missing for epochs 1–3;"), "\(ended.output)")
  }

  @Test func aRepeatedSessionIsRecordedAndToldToPrograms() throws {
    let runs = Runs()
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    #expect(try runs.run(Runs.settings).status == 0)
    let file = runs.path("events.jsonl")
    let replay = try runs.replay(["exp1", "--record", file, "--format", "jsonl"])
    #expect(replay.status == 0, "\(replay.error)")
    #expect(try Recording(path: file).starts.count == 2)
    let last = try #require(replay.output.split(separator: "\n").last)
    #expect(last.hasPrefix(#"{"schema":2,"event":"weights_compared","run":"B","same":true,"#))
    #expect(try runs.replay(["exp1", "--fail-under", "1"]).status == 1)
  }

  @Test func aSessionIsMadeAgainToTheBit() throws {
    let runs = Runs()
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    #expect(try runs.run(Runs.settings).status == 0)
    let weights = runs.path("exp1/checkpoints/B-latest.safetensors")
    #expect(try runs.run(Runs.settings + ["--init-from", weights, "--name", "further"]).status == 0)
    for name in ["exp1", "further"] {
      let replay = try runs.replay([name])
      #expect(replay.status == 0, "\(replay.error)")
      #expect(replay.output.contains("A (with dropout): the same weights"))
      #expect(replay.output.contains("B (without dropout): the same weights"))
    }
    let summary = runs.path("exp1/summary.json")
    let text = try String(contentsOfFile: summary, encoding: .utf8)
    let hash = try #require(runs.hashes("exp1")[0])
    try text.replacing(hash, with: String(repeating: "0", count: 64)).write(
      toFile: summary, atomically: true, encoding: .utf8)
    let different = try runs.replay(["exp1"])
    #expect(different.status == 1)
    #expect(different.output.contains("A (with dropout): other weights, SHA-256 \(hash) instead of 0000"))
    try FileManager.default.removeItem(atPath: summary)
    let unfinished = try runs.replay(["exp1"])
    #expect(unfinished.status == 65 && unfinished.error.contains("has not come to its end"))
  }

  @Test func aNetworkIsExportedOnce() throws {
    let runs = Runs()
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    #expect(try runs.run(Runs.settings).status == 0)
    let file = runs.path("network.onnx")
    func export(_ arguments: [String]) throws -> Executable.Result {
      try Executable.run(["export", "latest", "--runs-dir", runs.path(""), "--onnx", file] + arguments)
    }
    #expect(try export([]).status == 0)
    let best = try Data(contentsOf: URL(filePath: file))
    let again = try export([])
    #expect(again.status == 73 && again.error.contains("--force"))
    #expect(try export(["--force", "--of", "b", "--weights", "latest"]).status == 0)
    #expect(try Data(contentsOf: URL(filePath: file)) != best)
    #expect(try export(["--force", "--of", "C"]).error.contains("no run C"))
    let foreign = try Executable.run(["export", "/nonexistent.safetensors", "--onnx", file, "--force"])
    #expect(foreign.status == 66)
    let refused = try Executable.run([
      "export", "latest", "--runs-dir", runs.path(""), "--onnx", "/nonexistent/network.onnx",
    ])
    #expect(refused.status == 73 && !refused.error.contains("--no-save"))
  }

  @Test func weightsFromElsewhereAreABeginning() throws {
    let runs = Runs()
    defer { try? FileManager.default.removeItem(at: runs.folder) }
    #expect(try runs.run(Runs.settings).status == 0)
    let weights = runs.path("exp1/checkpoints/A-best.safetensors")
    let further = try runs.run(Runs.settings + ["--init-from", weights, "--name", "further"])
    #expect(further.status == 0)
    let first = try RunReader(RunFolder(path: runs.path("exp1"))).summary().runs[0].best
    let second = try RunReader(RunFolder(path: runs.path("further"))).summary().runs[0].best
    #expect(
      try #require(second?.metrics[.trainLoss]) < #require(first?.metrics[.trainLoss]))
    let other = try runs.run(Runs.settings + ["--hidden", "17", "--init-from", weights])
    #expect(other.status == 65 && other.error.contains("these are not the weights of this network"))
    #expect(!FileManager.default.fileExists(atPath: runs.path("exp2")), "nothing is begun that cannot be")
    #expect(try runs.run(Runs.settings + ["--init-from", "/nonexistent"]).status == 66)
  }
}

/// The labels of a gzip file, by the system's own program.
private struct GunzippedLabels {
  let bytes: [UInt8]

  init(_ file: URL) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "gzip -dc \"$0\"", file.path(percentEncoded: false)]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    bytes = Array(output.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
  }
}
