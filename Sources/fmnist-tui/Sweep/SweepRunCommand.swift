import ArgumentParser
import Dashboard
import Datasets
import Experiment
import Messages
import Platform
import Reports
import Sessions
import TerminalUI

/// `fmnist-tui sweep run`: trains every combination of some settings on this machine, or sends it to a cluster.
struct SweepRunCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "run",
      abstract: says("Train a sweep on this machine, or send it to a cluster.", "在这台机器上训练扫描，或把它发送到集群。"),
      discussion: says(
        "'fmnist-tui sweep --help' tells how lists are written.", "'fmnist-tui sweep --help' 说明列表怎么写。"))
  }

  @OptionGroup var swept: SweptOptions
  @Option(
    help: ArgumentHelp(
      "Go on with a sweep: its folder, its name, or 'latest'.", "继续一个扫描：它的文件夹、名称，或 'latest'。",
      valueName: "sweep"))
  var resume: String?
  @OptionGroup(title: says("Session", "会话")) var source: DataDirectoryOption
  @OptionGroup(title: says("Session", "会话")) var threads: SweepThreadOptions
  @OptionGroup(title: says("Session", "会话")) var folder: SweepFolderOptions
  @OptionGroup(title: says("Session", "会话")) var naming: SweepNameOption
  @OptionGroup(title: says("Session", "会话")) var output: SweepOutputOptions
  @OptionGroup(title: says("Cluster", "集群")) var cluster: ClusterOptions

  @OptionGroup var language: LanguageOption

  mutating func validate() throws {
    if cluster.on != nil {
      try cluster.refuse([
        ("--threads", threads.threads != nil), ("--format jsonl", output.format == .jsonLines),
      ])
    }
    if let resume { try folder.validate(for: resume) }
    guard resume != nil else {
      _ = try swept.specification(source)
      return
    }
    guard swept.isEmpty, naming.name == nil, cluster.on == nil else {
      throw ValidationError(
        says(
          "--resume goes on with the sweep's own settings in its own folder. Leave the other options of the sweep out; "
            + "'fmnist-tui sweep submit' sends what is missing to a cluster.",
          "--resume 在扫描自己的文件夹中用它自己的设置继续。请去掉扫描的其他选项；"
            + "'fmnist-tui sweep submit' 把所缺的发送到集群。")
      )
    }
  }

  mutating func run() throws {
    Interruption.install()
    if cluster.on != nil {
      let dataset = try source.load()
      let sweep = try PlannedSweep(swept.specification(source), on: dataset)
      // A task without a run would only wait for its turn.
      let shards = min(cluster.tasks, sweep.plan.cells.count * sweep.plan.seeds)
      try cluster.checkLargestArray(shards)
      let kept = try KeptSweep(
        beginning: sweep, in: folder.runsDir, name: naming.name, shards: shards, dataset: dataset)
      return try cluster.send(kept, dataOptions: source.words)
    }
    let found = try resume.map { try FoundSweep($0, in: folder.runsDir) }
    let dataset = try found.map { try source.load(madeOn: $0.dataset) } ?? source.load()
    let kept = try found.map { try goOn(with: $0, dataset) } ?? begin(dataset)
    var traits = TerminalTraits(environment: Environment.variables)
    if output.ascii { traits.encoding = .ascii }
    let sweep = SweepSession(
      kept, dataset: dataset, output: output.plan, threads: threads.count, traits: traits)
    let status = try sweep.run()
    guard status == .success else { throw ExitCode(status.rawValue) }
  }

  private func begin(_ dataset: Dataset) throws -> KeptSweep {
    let sweep = try PlannedSweep(swept.specification(source), on: dataset)
    try ProcessRoom.demand(threads: threads.count)
    try MemoryCheck(sweep.plan, trainingImages: dataset.train.count, threads: threads.count).run()
    return try KeptSweep(beginning: sweep, in: folder.runsDir, name: naming.name, dataset: dataset)
  }

  private func goOn(with sweep: FoundSweep, _ dataset: Dataset) throws -> KeptSweep {
    let kept = try KeptSweep(resuming: sweep, dataset: dataset)
    try ProcessRoom.demand(threads: threads.count)
    try MemoryCheck(sweep.record.plan, trainingImages: dataset.train.count, threads: threads.count).run()
    return kept
  }
}
