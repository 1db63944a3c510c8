import Foundation
import TestSupport
import Testing

/// Jobs that train to check something: against an earlier session, in so much time, with a page that tells.
@Suite struct CheckTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "checks-\(UUID())")
  private var runs: String { folder.path + "/runs" }

  private func train(_ arguments: [String]) throws -> Executable.Result {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let place = arguments.contains("--no-save") ? [] : ["--runs-dir", runs]
    return try Executable.run(Executable.short + place + arguments)
  }

  @Test func aBaselineIsTheAccuracyOfAnEarlierSession() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let first = try train(["--name", "first", "--epochs", "3"])
    #expect(first.status == 0, "\(first.error)")
    // The same again reaches the same; rounding is no drop.
    #expect(try train(["--name", "same", "--epochs", "3", "--baseline", "first"]).status == 0)
    let worse = try train(["--name", "worse", "--epochs", "1", "--lr", "1e-4", "--baseline", "first"])
    #expect(worse.status == 1)
    #expect(
      worse.error.contains(/run A \(with dropout\) is below .*%, which is --baseline first with .*%\.\n/))
    let allowed = ["--epochs", "1", "--lr", "1e-4", "--no-save", "--baseline", runs + "/first", "--max-drop"]
    #expect(try train(allowed + ["100"]).status == 0)
    #expect(try train(allowed + ["0.5"]).error.contains("less --max-drop 0.5."))
    // Nothing is kept, but the folder tells where the baseline is.
    let elsewhere = ["--epochs", "1", "--no-save", "--runs-dir", runs]
    #expect(try train(elsewhere + ["--baseline", "first", "--max-drop", "100"]).status == 0)
    let useless = try train(elsewhere)
    #expect(useless.status == 64 && useless.error.contains("--runs-dir and --no-save contradict each other"))
  }

  /// Swift would read them.
  @Test(
    arguments: ["--fail-under", "--max-drop", "--time-limit", "--checkpoint-every", "--demo-speed"],
    ["0x1p-1", "nan", "inf", "5 "])
  func numbersThatAreNotDecimalAreRefused(option: String, number: String) throws {
    let refused = try train(["--no-save", option, number])
    #expect(refused.status == 64)
    #expect(
      refused.error.contains("The value '\(number)' is invalid for '\(option) ")
        && refused.error.contains("It is no decimal number."), "\(refused.error)")
  }

  @Test func aBaselineMustHaveEndedAndBeOfTheSameData() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try train(["--baseline", "nothing"]).status == 66)
    #expect(try train(["--name", "first"]).status == 0)
    let record = runs + "/first/run.json"
    let text = try String(contentsOfFile: record, encoding: .utf8)
    let hash = try #require(text.firstMatch(of: /"sha256" ?: ?"([0-9a-f]{64})"/)).1
    try text.replacing(hash, with: String(repeating: "0", count: 64)).write(
      toFile: record, atomically: true, encoding: .utf8)
    let other = try train(["--name", "second", "--baseline", "first"])
    #expect(other.status == 65)
    #expect(other.error.contains("the session was made with other data"))
    // Nothing was begun.
    #expect(!FileManager.default.fileExists(atPath: runs + "/second"))
  }

  @Test func aRunThatDivergedIsNoBaseline() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(
      try train([
        "--name", "first", "--lr", "1000", "--init", "normal=1", "--epochs", "3", "--hidden", "64,64",
        "--no-compare",
      ]).status == 1)
    let result = try train(["--baseline", "first"])
    #expect(result.status == 65)
    #expect(result.error.contains("--baseline first: run A is diverged and has no final accuracy."))
  }

  @Test func timeThatIsOverStopsRunsThatCanGoOn() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let result = try train(["--name", "long", "--epochs", "100000", "--time-limit", "1.5"])
    #expect(result.status == 0)
    #expect(
      result.output.contains(
        "Stopped, because the time of --time-limit was over. To go on: fmnist-tui --resume"))
    let again = try Executable.run(
      ["--data", Executable.sample, "--no-tui", "--resume", runs + "/long", "--time-limit", "0.5"])
    #expect(again.status == 0, "\(again.error)")
  }

  @Test func aSummaryIsAddedToWhatIsThere() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let page = folder.path + "/page.md"
    try "# Earlier\n".write(toFile: page, atomically: true, encoding: .utf8)
    let arguments = ["--no-save", "--fail-under", "0", "--summary", page]
    #expect(try train(arguments).status == 0)
    #expect(try train(arguments + ["--fail-under", "1", "--versus", "```: lr=0.1"]).status == 1)
    let text = try String(contentsOfFile: page, encoding: .utf8)
    #expect(text.hasPrefix("# Earlier\n## fmnist-tui passed\n"))
    #expect(text.contains(/- ✅ test accuracy .* of run A \(with dropout\) reaches --fail-under 0\.0\./))
    #expect(
      text.contains(
        "## fmnist-tui failed: --fail-under or --baseline was not met, or a run diverged (status 1)"))
    #expect(text.contains(/- ❌ test accuracy .* is below --fail-under 1\.0\./))
    #expect(text.contains("test loss"))
    // Each of the two has one block, whatever a run is called.
    #expect(text.split(separator: "```", omittingEmptySubsequences: false).count == 5)
  }

  @Test func twoFilesAtOnePlaceAreRefused() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let page = folder.path + "/page.md"
    let result = try train(["--no-save", "--record", page, "--summary", folder.path + "/./page.md"])
    #expect(result.status == 64 && result.error.contains("--record and --summary are the same file"))
    #expect(try train(["--name", "kept"]).status == 0)
    let export = try Executable.run([
      "export", runs + "/kept", "--onnx", page, "--safetensors", folder.path + "//page.md",
    ])
    #expect(export.status == 64 && export.error.contains("--onnx and --safetensors are the same file"))
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: page)
    let linked = try Executable.run([
      "export", runs + "/kept", "--onnx", page, "--safetensors", folder.path + "/link",
    ])
    #expect(linked.status == 64)
    #expect(!FileManager.default.fileExists(atPath: page))
  }

  /// It is written last, and told first.
  @Test func aSummaryThatCannotBeWrittenIsToldBeforeAnythingIsTrained() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let pipe = folder.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    for (path, problem) in [
      (pipe, "it is there and no file"), (folder.path, "Is a directory"),
      (folder.path + "/no/page.md", "No such file or directory"), (pipe + "/page.md", "Not a directory"),
      // Here a pipe, whose name beside the descriptor's link is none.
      ("/dev/stdout", "it is there and no file"),
    ] {
      let result = try train(["--name", "kept", "--summary", path])
      #expect(result.status == 73, "\(result.status)")
      #expect(result.error.contains("\(path): ") && result.error.contains(problem), "\(result.error)")
      #expect(result.output.isEmpty && !FileManager.default.fileExists(atPath: runs + "/kept"))
    }
    let record = try train(["--name", "kept", "--record", pipe])
    #expect(record.status == 73 && !FileManager.default.fileExists(atPath: runs + "/kept"), "\(record.error)")
  }

  /// It was added to the figures of a session.
  @Test func noSummaryIsAddedToWhatASessionKeeps() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try train(["--name", "kept"]).status == 0)
    let session = runs + "/kept"
    let link = folder.path + "/page.md"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: session + "/run.json")
    let own = ["run.json", "metrics.jsonl", "summary.json", "checkpoints/A-best.safetensors"].map {
      session + "/" + $0
    }
    for path in own + [link] {
      let former = try Data(contentsOf: URL(fileURLWithPath: path))
      let result = try train(["--no-save", "--summary", path])
      #expect(
        result.status == 73 && result.error.contains("kept keeps this file"), "\(result.error)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == former)
    }
    #expect(try train(["--no-save", "--summary", session + "/checks.md"]).status == 0)
    let plan = [
      "sweep", "plan", "--data", Executable.sample, "--lr", "0.1,0.5", "--runs-dir", runs, "--name", "grid",
    ]
    #expect(try Executable.run(plan).status == 0)
    let sweep = try train(["--no-save", "--summary", runs + "/grid/sweep.json"])
    #expect(sweep.status == 73 && sweep.error.contains("grid keeps this file"), "\(sweep.error)")
  }

  @Test(arguments: [
    (["--max-drop", "1"], "there is nothing to compare with"),
    (["--baseline", "a", "--max-drop", "-1"], "points lie in 0...100"),
    (["--time-limit", "0"], "seconds lie in"),
    (["--preset", "polynomial", "--baseline", "a"], "a regression has none"),
  ])
  func whatMakesNoSenseIsRefused(arguments: [String], message: String) throws {
    let result = try Executable.run(["--no-tui"] + arguments)
    #expect(result.status == 64)
    #expect(result.error.contains(message))
  }
}
