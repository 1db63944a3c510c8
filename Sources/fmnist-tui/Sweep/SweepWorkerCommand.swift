import ArgumentParser
import Datasets
import Experiment
import Messages
import Platform
import Reports
import Sessions
import TerminalUI

/// `fmnist-tui sweep worker`: makes a part of a sweep's runs beside others.
struct SweepWorkerCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "worker",
      abstract: says("Make a part of the runs of a sweep that was planned.", "训练已计划的扫描的一部分运行。"),
      discussion: says(
        """
        Without --shard the part is the number that a launcher gives each of its tasks: \
        \(SweepShard.variables.joined(separator: ", ")). The number of parts is the sweep's.

        Any number of workers may be at work at a time, on all machines that see the folder, even on the same part: each \
        keeps its results in a file of its own. What is over is not made again. A worker whose machine computes other bits \
        refuses. SIGTERM and SIGUSR1 end it in order.
        """,
        """
        不带 --shard 时，第几部分是启动程序给它每个任务的编号：\(SweepShard.variables.joined(separator: "、"))。部分的总数是扫描自己的。

        任意多个工作进程可同时工作，在能看到这个文件夹的所有机器上，甚至在同一部分上：每个把结果写在自己的文件里。已完成的不再训练。所在机器算出不同结果的工作进程会拒绝。SIGTERM 和 SIGUSR1 使它有序地结束。
        """))
  }

  @Argument(
    help: ArgumentHelp(
      "The sweep: its folder, its name, or 'latest'.", "扫描：它的文件夹、名称，或 'latest'。", valueName: "sweep"))
  var sweep: String
  @Option(
    help: ArgumentHelp("Which part of how many, from 0.", "共几部分中的第几部分，从 0 起。", valueName: "I/N"),
    transform: { text in
      guard let shard = SweepShard(text) else {
        throw ValidationError(
          says(
            "--shard \(text): expected a part and the number of parts. Give for example 0/8.",
            "--shard \(text)：应是第几部分和部分的总数。例如用 0/8。"))
      }
      return shard
    })
  var shard: SweepShard?
  @OptionGroup var threads: SweepThreadOptions
  @OptionGroup var folder: SweepFolderOptions
  @OptionGroup var source: DataDirectoryOption
  @Flag(
    help: ArgumentHelp(
      "Also make runs that went wrong before, for example for want of memory.", "也重做先前出错的运行，例如因内存不足的。"))
  var retryFailed = false
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Seconds after which a long run is kept. (default: 60)", "长的运行每过多少秒保存一次。（默认：60）", valueName: "seconds"))
  var checkpointEvery = 60.0

  @OptionGroup var language: LanguageOption

  mutating func validate() throws {
    try folder.validate(for: sweep)
    guard (0.0...1e6).contains(checkpointEvery) else {
      throw ValidationError(
        says(
          "--checkpoint-every \(checkpointEvery): it lies in 0...1000000. Give for example 60.",
          "--checkpoint-every \(checkpointEvery)：在 0...1000000 之内。例如用 60。"))
    }
  }

  mutating func run() throws {
    Interruption.installForJob()
    let environment = Environment.variables
    let found = try FoundSweep(sweep, in: folder.runsDir)
    let shard = try shard ?? Self.shard(environment, of: found.record.shards)
    let dataset = try source.load(madeOn: found.dataset)
    let kept = try KeptSweep(resuming: found, dataset: dataset, shard: shard)
    try ProcessRoom.demand(threads: threads.count)
    try MemoryCheck(found.record.plan, trainingImages: dataset.train.count, threads: threads.count).run()
    let maker = try SweepMaker(
      kept, dataset: dataset, shard: shard, threads: threads.count, retriesFailed: retryFailed,
      checkpointInterval: .seconds(checkpointEvery), environment: environment)
    defer {
      maker.end()
      try? StandardStream.error.write(lines: maker.takeWarnings())
    }
    let report = SweepReport(
      source: dataset.source, trainCount: dataset.train.count, testCount: dataset.test.count,
      threads: threads.count, traits: TerminalTraits(environment: environment))
    try StandardStream.output.write(
      lines: kept.notes + [
        says(
          "Part \(shard) of \(kept.folder.path): \(maker.wanted.count) runs are missing.",
          "\(kept.folder.path) 的第 \(shard) 部分：还缺 \(maker.wanted.count) 个运行。")
      ])
    do {
      while !maker.isIdle, Interruption.signal == nil {
        for result in try maker.advance() {
          try StandardStream.output.write(lines: [report.line(result, maker.progress, secondsRemaining: nil)])
        }
        try StandardStream.error.write(lines: maker.takeWarnings())
        maker.wait()
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
        says(
          "The sweep is shared in \(count) parts, and no launcher says which one this is. Give --shard I/\(count).",
          "扫描分成 \(count) 部分，没有启动程序说明这是第几部分。请给 --shard I/\(count)。")
      )
    }
  }
}
