import Foundation
import Sessions
import TestSupport
import Testing

/// Sweeps that several processes make, as on a cluster.
@Suite struct SweepWorkerTests {
  private typealias Sweeps = SweepTests.Sweeps

  private func run(_ sweeps: Sweeps, _ arguments: [String]) throws -> Executable.Result {
    try Executable.run(["sweep"] + arguments + ["--runs-dir", sweeps.path])
  }

  private func worker(_ sweeps: Sweeps, _ sweep: String, _ arguments: [String]) throws -> Executable.Result {
    try run(sweeps, ["worker", sweep, "--data", Executable.sample, "--threads", "1"] + arguments)
  }

  private func plan(_ sweeps: Sweeps, tasks: Int, name: String = "planned") throws -> Executable.Result {
    try run(
      sweeps,
      ["plan"] + Sweeps.small + ["--data", Executable.sample, "--tasks", "\(tasks)", "--name", name])
  }

  @Test func workersMakeTheSameBytesAsOneMachine() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    #expect(try sweeps.run(Sweeps.small + ["--quiet", "--name", "whole"]).status == 0)
    let planned = try plan(sweeps, tasks: 3)
    #expect(planned.status == 0)
    #expect(planned.output.contains("4 cells × 2 seeds = 8 runs in 3 parts"))
    #expect(!FileManager.default.fileExists(atPath: sweeps.path + "/planned/results"))

    #expect(try worker(sweeps, "planned", ["--shard", "0/3"]).status == 0)
    var status = try run(sweeps, ["status", "planned"])
    #expect(status.output.contains("3 of 8 runs are over"))
    let early = try run(sweeps, ["merge", "planned", "--quiet"])
    #expect(early.status == 1)
    #expect(early.output.contains("3 of 8 runs"))
    // Part 1 is made twice, and the rest by a program that makes all.
    for _ in 0..<2 { #expect(try worker(sweeps, "planned", ["--shard", "1/3"]).status == 0) }
    #expect(try worker(sweeps, "planned", ["--shard", "1/3"]).output.contains("0 runs are missing"))
    #expect(try worker(sweeps, "planned", ["--shard", "0/1"]).status == 0)
    status = try run(sweeps, ["status", "planned"])
    #expect(status.output.contains("8 of 8 runs are over"))
    #expect(try run(sweeps, ["merge", "planned", "--quiet"]).status == 0)
    for name in ["results.csv", "results.json"] {
      #expect(try sweeps.text("planned/" + name) == sweeps.text("whole/" + name))
    }
    #expect(try sweeps.text("planned/timings.csv").split(separator: "\r\n").count == 9)
  }

