import ArgumentParser
import Datasets
import Experiment
import Platform
import Reports
import Sessions
import TerminalUI

/// `fmnist-tui sweep worker`: makes a part of a sweep's runs beside others.
struct SweepWorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Make a part of the runs of a sweep that was planned.",
    discussion: """
      Without --shard the part is the number that a launcher gives each of its tasks: \
      \(SweepShard.variables.joined(separator: ", ")). The number of parts is the sweep's.

      Any number of workers may be at work at a time, on all machines that see the folder, even on the same part: each \
      keeps its results in a file of its own. What is over is not made again. A worker whose machine computes other bits \
      refuses. SIGTERM and SIGUSR1 end it in order.
      """)

  @Argument(help: ArgumentHelp("The sweep: its folder, its name, or 'latest'.", valueName: "sweep"))
  var sweep: String
  @Option(
    help: ArgumentHelp("Which part of how many, from 0.", valueName: "I/N"),
    transform: { text in
      guard let shard = SweepShard(text) else {
        throw ValidationError(
          "--shard \(text): expected a part and the number of parts. Give for example 0/8.")
      }
      return shard
    })
  var shard: SweepShard?
  @OptionGroup var threads: SweepThreadOptions
  @OptionGroup var folder: SweepFolderOptions
  @OptionGroup var source: DataDirectoryOption
  @Flag(help: "Also make runs that went wrong before, for example for want of memory.")
  var retryFailed = false
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Seconds after which a long run is kept. (default: 60)", valueName: "seconds"))
  var checkpointEvery = 60.0

  mutating func validate() throws {
    try folder.validate(for: sweep)
    guard (0.0...1e6).contains(checkpointEvery) else {
      throw ValidationError(
        "--checkpoint-every \(checkpointEvery): it lies in 0...1000000. Give for example 60.")
    }
  }

  mutating func run() throws {
    Interruption.installForJob()
    let environment = Environment.variables
    let found = try FoundSweep(sweep, in: folder.runsDir)
    let shard = try shard ?? Self.shard(environment, of: found.record.shards)
    let dataset = try source.load(trainedOn: found.dataset)
    let kept = try KeptSweep(resuming: found, dataset: dataset, shard: shard)
    try MemoryCheck(found.record.plan, trainingImages: dataset.train.count, threads: threads.count).run()
    let maker = try SweepMaker(
      kept, dataset: dataset, shard: shard, threads: threads.count, retriesFailed: retryFailed,
      checkpointInterval: .seconds(checkpointEvery), environment: environment)
    defer { maker.end() }
    let report = SweepReport(
      source: dataset.source, trainCount: dataset.train.count, testCount: dataset.test.count,
      threads: threads.count, traits: TerminalTraits(environment: environment))
    try StandardStream.output.write(
      lines: kept.notes + ["Part \(shard) of \(kept.folder.path): \(maker.wanted.count) runs are missing."])
    do {
      while !maker.isIdle, Interruption.signal == nil {
        for result in try maker.advance() {
          try StandardStream.output.write(lines: [report.line(result, maker.progress, secondsRemaining: nil)])
        }
        usleep(SweepMaker.interval)
      }
      maker.stop()
      _ = try maker.advance()
    } catch {
      maker.stop()
      throw error
    }
    if let signal = Interruption.signal {
      // Its time was nearly over: what is missing wants another one.
      if signal == SIGUSR1 { Slurm.requeue(environment) }
      throw ExitCode(Interruption.status(of: signal).rawValue)
    }
    guard maker.failures.isEmpty else { throw ExitCode(ProgramStatus.internalError.rawValue) }
  }

  /// The part that a launcher gives this task.
  private static func shard(_ environment: [String: String], of count: Int) throws -> SweepShard {
    switch SweepShard.given(environment, of: count) {
    case .some(let shard): return shard
    case .none where count == 1: return .all
    case .none:
      throw ValidationError(
        "The sweep is shared in \(count) parts, and no launcher says which one this is. Give --shard I/\(count)."
      )
    }
  }
}
