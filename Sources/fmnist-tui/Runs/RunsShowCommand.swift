import ArgumentParser
import Platform
import Reports
import TerminalUI

/// `fmnist-tui runs show`: everything about one session.
struct RunsShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a run's settings, data, machine, live changes, epochs and final comparison.")

  @Argument(help: "The run: a name, a path with a slash, or 'latest'.")
  var name = "latest"

  @OptionGroup var directory: RunsDirectoryOption

  mutating func validate() throws { try directory.validate(for: [name]) }

  mutating func run() throws {
    let encoding = TerminalTraits(environment: Environment.variables).encoding
    for session in try directory.sessions([name]) {
      let report = RunReport(
        session: session, encoding: encoding, width: max(60, StandardStream.output.columns - 1))
      try StandardStream.output.write(lines: report.lines)
    }
  }
}
