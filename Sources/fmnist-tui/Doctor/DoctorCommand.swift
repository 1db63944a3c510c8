import ArgumentParser
import Datasets
import Platform
import Reports

/// `fmnist-tui doctor`: what the program finds on this machine, and what would make it better.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Tell what the program finds here: kernels, speed limits, data, terminal.",
    discussion: """
      The limits are measured in about half a second; other work on the machine makes them smaller. \
      What hinders the program is told as a warning, with what to do about it.
      """)

  /// How the findings are written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    /// For a person.
    case text
    /// For a program: one JSON object.
    case json
  }

  @Option(help: "How to write the findings.")
  var format = Format.text

  @OptionGroup var directory: DataDirectoryOption

  mutating func run() throws {
    let environment = Environment.variables
    let findings = Findings(
      machine: MachineFindings(environment: environment),
      data: DataFindings { () throws(DatasetError) in try directory.load() },
      terminal: TerminalFindings(environment: environment))
    switch format {
    case .text: try StandardStream.output.write(lines: findings.lines)
    case .json: try StandardStream.output.write(lines: [findings.json])
    }
  }
}
