import Foundation
import TestSupport
import Testing

/// Somebody without rights.
private enum Nobody {
  /// Begins a line of shell script that runs the program as nobody.
  static let prefix =
    geteuid() == 0 ? "exec setpriv --reuid=65534 --regid=65534 --clear-groups " : "exec "

  /// Whether nobody may start the program at all.
  static let isPossible =
    !Executable.isSanitized
    && (try? Executable.run(script: prefix + #""$@" 2>&1"#, ["--version"]).status) == 0
}

/// What the program says to somebody who may not do what it takes; the superuser may do everything.
@Suite(.enabled(if: Nobody.isPossible)) struct PermissionTests {
  private let folder: TemporaryFolder
  private var runs: String { folder.path + "/runs" }

  init() throws {
    folder = try TemporaryFolder()
    let result = try Executable.run([
      "--data", Executable.sample, "--no-tui", "--quiet", "--epochs", "1", "--train-size", "64",
      "--batch-size",
      "64", "--hidden", "2", "--no-compare", "--runs-dir", runs, "--name", "session",
    ])
    #expect(result.status == 0)
    try FileManager.default.copyItem(atPath: Executable.sample, toPath: folder.path + "/data")
    try FileManager.default.createDirectory(
      atPath: folder.path + "/closed", withIntermediateDirectories: true)
    for path in ["", "/runs", "/runs/session", "/data"] {
      #expect(chmod(folder.path + path, 0o755) == 0)
    }
    #expect(chmod(folder.path + "/closed", 0o555) == 0)
  }

  private func run(_ arguments: [String]) throws -> Executable.Result {
    try Executable.run(
      script: Nobody.prefix + #"env HOME=/nonexistent "$@""#,
      arguments.map { $0.replacing("FOLDER", with: folder.path) })
  }

  /// A file that is closed, what is asked for then, and the status and a part of what is said.
  @Test(arguments: [
    ("", ["--runs-dir", "FOLDER/closed"], 73, "/closed/exp1: cannot be made: Permission denied"),
    // The one that refuses is named, not the one below it.
    ("", ["--runs-dir", "FOLDER/closed/a/b"], 73, "/closed/a: cannot be made: Permission denied"),
    ("", ["--no-save", "--record", "FOLDER/closed/x.jsonl"], 73, "/closed/x.jsonl: Permission denied"),
    (
      "runs/session/metrics.jsonl", ["--resume", "FOLDER/runs/session"], 66, "metrics.jsonl: cannot be opened"
    ),
    (
      "runs/session", ["--resume", "FOLDER/runs/session"], 66, "run.json: cannot be opened: Permission denied"
    ),
    ("runs", ["--resume", "latest", "--runs-dir", "FOLDER/runs"], 66, "/runs: cannot be read"),
    ("data", ["--no-save"], 66, "/data: a folder that may not be searched (permission denied)"),
    ("data/train-labels-idx1-ubyte.gz", ["--no-save"], 66, "train-labels-idx1-ubyte.gz: Permission denied"),
    (
      "runs/session/checkpoints/A-best.safetensors",
      ["--no-save", "--init-from", "FOLDER/runs/session/checkpoints/A-best.safetensors"], 66,
      "A-best.safetensors: cannot be opened: Permission denied"
    ),
  ])
  func whatIsClosedIsNamed(closed: String, arguments: [String], status: Int32, part: String) throws {
    if !closed.isEmpty { #expect(chmod(folder.path + "/" + closed, 0) == 0) }
    defer { chmod(folder.path + "/" + closed, 0o755) }
    let isResumed = arguments.contains("--resume")
    let result = try run(
      ["--data", "FOLDER/data", "--no-tui", "--quiet"]
        + (isResumed ? [] : ["--epochs", "1", "--train-size", "64"])
        + arguments)
    #expect(result.status == status && result.error.contains(part), "\(result.error)")
  }

  @Test func anothersSessionIsShownAndNotGoneOnWith() throws {
    for command in [
      ["runs", "show", "FOLDER/runs/session"], ["runs", "compare", "FOLDER/runs/session"],
      ["runs", "export", "FOLDER/runs/session"], ["runs", "--runs-dir", "FOLDER/runs"],
      ["predict", "--data", "FOLDER/data", "--checkpoint", "FOLDER/runs/session", "--image", "0"],
      ["replay", "--data", "FOLDER/data", "--quiet", "FOLDER/runs/session"],
    ] {
      let result = try run(command)
      #expect(result.status == 0 && result.error.isEmpty, "\(result.error)")
    }
    let resumed = try run([
      "--data", "FOLDER/data", "--no-tui", "--resume", "FOLDER/runs/session", "--epochs", "2",
    ])
    #expect(resumed.status == 73 && resumed.error.contains("Permission denied"), "\(resumed.error)")
    let result = try run(["export", "FOLDER/runs/session", "--onnx", "FOLDER/closed/x.onnx"])
    #expect(result.status == 73 && result.error.contains("x.onnx: cannot be opened: Permission denied"))
  }

  @Test func aSessionThatNobodyElseMayReadIsListed() throws {
    #expect(chmod(runs + "/session", 0) == 0)
    defer { chmod(runs + "/session", 0o755) }
    let result = try run(["runs", "--runs-dir", "FOLDER/runs"])
    #expect(result.output.contains("session") && result.output.contains("Permission denied"), "\(result)")
  }

  /// A sweep of two runs in two parts, in a folder whose permissions come from a person's umask.
  private func plan(umask: String) throws -> String {
    let planned = try Executable.run(
      script: "umask \(umask); exec \"$@\"",
      [
        "sweep", "plan", "--data", Executable.sample, "--hidden", "2", "--dropout", "0,0.5", "--train-size",
        "64",
        "--batch-size", "64", "--epochs", "1", "--tasks", "2", "--runs-dir", runs, "--name", "shared",
      ])
    #expect(planned.status == 0, "\(planned.error)")
    return runs + "/shared"
  }

  @Test func aSweepThatNobodyElseMayReadIsNotCalledMissing() throws {
    let sweep = try plan(umask: "077")
    for command in [["status"], ["worker", "--shard", "0/2", "--data", "FOLDER/data"], ["merge"]] {
      let result = try run(["sweep", command[0], sweep] + command.dropFirst())
      #expect(result.status == 66 && result.error.contains("sweep.json: cannot be opened: Permission denied"))
    }
  }

  @Test func whoeverMakesPartsOfASweepTheOthersMayGoOn() throws {
    let sweep = try plan(umask: "002")
    for (part, umask) in [("0/2", "077"), ("1/2", "022")] {
      let worked = try Executable.run(
        script: "umask \(umask); exec \"$@\"",
        ["sweep", "worker", sweep, "--shard", part, "--data", Executable.sample, "--threads", "1"])
      #expect(worked.status == 0, "\(worked.error)")
    }
    for folder in ["results", "alive"] {
      #expect(try FileManager.default.attributesOfItem(atPath: "\(sweep)/\(folder)").permissions == 0o775)
    }
    for log in try FileManager.default.contentsOfDirectory(atPath: sweep + "/results") {
      #expect(
        try FileManager.default.attributesOfItem(atPath: "\(sweep)/results/\(log)").permissions == 0o664)
    }
  }

  @Test func downloadsNeedAFolderOfTheirOwn() throws {
    let result = try run(["data", "fetch", "--from", "http://127.0.0.1:1"])
    #expect(result.status == 73 && result.error.contains("Make it writable, or set XDG_CACHE_HOME"))
  }
}

extension [FileAttributeKey: Any] {
  fileprivate var permissions: Int? { (self[.posixPermissions] as? NSNumber)?.intValue }
}
