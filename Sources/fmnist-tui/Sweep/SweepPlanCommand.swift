import ArgumentParser
import Datasets
import Experiment
import Platform
import Sessions

/// `fmnist-tui sweep plan`: writes down a sweep and trains nothing.
struct SweepPlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Write down a sweep for workers to make, and train nothing.")

  @OptionGroup var swept: SweptOptions
  @OptionGroup(title: "Session") var source: DataDirectoryOption
  @OptionGroup(title: "Session") var folder: SweepFolderOptions
  @OptionGroup(title: "Session") var naming: SweepNameOption
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("In how many parts workers share the runs. (default: 1)", valueName: "count"))
  var tasks = 1

  mutating func validate() throws {
    try ClusterOptions.check(tasks: tasks)
    _ = try swept.specification(source)
  }

  mutating func run() throws {
    Interruption.install()
    let kept = try Self.begin(
      swept.specification(source), source: source, in: folder.runsDir, name: naming.name, shards: tasks)
    let path = kept.folder.path
    try StandardStream.output.write(lines: [
      Self.summary(kept),
      "Part I of them: fmnist-tui sweep worker \(path) --shard I/\(kept.record.shards)",
      "All on this machine: fmnist-tui sweep --resume \(path)",
      "The results: fmnist-tui sweep merge \(path)",
    ])
  }

  /// Begins the folder of a sweep that workers make.
  static func begin(
    _ specification: SweepSpecification, source: DataDirectoryOption, in directory: String, name: String?,
    shards: Int
  ) throws -> KeptSweep {
    let dataset = try source.load()
    return try KeptSweep(
      beginning: PlannedSweep(specification, on: dataset), in: directory, name: name, shards: shards,
      dataset: dataset)
  }

  /// How much there is to make.
  static func summary(_ kept: KeptSweep) -> String {
    let plan = kept.record.plan
    return
      "Planned \(kept.folder.path): \(plan.cells.count) \(plan.sideNames.isEmpty ? "cells" : "sides") × \(plan.seeds) seeds = "
      + "\(plan.cells.count * plan.seeds) runs in \(kept.record.shards) parts."
  }
}
