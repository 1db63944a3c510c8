import ArgumentParser
import Datasets
import Experiment
import Messages
import Platform
import Reports
import Sessions
import TerminalUI
import Training

/// `fmnist-tui replay RUN`: makes a session again and compares the weights.
struct ReplayCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "replay",
      abstract: says(
        "Make a session again, with every live change at its step, and compare the final weights.",
        "重做一个会话，每次实时更改都在原来的步，并比较最终的权重。"),
      discussion: says(
        """
        The settings come from run.json, the live changes from commands.jsonl. The exit status is 0 if every run ends \
        with the same bits as the session did, and 1 if one does not.
        """,
        """
        设置取自 run.json，实时更改取自 commands.jsonl。每个运行结束时与原会话逐位相同，退出状态为 0；有一个不同则为 1。
        """))
  }

  @Argument(
    help: ArgumentHelp(
      "The session: its folder, its name, or 'latest'.", "会话：它的文件夹、名称，或 'latest'。", valueName: "run"))
  var session: String

  @OptionGroup var place: RunsDirectoryOption

  @OptionGroup var directory: DataDirectoryOption
  @OptionGroup(title: says("Output", "输出")) var output: OutputOptions

  @OptionGroup var language: LanguageOption

  mutating func validate() throws {
    try place.validate(for: [session])
    guard !output.exit else {
      throw ValidationError(
        says(
          "--exit leaves the dashboard, and a session is made again without it. Leave it out.",
          "--exit 离开仪表板，而重做会话时没有仪表板。请去掉它。"))
    }
  }

  mutating func run() throws {
    Interruption.install()
    let dataset = try directory.load(madeOn: RepeatedSession.dataset(of: session, in: place.runsDir))
    try output.validate(for: dataset.description.task.kind)
    let recorded = try output.format.telling {
      try RepeatedSession(self.session, in: place.runsDir, dataset: dataset)
    }
    let description = SessionDescription(
      version: ProgramVersion.text, dataSource: dataset.source, trainCount: dataset.train.count,
      testCount: dataset.test.count, threads: recorded.record.threads, plans: recorded.plans, folder: nil,
      note: recorded.note)
    try description.memory(isSaved: false).run()
    let weights = LatestWeights()
    var traits = TerminalTraits(environment: Environment.variables)
    if output.ascii { traits.encoding = .ascii }
    var session = TrainingSession(
      description: description, dataset: dataset, output: output.plan, traits: traits,
      recorder: try output.recorder(), saver: nil, past: [], checkpoints: weights.sink)
    let status = try session.run()
    guard status == .success || status == .targetNotMet else { throw ExitCode(status.rawValue) }
    let verdicts = recorded.verdicts(on: weights.ofRuns.mapValues(CheckpointFile.hash))
    try StandardStream.output.write(
      lines: verdicts.map { output.format == .text ? traits.encoding.encode($0.sentence) : $0.json.text })
    // A run that diverged before diverges again; only a target that was asked for here can be missed anew.
    guard verdicts.allSatisfy(\.isSame), output.failUnder == nil || status == .success else {
      throw ExitCode(ProgramStatus.targetNotMet.rawValue)
    }
  }
}
