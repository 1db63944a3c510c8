import Foundation
import TestSupport
import Testing

/// `train --replicates N --on slurm`, with a scheduler that only notes what it is told.
@Suite struct ReplicatesOnClusterTests {
  private typealias Sweeps = SweepTests.Sweeps

  private static let settings = [
    "--hidden", "16", "--train-size", "128", "--batch-size", "32", "--epochs", "2", "--lr", "0.1",
    "--versus",
    "dropout=none", "--versus", "wide: hidden=32 dropout=0.5", "--replicates", "3",
  ]

  /// A folder with an `sbatch` that says its job is 77.
  private func scheduler(_ sweeps: Sweeps) throws -> [String: String] {
    let folder = sweeps.path + "/bin"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try "#!/bin/sh\necho \"$@\" >>'\(folder)/told'\necho 77\n"
      .write(toFile: folder + "/sbatch", atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder + "/sbatch")
    return ["PATH": folder + ":/usr/bin:/bin"]
  }

  private func sweep(_ sweeps: Sweeps, _ command: String, _ arguments: [String] = []) throws
    -> Executable.Result
  {
    try Executable.run(["sweep", command, "sides", "--runs-dir", sweeps.path] + arguments)
  }

  @Test func aClusterMakesThemAndTheTableIsThatOfOneMachine() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    let common = Self.settings + ["--data", Executable.sample, "--runs-dir", sweeps.path]
    let sent = try Executable.run(
      common + ["--on", "slurm", "--tasks", "2", "--name", "sides"], environment: scheduler(sweeps))
    #expect(sent.status == 0, "\(sent.error)")
    for text in [
      "sides: 3 sides × 3 seeds = 9 runs in 2 parts.", "Sent as job 77, 2 tasks.",
      "fmnist-tui sweep status",
      "fmnist-tui sweep open", "fmnist-tui sweep merge", "fmnist-tui sweep cancel",
    ] { #expect(sent.output.contains(text), "\(text)\n\(sent.output)") }
    let script = sweeps.path + "/sides/submit.sbatch"
    #expect(try sweeps.text("bin/told").contains("--array=0-1 "))

    for task in 0..<2 {
      let process = Process()
      process.executableURL = URL(filePath: "/bin/bash")
      process.arguments = [script]
      // What a sanitizer is told stays.
      process.environment = ProcessInfo.processInfo.environment
        .merging(["SLURM_ARRAY_TASK_ID": "\(task)", "PATH": "/usr/bin:/bin"]) { _, new in new }
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      let over = task == 0 ? 5 : 9
      #expect(try sweep(sweeps, "status").output.contains("\(over) of 9 runs are over"))
    }
    #expect(try sweep(sweeps, "submit").output.contains("Nothing is missing"))
    let merged = try sweep(sweeps, "merge")
    #expect(merged.status == 0, "\(merged.error)")

    let local = try Executable.run(common + ["--no-tui", "--name", "local"])
    #expect(local.status == 0, "\(local.error)")
    // From the heading of the table to its legend.
    let lines = local.output.split(separator: "\n", omittingEmptySubsequences: false)
    let begin = try #require(lines.firstIndex { $0.hasPrefix("after epoch 2") })
    let end = try #require(lines.firstIndex { $0.hasPrefix("3 of 3 seeds: mean") })
    let table = lines[begin...end].joined(separator: "\n")
    #expect(table.contains("A − B") && table.contains("C wide"))
    #expect(merged.output.contains(table), "\(merged.output)\n\(table)")
    #expect(try sweeps.text("sides/results.json").contains("\"side\":\"wide\""))
    #expect(try sweeps.text("sides/results.csv").split(separator: "\r\n").count == 10)
  }

  @Test func aPresetsRunsAreSides() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    let result = try Executable.run([
      "--preset", "model-size", "--replicates", "40", "--on", "slurm", "--dry-run", "--name",
      "sides",
      "--data", Executable.sample, "--runs-dir", sweeps.path,
    ])
    #expect(result.status == 0, "\(result.error)")
    // More than one session could have.
    #expect(result.output.contains("4 sides × 40 seeds = 160 runs in 8 parts."))
    #expect(try sweep(sweeps, "status").output.contains("0 of 160 runs are over"))
  }

  @Test(arguments: [
    (["--on", "slurm"], "add --replicates"),
    (["--on", "slurm", "--replicates", "1"], "add --replicates"),
    (["--on", "slurm", "--replicates", "1001"], "2...1000"),
    (["--replicates", "3", "--tasks", "4"], "without --on slurm"),
    (
      ["--on", "slurm", "--replicates", "3", "--threads", "2"],
      "--threads means nothing with --on slurm"
    ),
    (["--on", "slurm", "--replicates", "3", "--threads", "2"], "give --cpus instead"),
    (["--on", "slurm", "--replicates", "3", "--time-limit", "9"], "give --time instead"),
    (["--on", "slurm", "--replicates", "3", "--fork", "10:lr=0.1"], "--fork means nothing"),
    (["--on", "slurm", "--replicates", "3", "--lockstep"], "--lockstep means nothing"),
    (["--on", "slurm", "--replicates", "3", "--no-save"], "--no-save means nothing"),
    (["--on", "slurm", "--replicates", "3", "--fail-under", "0.5"], "--fail-under means nothing"),
    (["--on", "slurm", "--replicates", "3", "--format", "jsonl"], "--format jsonl means nothing"),
    (["--on", "slurm", "--replicates", "3", "--record", "x"], "--record means nothing"),
    (["--on", "slurm", "--replicates", "3", "--versus", "seed=7"], "pairs with the same seed"),
    (["--on", "slurm", "--replicates", "3", "--demo"], "--demo shows a recorded session"),
    (["sweep", "--dropout", "0,0.5", "--on", "slurm", "--threads", "2"], "give --cpus instead"),
  ])
  func whatContradictsIsRefusedByName(arguments: [String], text: String) throws {
    let result = try Executable.run(arguments)
    #expect(result.status == 64)
    #expect(result.error.replacing("\n", with: " ").contains(text), "\(result.error)")
  }
}
