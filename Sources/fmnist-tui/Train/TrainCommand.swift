import ArgumentParser
import Dashboard
import Datasets
import Experiment
import Messages
import NeuralNetwork
import Platform
import Reports
import Sessions
import TerminalUI
import Training

/// `fmnist-tui train`: trains and compares.
struct TrainCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "train",
      abstract: says("Train a network, by default beside its twin without dropout.", "训练网络，默认与不用暂退法的孪生运行并排。"),
      discussion: says(
        """
        Run A is what the options describe. Run B is the same without dropout, or what --versus says: it starts \
        from the same weights and sees the same batches, so that nothing but the difference tells them apart. \
        Each further --versus is a further run. The table at the end compares them.

        EXAMPLES:
          fmnist-tui                                    the default experiment
          fmnist-tui --hidden 512,256,128 --epochs 20   deeper and longer
          fmnist-tui --versus dropout=0.1,0.3           dropout 0.2,0.5 and 0.1,0.3
          fmnist-tui --versus seed=2                    how much chance alone does
          fmnist-tui --versus lr=0.1 --versus 'adam: optimizer=adam lr=1e-3'
                                                        three runs, the last one with a name
          fmnist-tui --fork 470:lr=0.1                  from step 470 on, a third run with another rate
          fmnist-tui --replicates 5                     five seeds of each side: means and intervals
          fmnist-tui --replicates 50 --on slurm --tasks 10
                                                        the same on a cluster
          fmnist-tui --preset polynomial                a regression: fitting, under- and overfitting
          fmnist-tui --preset fast-90                   90 % test accuracy in seconds
          fmnist-tui --config runs/exp3/run.json --epochs 20
                                                        the runs of a session again, with more epochs
          fmnist-tui --no-compare --fail-under 0.82     a check for scripts
          fmnist-tui --no-tui --baseline exp3 --max-drop 0.5 --time-limit 600 --summary checks.md
          fmnist-tui --format jsonl > events.jsonl      every event for a program
          fmnist-tui --demo                             the dashboard on a recorded session

        'fmnist-tui --help' lists the exit status.
        """,
        """
        运行 A 由选项描述。运行 B 与它相同但不用暂退法，或按 --versus 所说：它从同样的权重开始，看到同样的批量，所以除了这一差别，没有别的使它们不同。每再给一个 --versus，就多一个运行。最后的表比较它们。

        示例：
          fmnist-tui                                    默认的实验
          fmnist-tui --hidden 512,256,128 --epochs 20   更深，更久
          fmnist-tui --versus dropout=0.1,0.3           dropout 0.2,0.5 和 0.1,0.3
          fmnist-tui --versus seed=2                    仅偶然性有多大作用
          fmnist-tui --versus lr=0.1 --versus 'adam: optimizer=adam lr=1e-3'
                                                        三个运行，最后一个有名称
          fmnist-tui --fork 470:lr=0.1                  从第 470 步起，第三个运行换学习率
          fmnist-tui --replicates 5                     每方五个种子：均值和区间
          fmnist-tui --replicates 50 --on slurm --tasks 10
                                                        同样的，在集群上
          fmnist-tui --preset polynomial                回归：拟合、欠拟合和过拟合
          fmnist-tui --preset fast-90                   几秒达到 90 % 的测试精度
          fmnist-tui --config runs/exp3/run.json --epochs 20
                                                        一个会话的运行再来一次，轮数更多
          fmnist-tui --no-compare --fail-under 0.82     给脚本用的检查
          fmnist-tui --no-tui --baseline exp3 --max-drop 0.5 --time-limit 600
                                                        与记录的会话相比的检查
          fmnist-tui --format jsonl > events.jsonl      每个事件，给程序用
          fmnist-tui --demo                             用录制的会话看仪表板

        'fmnist-tui --help' 列出退出状态。
        """))
  }

  @OptionGroup(title: says("Preset", "预设")) var presets: PresetOptions
  @OptionGroup(title: says("Network", "网络")) var network: SettingOptions<NetworkGroup>
  @OptionGroup(title: says("Optimizer and regularisation", "优化器和正则化")) var optimizer:
    SettingOptions<OptimizerGroup>
  @OptionGroup(title: says("Schedule", "学习率调度")) var schedule: SettingOptions<ScheduleGroup>
  @OptionGroup(title: says("Data that are made, and regression", "合成的数据和回归")) var made:
    SettingOptions<DataGroup>
  @OptionGroup(title: says("Session", "会话")) var session: SessionOptions
  @OptionGroup(title: says("Saving", "保存")) var saving: SavingOptions
  @OptionGroup(title: says("Output", "输出")) var output: OutputOptions
  @OptionGroup(title: says("Checks", "检查")) var checks: CheckOptions
  @OptionGroup(title: says("Cluster", "集群")) var cluster: ClusterOptions
  @OptionGroup(title: says("Demonstration", "演示")) var demonstration: DemonstrationOptions

  @OptionGroup var language: LanguageOption

  mutating func validate() throws {
    try demonstration.validate(against: self)
    try saving.validatePlace(looksForSession: checks.baseline != nil)
    try validateResumption()
    try validateSending()
    try validateFiles()
    // A file that cannot be used is told as such.
    if case .failure = presets.config?.runs { return }
    do {
      try validateBeginning()
      if cluster.on == nil { _ = try replicatedPlans() } else { _ = try sides() }
    } catch let error as ConfigurationError {
      throw ValidationError(error.description)
    }
  }

  mutating func run() throws {
    try run(lesson: nil)
  }

  /// Trains, as a lesson's session if it is one, and then those of the lessons that were asked for meanwhile.
  func run(lesson: Lesson?) throws {
    Interruption.install()
    let environment = Environment.variables
    var (command, lesson, status) = (self, lesson, ProgramStatus.success)
    repeat {
      var next: Lesson?
      status =
        try command.demonstration.isWanted
        ? demonstrate(environment) : command.train(environment, lesson: lesson, next: &next)
      if let next { command = try command.prepared(for: next) }
      lesson = next
    } while lesson != nil
    guard status == .success else { throw ExitCode(status.rawValue) }
  }

  /// The command that trains what a lesson has prepared, where and as this one does.
  private func prepared(for lesson: Lesson) throws -> TrainCommand {
    var command = try Self.parse([])
    command.presets.preset = lesson.preset
    (command.output, command.saving) = (output, saving.again)
    command.output.record = nil
    command.session.threads = session.threads
    if lesson.preset?.settings.dataset == nil { command.session.source = session.source }
    return command
  }

  private func train(
    _ environment: [String: String], lesson: Lesson?, next: inout Lesson?
  ) throws -> ProgramStatus {
    guard cluster.on == nil else { return try send() }
    let dataset =
      try saving.resume.map { resumed in
        try session.source.load(madeOn: RepeatedSession.dataset(of: resumed, in: saving.runsDir))
      } ?? session.source.load(trainedOn: presets.prepared()?.settings.dataset)
    try output.validate(for: dataset.description.task.kind)
    guard dataset.description.task.kind == .classification || checks.baseline == nil else {
      throw ValidationError(
        says(
          "--baseline is about accuracy, and a regression has none. Leave it out.",
          "--baseline 针对精度，而回归没有精度。请去掉它。"))
    }
    // Before a folder is made for the session.
    var plan = output.plan
    plan.summary = checks.summary
    plan.lesson = lesson
    if let demand = try checks.demand(in: runsDirectory, on: dataset) { plan.demands.append(demand) }
    if let summary = checks.summary { try SessionSummary.check(summary) }
    let recorder = try output.recorder()
    let prepared: Prepared
    do {
      prepared = try output.format.telling { try prepare(dataset) }
    } catch {
      // Nothing will be recorded.
      if let record = output.record { try? Files.remove(record) }
      throw error
    }
    return try train(prepared, dataset, plan, recorder, environment, next: &next)
  }

  /// Has a cluster make the runs, as those of a sweep whose cells are the sides.
  private func send() throws -> ProgramStatus {
    let dataset = try session.source.load(trainedOn: presets.prepared()?.settings.dataset)
    let sides = try sides(on: dataset)
    let shards = min(cluster.tasks, sides.sides.count * sides.seeds)
    try cluster.checkLargestArray(shards)
    let sweep = try PlannedSweep(
      .sides(sides), of: dataset.description, trainingImages: dataset.train.count)
    let kept = try KeptSweep(
      beginning: sweep, in: saving.runsDir, name: saving.name,
      shards: shards, dataset: dataset)
    try cluster.send(kept, dataOptions: session.source.words)
    return .success
  }

  private var runsDirectory: RunsDirectoryOption {
    var place = RunsDirectoryOption()
    place.given = saving.givenRunsDir
    return place
  }

  /// Trains behind the dashboard where a person sits at a terminal, and otherwise without it.
  private func train(
    _ prepared: Prepared, _ dataset: Dataset, _ plan: ReportPlan, _ recorder: EventRecorder?,
    _ environment: [String: String], next: inout Lesson?
  ) throws(Failure) -> ProgramStatus {
    let (description, saver) = (prepared.description, prepared.saver)
    let traits = traits(environment)
    let timeLimit = checks.timeLimit.map(Duration.seconds)
    if output.wantsDashboard, NcursesScreen.hasPerson {
      let session = DashboardSession(
        description: description, dataset: dataset, output: plan, traits: traits,
        recorder: recorder, saver: saver, past: prepared.past,
        sessionsDirectory: description.folder?.folderAndName.folder ?? saving.runsDir,
        isLockstep: self.session.lockstep, leavesWhenDone: output.exit,
        makeSaver: { description throws(Failure) in try anew(description, dataset) },
        makeSource: { runs, events, saver in
          TrainingEngine(
            runs: runs, dataset: dataset, threads: description.threads, events: events, isWatched: true,
            timeLimit: timeLimit, checkpoints: saver?.checkpoints)
        })
      let status = try session.runOnTerminal(environment: environment)
      next = session.nextLesson
      if let status { return status }
      let name = environment["TERM"] ?? ""
      try? StandardStream.error.write(
        lines: [
          says(
            "No dashboard: the terminal (TERM=\(name)) cannot be used as a screen. Printing lines instead.",
            "没有仪表板：终端（TERM=\(name)）不能当屏幕用。改为打印文字行。")
        ])
    }
    var session = TrainingSession(
      description: description, dataset: dataset, output: plan, traits: traits, recorder: recorder,
      saver: saver, past: prepared.past, isLockstep: self.session.lockstep, timeLimit: timeLimit)
    return try session.run()
  }

  /// Replays a recorded session behind the dashboard.
  private func demonstrate(_ environment: [String: String]) throws(Failure) -> ProgramStatus {
    let traits = traits(environment)
    let session = try demonstration.load(environment: environment).session(traits: traits)
    return try session.runOnTerminal(
      environment: environment,
      else: says(
        "--demo needs a terminal that can be used as a screen. Leave it out to train without one.",
        "--demo 需要可当屏幕用的终端。去掉它就不用屏幕训练。"))
  }

  private func traits(_ environment: [String: String]) -> TerminalTraits {
    var traits = TerminalTraits(environment: environment)
    if output.ascii { traits.encoding = .ascii }
    return traits
  }
}
