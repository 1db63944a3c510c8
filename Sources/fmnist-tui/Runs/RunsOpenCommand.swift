import ArgumentParser
import Dashboard
import Messages
import Platform
import Reports
import Sessions
import TerminalUI
import Training

/// `fmnist-tui runs open`: the dashboard over recorded runs.
struct RunsOpenCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "open",
      abstract:
        says(
          "Show runs in the dashboard, also while another program makes them; without names, a table of all sessions.",
          "在仪表板中显示运行，另一个程序正在训练的也可；不带名称时显示所有会话的表。"),
      discussion: says(
        """
        In the table sessions are filtered, ordered, marked, opened, renamed, deleted and exported, and get notes and tags; '?' \
        lists the keys. What was opened from there goes back there when it is left.

        The dashboard only looks: leaving it ends no run. Samples, layers and calibration are computed from the checkpoints that \
        the runs kept, when their pages are opened.
        """,
        """
        在表中可筛选、排序、选中、打开、重命名、删除和导出会话，也可写备注和加标记；按 '?' 列出按键。从表中打开的，离开后回到表中。

        仪表板只看不改：离开它不会结束任何运行。样本、层和校准各页在打开时由运行保存的检查点算出。
        """))
  }

  @Argument(
    help: ArgumentHelp("The runs: names, paths with a slash, or 'latest'.", "运行：名称、带斜杠的路径，或 'latest'。"))
  var names: [String] = []

  @OptionGroup var directory: RunsDirectoryOption

  @Flag(help: ArgumentHelp("Draw with 7-bit characters only.", "只用 7 位字符绘图。"))
  var ascii = false

  @OptionGroup var language: LanguageOption

  mutating func validate() throws { try directory.validate(for: names) }

  mutating func run() throws {
    Interruption.install()
    var traits = TerminalTraits(environment: Environment.variables)
    if ascii { traits.encoding = .ascii }
    guard names.isEmpty else {
      return try show(directory.sessions(names), traits)
    }
    var table = RunsWatch(directory.runsDir, traits: traits)
    defer { table.stop() }
    while Interruption.signal == nil {
      let folders = try table.run()
      if folders.isEmpty { break }
      do {
        try show(RecordedSession.read(folders), traits)
      } catch let error as RunLogError {
        // The table is still there.
        table.say(error.description)
      }
    }
  }

  private func show(_ sessions: [RecordedSession], _ traits: TerminalTraits) throws {
    let environment = Environment.variables
    let checkpoints = RecordedCheckpoints(sessions, environment: environment)
    let session = DashboardSession(
      description: SessionDescription(sessions), dataset: nil, traits: traits, recorder: nil,
      origin: .folders, place: sessions.map(\.folder.name).joined(separator: ", "), checkpoints: checkpoints,
      sessionsDirectory: directory.runsDir
    ) { _, events, _ in RunFollower(sessions, events: events, checkpoints: checkpoints) }
    let status = try session.runOnTerminal(
      environment: environment,
      else: says(
        "'runs open' needs a terminal that can be used as a screen. Elsewhere use 'runs show'.",
        "'runs open' 需要可当屏幕用的终端。在别处请用 'runs show'。"))
    // How the runs ended is no failure of whoever looks at them.
    if Interruption.signal != nil { throw ExitCode(status.rawValue) }
  }
}
