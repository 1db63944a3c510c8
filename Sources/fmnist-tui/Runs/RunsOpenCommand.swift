import ArgumentParser
import Dashboard
import Platform
import Reports
import Sessions
import TerminalUI
import Training

/// `fmnist-tui runs open`: the dashboard over recorded runs.
struct RunsOpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract:
      "Show runs in the dashboard, also while another program makes them; without names, a table of all sessions.",
    discussion: """
      In the table sessions are filtered, ordered, marked, opened, renamed, deleted and exported, and get notes and tags; '?' \
      lists the keys. What was opened from there goes back there when it is left.

      The dashboard only looks: leaving it ends no run. Samples, layers and calibration are computed from the checkpoints that \
      the runs kept, when their pages are opened.
      """)

  @Argument(help: "The runs: names, paths with a slash, or 'latest'.")
  var names: [String] = []

  @OptionGroup var directory: RunsDirectoryOption

  @Flag(help: "Draw with 7-bit characters only.")
  var ascii = false

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
      else: "'runs open' needs a terminal that can be used as a screen. Elsewhere use 'runs show'.")
    // How the runs ended is no failure of whoever looks at them.
    if Interruption.signal != nil { throw ExitCode(status.rawValue) }
  }
}
