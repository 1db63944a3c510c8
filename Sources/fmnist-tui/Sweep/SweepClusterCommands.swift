import ArgumentParser
import Experiment
import Platform
import Reports
import Sessions

/// The options that describe a job of a cluster.
struct ClusterOptions: ParsableArguments {
  /// A cluster's scheduler.
  enum Scheduler: String, ExpressibleByArgument, CaseIterable {
    case slurm
  }

  @Option(help: ArgumentHelp("Send the runs to a cluster instead: 'slurm'.", valueName: "scheduler"))
  var on: Scheduler?
  @Option(help: ArgumentHelp("Slurm's partition.", valueName: "name"))
  var partition: String?
  @Option(help: ArgumentHelp("Slurm's account.", valueName: "name"))
  var account: String?
  @Option(help: ArgumentHelp("The longest time of a task.", valueName: "hh:mm:ss"))
  var time: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Tasks of the job array, which share the runs. (default: 8)", valueName: "count"))
  var tasks = 8
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Processors of a task, and so its runs at a time. (default: 1)", valueName: "count"))
  var cpus = 1
  @Option(
    help: ArgumentHelp(
      "Any other option of sbatch, for example mem=4G or exclusive; may be repeated.",
      valueName: "key[=value]"))
  var slurm: [String] = []
  @Flag(help: "Write the job's script and do not send it.")
  var dryRun = false

  static func check(tasks: Int) throws {
    guard (1...100_000).contains(tasks) else {
      throw ValidationError("--tasks \(tasks): the number of tasks lies in 1...100000. Give for example 8.")
    }
  }

  mutating func validate() throws {
    try Self.check(tasks: tasks)
    guard SessionOptions.allowedThreads.contains(cpus) else {
      throw ValidationError(
        "--cpus \(cpus): the number of processors lies in \(SessionOptions.allowedThreads). Give for example 4."
      )
    }
    for text in [partition, account, time].compactMap(\.self) + slurm {
      guard !text.isEmpty, text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
        throw ValidationError(
          "'\(text.printable)' cannot be a line of a job's script. Give a text without line breaks.")
      }
    }
    for text in slurm {
      let name = text.prefix { $0 != "=" }
      guard let first = name.first, first.isASCII, first.isLetter,
        name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
      else {
        throw ValidationError(
          "--slurm \(text.printable): expected an option of sbatch. Give for example mem=4G.")
      }
    }
    guard
      on != nil
        || (partition ?? account ?? time) == nil && slurm.isEmpty && !dryRun && tasks == 8 && cpus == 1
    else {
      throw ValidationError(
        "The options of a cluster's job mean nothing without --on slurm. Add it, or leave them out.")
    }
  }

  /// Refuses options that were given although they mean nothing where the runs are made.
  func refuse(_ options: [(name: String, isGiven: Bool)]) throws {
    guard let option = options.first(where: \.isGiven)?.name else { return }
    let instead =
      ["--threads": "--cpus", "--time-limit": "--time"][option].map { ": give \($0) instead" } ?? ""
    throw ValidationError(
      "\(option) means nothing with --on slurm, where tasks of a cluster make the runs\(instead). Leave one of them out."
    )
  }

  /// What `sbatch` is told.
  private var options: SlurmScript.Options {
    SlurmScript.Options(
      partition: partition, account: account, time: time, cpus: cpus,
      others: slurm.map { text in
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
          String.init)
        return (parts[0], parts.count > 1 ? parts[1] : nil)
      })
  }

  /// Writes the script of a new sweep and sends it.
  func send(_ kept: KeptSweep, dataOptions: [String]) throws {
    let sent = try SentSweep(kept, options: options, dataOptions: dataOptions)
    try StandardStream.output.write(lines: [SweepPlanCommand.summary(kept)])
    try dryRun
      ? StandardStream.output.write(lines: ["To send it: sbatch \(kept.folder.script)"])
      : SweepSubmitCommand.send(sent, parts: Array(0..<kept.record.shards))
  }
}

/// `fmnist-tui sweep submit`: sends what is missing of a sweep again.
struct SweepSubmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Send the parts of a sweep that are not complete to Slurm again.")

  @OptionGroup var argument: SweepArgument

  mutating func run() throws {
    let kept = try argument.read()
    let parts = SweepStatus(kept).incompleteShards
    guard !parts.isEmpty else {
      return try StandardStream.output.write(
        lines: ["Nothing is missing. The results: fmnist-tui sweep merge \(kept.folder.path)"])
    }
    try Self.send(SentSweep(kept), parts: parts)
  }

  static func send(_ sent: SentSweep, parts: [Int]) throws {
    let job = try sent.submit(parts)
    let path = sent.folder.path
    try StandardStream.output.write(lines: [
      "Sent as job \(job), \(parts.count == 1 ? "1 task" : "\(parts.count) tasks").",
      "How far it is: fmnist-tui sweep status \(path)", "Its map, live: fmnist-tui sweep open \(path)",
      "The results: fmnist-tui sweep merge \(path)", "To end it: fmnist-tui sweep cancel \(path)",
    ])
  }
}

/// `fmnist-tui sweep cancel`: ends a sweep's jobs.
struct SweepCancelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "End the jobs of a sweep on a cluster; what is over is kept.")

  @OptionGroup var argument: SweepArgument

  mutating func run() throws {
    let folder = try argument.find().folder
    let jobs = try SentJobs.all(in: folder)
    guard !jobs.isEmpty else {
      throw Failure(status: .missingInput, message: "\(folder.path): no job was sent for this sweep.")
    }
    try Slurm.cancel(jobs)
    try StandardStream.output.write(lines: [
      "Ended \(jobs.count == 1 ? "job" : "jobs") \(jobs.joined(separator: ", ")). To go on: fmnist-tui sweep submit \(folder.path)"
    ])
  }
}
