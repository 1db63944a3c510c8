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
    abstract: "Show runs in the dashboard, also while another program makes them.",
    discussion: """
      It only looks: leaving it ends no run. Samples, layers and calibration are computed from the checkpoints that \
      the runs kept, when their pages are opened.
      """)

  @Argument(help: "The runs: names, paths with a slash, or 'latest'.")
  var names = ["latest"]

  @OptionGroup var directory: RunsDirectoryOption

  @Flag(help: "Draw with 7-bit characters only.")
  var ascii = false

  mutating func validate() throws { try directory.validate(for: names) }

  mutating func run() throws {
    Interruption.install()
    let sessions = try directory.sessions(names)
    let environment = Environment.variables
    var traits = TerminalTraits(environment: environment)
    if ascii { traits.encoding = .ascii }
    let checkpoints = RecordedCheckpoints(sessions, environment: environment)
    let session = DashboardSession(
      description: SessionDescription(sessions), dataset: nil, traits: traits, recorder: nil,
      origin: .folders, place: sessions.map(\.folder.name).joined(separator: ", "), checkpoints: checkpoints
    ) { _, events, _ in RunFollower(sessions, events: events, checkpoints: checkpoints) }
    let status = try session.runOnTerminal(
      environment: environment,
      else: "'runs open' needs a terminal that can be used as a screen. Elsewhere use 'runs show'.")
    // How the runs ended is no failure of whoever looks at them.
    if Interruption.signal != nil { throw ExitCode(status.rawValue) }
  }
}
