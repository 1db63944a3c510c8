import ArgumentParser
import Dashboard
import Datasets
import Experiment
import Platform
import Reports
import Sessions
import TerminalUI

/// `fmnist-tui sweep run`: trains every combination of some settings on this machine, or sends it to a cluster.
struct SweepRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Train a sweep on this machine, or send it to a cluster.",
    discussion: "'fmnist-tui sweep --help' tells how lists are written.")

  @OptionGroup var swept: SweptOptions
  @Option(
    help: ArgumentHelp("Go on with a sweep: its folder, its name, or 'latest'.", valueName: "sweep"))
  var resume: String?
  @OptionGroup(title: "Session") var source: DataDirectoryOption
  @OptionGroup(title: "Session") var threads: SweepThreadOptions
  @OptionGroup(title: "Session") var folder: SweepFolderOptions
  @OptionGroup(title: "Session") var naming: SweepNameOption
  @OptionGroup(title: "Session") var output: SweepOutputOptions
  @OptionGroup(title: "Cluster") var cluster: ClusterOptions

  mutating func validate() throws {
    if let resume { try folder.validate(for: resume) }
    guard resume != nil else {
      _ = try swept.specification(source)
      return
    }
    guard swept.isEmpty, naming.name == nil, cluster.on == nil else {
      throw ValidationError(
        "--resume goes on with the sweep's own settings in its own folder. Leave the other options of the sweep out; "
          + "'fmnist-tui sweep submit' sends what is missing to a cluster."
      )
    }
  }

  mutating func run() throws {
    Interruption.install()
    if cluster.on != nil {
      let kept = try SweepPlanCommand.begin(
        swept.specification(source), source: source, in: folder.runsDir, name: naming.name,
        shards: cluster.tasks)
      return try cluster.send(kept, dataOptions: source.words)
    }
    let dataset = try source.load(
      trainedOn: resume.flatMap {
        try KeptSweep.record(of: $0, in: folder.runsDir).plan.cells.first?.configuration.dataset
      })
    if resume == nil { try swept.specification(source).checkMemory(dataset, threads: threads.count) }
    let kept =
      try resume.map { try KeptSweep(resuming: $0, in: folder.runsDir, dataset: dataset) }
      ?? KeptSweep(
        beginning: swept.specification(source), of: dataset.description, in: folder.runsDir,
        name: naming.name, dataset: dataset)
    if resume != nil { try kept.record.plan.checkMemory(dataset, threads: threads.count) }
    var traits = TerminalTraits(environment: Environment.variables)
    if output.ascii { traits.encoding = .ascii }
    let sweep = SweepSession(
      kept, dataset: dataset, output: output.plan, threads: threads.count, traits: traits)
    let status = try sweep.run()
    guard status == .success else { throw ExitCode(status.rawValue) }
  }
}

extension SweepSpecification {
  /// Checks that as many runs as are made at a time have room in the memory.
  fileprivate func checkMemory(_ dataset: Dataset, threads: Int) throws {
    let plan: SweepPlan
    do {
      plan = try self.plan(for: dataset.description, trainingImages: dataset.train.count)
    } catch {
      throw ValidationError(error.description)
    }
    try plan.checkMemory(dataset, threads: threads)
  }
}

extension SweepPlan {
  /// Checks that as many runs as are made at a time have room in the memory.
  func checkMemory(_ dataset: Dataset, threads: Int) throws {
    do {
      try MemoryCheck(self, trainingImages: dataset.train.count, threads: threads).run()
    } catch {
      throw ValidationError(error.description)
    }
  }
}
