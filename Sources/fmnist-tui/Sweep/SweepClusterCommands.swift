import ArgumentParser
import Experiment
import Messages
import Platform
import Reports
import Sessions

/// The options that describe a job of a cluster.
struct ClusterOptions: ParsableArguments {
  /// A cluster's scheduler.
  enum Scheduler: String, ExpressibleByArgument, CaseIterable {
    case slurm
  }

  @Option(
    help: ArgumentHelp(
      "Send the runs to a cluster instead: 'slurm'.", "把运行发送到集群：'slurm'。", valueName: "scheduler"))
  var on: Scheduler?
  @Option(help: ArgumentHelp("Slurm's partition.", "Slurm 的分区。", valueName: "name"))
  var partition: String?
  @Option(help: ArgumentHelp("Slurm's account.", "Slurm 的账户。", valueName: "name"))
  var account: String?
  @Option(help: ArgumentHelp("The longest time of a task.", "一个任务最长的时间。", valueName: "hh:mm:ss"))
  var time: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Tasks of the job array, which share the runs. (default: 8)", "作业数组的任务数，运行由它们分担。（默认：8）",
      valueName: "count"))
  var tasks = 8
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Processors of a task, and so its runs at a time. (default: 1)", "一个任务的处理器数，也就是它同时训练的运行数。（默认：1）",
      valueName: "count"))
  var cpus = 1
  @Option(
    help: ArgumentHelp(
      "Any other option of sbatch, for example mem=4G or exclusive; may be repeated.",
      "sbatch 的任何其他选项，例如 mem=4G 或 exclusive；可重复。",
      valueName: "key[=value]"))
  var slurm: [String] = []
  @Flag(help: ArgumentHelp("Write the job's script and do not send it.", "写出作业的脚本而不发送。"))
  var dryRun = false

  static func check(tasks: Int) throws {
    guard (1...100_000).contains(tasks) else {
      throw ValidationError(
        says(
          "--tasks \(tasks): the number of tasks lies in 1...100000. Give for example 8.",
          "--tasks \(tasks)：任务数在 1...100000 之内。例如用 8。"))
    }
  }

  mutating func validate() throws {
    try Self.check(tasks: tasks)
    guard SessionOptions.allowedThreads.contains(cpus) else {
      throw ValidationError(
        says(
          "--cpus \(cpus): the number of processors lies in \(SessionOptions.allowedThreads). Give for example 4.",
          "--cpus \(cpus)：处理器数在 \(SessionOptions.allowedThreads) 之内。例如用 4。")
      )
    }
    for text in [partition, account, time].compactMap(\.self) + slurm {
      guard !text.isEmpty, text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
        throw ValidationError(
          says(
            "'\(text.printable)' cannot be a line of a job's script. Give a text without line breaks.",
            "'\(text.printable)' 不能作作业脚本的一行。请用不含换行的文字。"))
      }
    }
    for text in slurm {
      let name = text.prefix { $0 != "=" }
      guard let first = name.first, first.isASCII, first.isLetter,
        name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
      else {
        throw ValidationError(
          says(
            "--slurm \(text.printable): expected an option of sbatch. Give for example mem=4G.",
            "--slurm \(text.printable)：这里应是 sbatch 的一个选项。例如用 mem=4G。"))
      }
      try checkOwn(String(name))
    }
    guard
      on != nil
        || (partition ?? account ?? time) == nil && slurm.isEmpty && !dryRun && tasks == 8 && cpus == 1
    else {
      throw ValidationError(
        says(
          "The options of a cluster's job mean nothing without --on slurm. Add it, or leave them out.",
          "没有 --on slurm 时，集群作业的选项没有意义。请加上它，或去掉这些选项。"))
    }
  }

  /// Refuses what would take the script's parts apart, or be said a second time.
  private func checkOwn(_ name: String) throws {
    let given = ["partition": partition, "account": account, "time": time]
    let own = ["array": "--tasks", "cpus-per-task": "--cpus"][name]
    let isTwice = given[name].flatMap(\.self) != nil
    guard own != nil || isTwice || name == "wrap" else { return }
    let instead =
      (own ?? (isTwice ? "--\(name)" : nil)).map { says(" Give \($0) alone.", "请只用 \($0)。") } ?? ""
    throw ValidationError(
      says(
        "--slurm \(name): the script says that itself, and would make other runs.\(instead)",
        "--slurm \(name)：脚本自己已有这一项，否则会训练别的运行。\(instead)"))
  }

  /// Refuses options that were given although they mean nothing where the runs are made.
  func refuse(_ options: [(name: String, isGiven: Bool)]) throws {
    guard let option = options.first(where: \.isGiven)?.name else { return }
    let instead =
      ["--threads": "--cpus", "--time-limit": "--time"][option].map {
        says(": give \($0) instead", "：请改用 \($0)")
      } ?? ""
    throw ValidationError(
      says(
        "\(option) means nothing with --on slurm, where tasks of a cluster make the runs\(instead). Leave one of them out.",
        "用 --on slurm 时运行由集群的任务训练，\(option) 没有意义\(instead)。请去掉其中一个。")
    )
  }

  /// Refuses more tasks than a job array may have here, before anything is planned in so many parts.
  func checkLargestArray(_ tasks: Int) throws {
    guard on != nil, !dryRun, let most = Slurm.mostTasks(), tasks > most else { return }
    throw ValidationError(
      says(
        "--tasks \(tasks): a job array has at most \(most) tasks here (Slurm's MaxArraySize). Give --tasks \(most): each makes "
          + "as many runs as it takes.",
        "--tasks \(tasks)：这里的作业数组最多有 \(most) 个任务（Slurm 的 MaxArraySize）。请用 --tasks \(most)：每个任务训练所需的多个运行。"
      ))
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
      ? StandardStream.output.write(lines: [
        says("To send it: sbatch \(kept.folder.script)", "要发送它：sbatch \(kept.folder.script)")
      ])
      : SweepSubmitCommand.send(sent, parts: Array(0..<kept.record.shards))
  }
}

