import ArgumentParser
import Messages
import Platform
import Reports
import TerminalUI

/// `fmnist-tui runs show`: everything about one session.
struct RunsShowCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show",
      abstract: says(
        "Show a run's settings, data, machine, live changes, epochs and final comparison.",
        "显示一个运行的设置、数据、机器、实时更改、各轮和最终比较。"))
  }

  @Argument(
    help: ArgumentHelp("The run: a name, a path with a slash, or 'latest'.", "运行：名称、带斜杠的路径，或 'latest'。"))
  var name = "latest"

  @OptionGroup var directory: RunsDirectoryOption

  @OptionGroup var language: LanguageOption

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