  @Test func workersAtTheSameTimeDoNotHinderEachOther() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    #expect(try plan(sweeps, tasks: 2).status == 0)
    let processes = try ["0/2", "1/2", "0/1", "0/1"].map { shard in
      let process = Executable.process([
        "sweep", "worker", "planned", "--shard", shard, "--threads", "1", "--data", Executable.sample,
        "--runs-dir",
        sweeps.path,
      ])
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      return process
    }
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    #expect(try run(sweeps, ["merge", "planned", "--quiet"]).status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: sweeps.path + "/planned/results")
    #expect(names.count == 4)
  }

  @Test func aForgedResultIsFoundAndNamed() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    #expect(try plan(sweeps, tasks: 1).status == 0)
    #expect(try worker(sweeps, "planned", []).status == 0)
    let folder = sweeps.path + "/planned/results/"
    let name = try #require(FileManager.default.contentsOfDirectory(atPath: folder).first)
    let text = try sweeps.text("planned/results/" + name)
    let accuracy = try #require(text.firstMatch(of: /"test_accuracy":0\.[0-9]+/)).0
    try text.replacing(accuracy, with: "\"test_accuracy\":0.987")
      .write(toFile: folder + "9of9-forged.jsonl", atomically: true, encoding: .utf8)
    let result = try run(sweeps, ["merge", "planned"])
    #expect(result.status == 65)
    #expect(result.error.contains(name) && result.error.contains("9of9-forged.jsonl"))
    #expect(result.error.contains("disagree on the run"))
    #expect(!FileManager.default.fileExists(atPath: sweeps.path + "/planned/results.csv"))
  }

  @Test func aMachineOfOtherBitsRefuses() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    #expect(try plan(sweeps, tasks: 1).status == 0)
    let record = try sweeps.text("planned/sweep.json")
    let probe = try #require(record.firstMatch(of: /"probe": "([0-9a-f]{16})"/))
    try record.replacing(probe.1, with: "0123456789abcdef")
      .write(toFile: sweeps.path + "/planned/sweep.json", atomically: true, encoding: .utf8)
    for arguments in [["worker", "planned"], ["--resume", "planned"]] {
      let result = try run(sweeps, arguments + ["--data", Executable.sample])
      #expect(result.status == 65)
      #expect(result.error.contains("0123456789abcdef") && result.error.contains(probe.1))
      #expect(result.error.contains("FMNIST_KERNELS="))
    }
  }

  @Test func aWorkerOfAnotherVersionRefuses() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    #expect(try plan(sweeps, tasks: 1).status == 0)
    let record = try sweeps.text("planned/sweep.json")
    let version = try #require(record.firstMatch(of: /"version": "([^"]+)"/))
    try record.replacing(version.0, with: "\"version\": \"0.0.1\"")
      .write(toFile: sweeps.path + "/planned/sweep.json", atomically: true, encoding: .utf8)
    let result = try worker(sweeps, "planned", [])
    #expect(result.status == 65)
    #expect(result.error.contains("planned by fmnist-tui 0.0.1, and this is \(version.1)"))
  }

  /// A scheduler sends its signal several times, and to every process.
  @Test(arguments: [SIGTERM, SIGUSR1])
  func aSignalEndsAWorkerInOrderAndAnotherGoesOnToTheSameBits(number: Int32) throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    let lists = [
      "--dropout", "0,0.5", "--train-size", "512", "--hidden", "64", "--epochs", "60", "--early-stopping",
      "40",
      "--validation", "64", "--data", Executable.sample,
    ]
    #expect(try run(sweeps, ["plan"] + lists + ["--name", "planned"]).status == 0)
    #expect(try run(sweeps, ["plan"] + lists + ["--name", "whole"]).status == 0)
    #expect(try worker(sweeps, "whole", []).status == 0)
    let process = Executable.process([
      "sweep", "worker", "planned", "--threads", "2", "--data", Executable.sample, "--runs-dir", sweeps.path,
      "--checkpoint-every", "0",
    ])
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let checkpoints = sweeps.path + "/planned/checkpoints"
    for _ in 0..<6000 where process.isRunning {
      if let names = try? FileManager.default.contentsOfDirectory(atPath: checkpoints), !names.isEmpty {
        break
      }
      usleep(1000)
    }
    for _ in 0..<4 where process.isRunning {
      kill(process.processIdentifier, number)
      usleep(150_000)
    }
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect([128 + number, 0].contains(process.terminationStatus))
    #expect(try worker(sweeps, "planned", ["--checkpoint-every", "0"]).status == 0)
    for sweep in ["planned", "whole"] { #expect(try run(sweeps, ["merge", sweep, "--quiet"]).status == 0) }
    #expect(try sweeps.text("planned/results.csv") == sweeps.text("whole/results.csv"))
    // What is over needs no checkpoint.
    #expect(try FileManager.default.contentsOfDirectory(atPath: checkpoints).isEmpty)
  }

  @Test func whatGoesWrongBesideTheResultsIsToldAndCostsNone() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    #expect(try plan(sweeps, tasks: 1).status == 0)
    // Neither can be a folder.
    for name in ["checkpoints", "alive"] {
      try Data().write(to: sweeps.folder.appending(path: "planned/\(name)"))
    }
    let worked = try worker(sweeps, "planned", ["--shard", "0/1", "--checkpoint-every", "0"])
    #expect(worked.status == 0)
    for name in ["checkpoints", "alive"] {
      #expect(
        worked.error.components(separatedBy: "Warning: \(sweeps.path)/planned/\(name)").count == 2,
        "told once: \(worked.error)")
    }
    #expect(worked.error.contains("No result depends on it."))
    // Who makes all looks for checkpoints too.
    #expect(try plan(sweeps, tasks: 1, name: "alone").status == 0)
    try Data().write(to: sweeps.folder.appending(path: "alone/checkpoints"))
    let alone = try run(sweeps, ["--resume", "alone", "--quiet", "--no-tui", "--data", Executable.sample])
    #expect(alone.status == 0)
    #expect(alone.error.contains("Warning: \(sweeps.path)/alone/checkpoints"))
    for sweep in ["planned", "alone"] { #expect(try run(sweeps, ["merge", sweep, "--quiet"]).status == 0) }
    #expect(try sweeps.text("planned/results.csv") == sweeps.text("alone/results.csv"))
  }

  @Test func moreTasksThanAJobArrayMayHaveAreRefusedBeforeTheyArePlanned() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    let bin = sweeps.path + "/bin"
    try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
    for (name, says) in [("scontrol", "MaxArraySize            = 5"), ("sbatch", "77")] {
      try Data("#!/bin/sh\necho '\(says)'\n".utf8).write(to: URL(filePath: "\(bin)/\(name)"))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(bin)/\(name)")
    }
    func send(_ arguments: [String]) throws -> Executable.Result {
      try Executable.run(
        arguments + ["--data", Executable.sample, "--on", "slurm", "--runs-dir", sweeps.path],
        environment: ["PATH": bin + ":/usr/bin:/bin"])
    }
    let seeds = ["--replicates", "5", "--no-compare", "--train-size", "64", "--epochs", "1"]
    for arguments in [["sweep"] + Sweeps.small, seeds] {
      let refused = try send(arguments + ["--tasks", "5"])
      #expect(refused.status == 64)
      #expect(refused.error.contains("--tasks 5: ") && refused.error.contains("Give --tasks 4"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: sweeps.path) == ["bin"], "nothing is left")
    }
    for (name, arguments) in [("lists", ["sweep"] + Sweeps.small), ("seeds", seeds)] {
      #expect(try send(arguments + ["--tasks", "4", "--name", name]).status == 0)
    }
  }

  @Test func withoutSlurmTheScriptIsWrittenAndTold() throws {
    let sweeps = Sweeps()
    defer { sweeps.remove() }
    let arguments =
      Sweeps.small + ["--data", Executable.sample, "--on", "slurm", "--tasks", "4", "--time", "00:10:00"]
    let dry = try run(sweeps, arguments + ["--dry-run", "--name", "dry"])
    #expect(dry.status == 0, "\(dry.error)")
    #expect(dry.output.contains("sbatch \(sweeps.path)/dry/submit.sbatch"))
    let script = try sweeps.text("dry/submit.sbatch")
    #expect(script.contains("#SBATCH --array=0-3\n") && script.contains("--data \(Executable.sample)"))
    // No task without a run.
    let many = try run(sweeps, arguments + ["--dry-run", "--name", "many", "--tasks", "1000"])
    let runs = try #require(many.output.firstMatch(of: #/= ([0-9]+) runs in ([0-9]+) parts/#))
    #expect(runs.output.1 == runs.output.2)
    #expect(try sweeps.text("many/submit.sbatch").contains("--array=0-\((Int(runs.output.1) ?? 0) - 1)\n"))
    let sent = try Executable.run(
      ["sweep"] + arguments + ["--runs-dir", sweeps.path, "--name", "sent"], environment: ["PATH": "/nowhere"]
    )
    #expect(sent.status == 69)
    #expect(sent.error.contains("sbatch cannot be started") && sent.error.contains("sent/submit.sbatch"))
  }

  @Test(arguments: [
    (["plan", "--dropout", "0,0.5", "--tasks", "0"], "--tasks 0"),
    (["--dropout", "0,0.5", "--tasks", "3"], "without --on slurm"),
    (["--dropout", "0,0.5", "--on", "slurm", "--slurm", "x y=1"], "--slurm x y=1"),
    (["--dropout", "0,0.5", "--on", "slurm", "--slurm", "array=0-9"], "Give --tasks alone"),
    (["--dropout", "0,0.5", "--on", "slurm", "--slurm", "cpus-per-task=3"], "Give --cpus alone"),
    (["--dropout", "0,0.5", "--on", "slurm", "--slurm", "wrap=ls"], "--slurm wrap: "),
    (["--dropout", "0,0.5", "--on", "slurm", "--time", "5", "--slurm", "time=9"], "Give --time alone"),
    (["--dropout", "0,0.5", "--on", "slurm", "--partition", "a\n#SBATCH --wrap=x"], "line breaks"),
    (["worker", "none", "--shard", "3/3"], "--shard 3/3"),
    (["--resume", "x", "--on", "slurm"], "sweep submit"),
  ])
  func whatCannotBeIsRefusedByName(arguments: [String], text: String) throws {
    let result = try Executable.run(["sweep"] + arguments)
    #expect(result.status == 64)
    #expect(result.error.contains(text), "\(result.error)")
  }
}
