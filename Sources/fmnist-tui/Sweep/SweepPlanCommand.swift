import ArgumentParser
import Datasets
import Experiment
import Messages
import Platform
import Sessions

/// `fmnist-tui sweep plan`: writes down a sweep and trains nothing.
struct SweepPlanCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "plan",
      abstract: says("Write down a sweep for workers to make, and train nothing.", "记下一个扫描，留给工作进程训练，自己不训练。"))
  }

  @OptionGroup var swept: SweptOptions
  @OptionGroup(title: says("Session", "会话")) var source: DataDirectoryOption
  @OptionGroup(title: says("Session", "会话")) var folder: SweepFolderOptions
  @OptionGroup(title: says("Session", "会话")) var naming: SweepNameOption
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "In how many parts workers share the runs. (default: 1)", "运行分成多少部分由工作进程分担。（默认：1）", valueName: "count"))
  var tasks = 1

  @OptionGroup var language: LanguageOption

  mutating func validate() throws {
    try ClusterOptions.check(tasks: tasks)
    _ = try swept.specification(source)
  }

  mutating func run() throws {
    Interruption.install()
    let dataset = try source.load()
    let kept = try KeptSweep(
      beginning: PlannedSweep(swept.specification(source), on: dataset), in: folder.runsDir,
      name: naming.name,
      shards: tasks, dataset: dataset)
    let path = kept.folder.path
    try StandardStream.output.write(lines: [
      Self.summary(kept),
      says(
        "Part I of them: fmnist-tui sweep worker \(path) --shard I/\(kept.record.shards)",
        "其中第 I 部分：fmnist-tui sweep worker \(path) --shard I/\(kept.record.shards)"),
      says(
        "All on this machine: fmnist-tui sweep --resume \(path)", "全部在这台机器上：fmnist-tui sweep --resume \(path)"
      ),
      says("The results: fmnist-tui sweep merge \(path)", "结果：fmnist-tui sweep merge \(path)"),
    ])
  }

  /// How much there is to make.
  static func summary(_ kept: KeptSweep) -> String {
    let plan = kept.record.plan
    let runs = plan.cells.count * plan.seeds
    return says(
      "Planned \(kept.folder.path): \(plan.cells.count) \(plan.sideNames.isEmpty ? "cells" : "sides") × \(plan.seeds) seeds = "
        + "\(runs) runs in \(kept.record.shards == 1 ? "1 part" : "\(kept.record.shards) parts").",
      "已计划 \(kept.folder.path)：\(plan.cells.count) \(plan.sideNames.isEmpty ? "格" : "方") × \(plan.seeds) 个种子 = "
        + "\(runs) 个运行，分成 \(kept.record.shards) 部分。")
  }
}