/// `fmnist-tui sweep submit`: sends what is missing of a sweep again.
struct SweepSubmitCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "submit",
      abstract: says(
        "Send the parts of a sweep that are not complete to Slurm again.", "把扫描中未完成的部分再次发送给 Slurm。"))
  }

  @OptionGroup var argument: SweepArgument

  @OptionGroup var language: LanguageOption

  mutating func run() throws {
    let kept = try argument.read()
    let parts = SweepStatus(kept).incompleteShards
    guard !parts.isEmpty else {
      return try StandardStream.output.write(
        lines: [
          says(
            "Nothing is missing. The results: fmnist-tui sweep merge \(kept.folder.path)",
            "什么也不缺。结果：fmnist-tui sweep merge \(kept.folder.path)")
        ])
    }
    try Self.send(SentSweep(kept), parts: parts)
  }

  static func send(_ sent: SentSweep, parts: [Int]) throws {
    let job = try sent.submit(parts)
    let path = sent.folder.path
    try StandardStream.output.write(lines: [
      says(
        "Sent as job \(job), \(parts.count == 1 ? "1 task" : "\(parts.count) tasks").",
        "已作为作业 \(job) 发送，\(parts.count) 个任务。"),
      says("How far it is: fmnist-tui sweep status \(path)", "进度：fmnist-tui sweep status \(path)"),
      says("Its map, live: fmnist-tui sweep open \(path)", "实时地图：fmnist-tui sweep open \(path)"),
      says("The results: fmnist-tui sweep merge \(path)", "结果：fmnist-tui sweep merge \(path)"),
      says("To end it: fmnist-tui sweep cancel \(path)", "要结束它：fmnist-tui sweep cancel \(path)"),
    ])
  }
}

/// `fmnist-tui sweep cancel`: ends a sweep's jobs.
struct SweepCancelCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "cancel",
      abstract: says("End the jobs of a sweep on a cluster; what is over is kept.", "结束扫描在集群上的作业；已完成的保留。"))
  }

  @OptionGroup var argument: SweepArgument

  @OptionGroup var language: LanguageOption

  mutating func run() throws {
    let folder = try argument.find().folder
    let jobs = try SentJobs.all(in: folder)
    guard !jobs.isEmpty else {
      throw Failure(
        status: .missingInput,
        message: says("\(folder.path): no job was sent for this sweep.", "\(folder.path)：这个扫描没有发送过作业。"))
    }
    try Slurm.cancel(jobs)
    try StandardStream.output.write(lines: [
      says(
        "Ended \(jobs.count == 1 ? "job" : "jobs") \(jobs.joined(separator: ", ")). To go on: fmnist-tui sweep submit \(folder.path)",
        "已结束作业 \(jobs.joined(separator: "、"))。要继续：fmnist-tui sweep submit \(folder.path)")
    ])
  }
}
