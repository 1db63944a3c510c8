import ArgumentParser
import Datasets
import Messages
import Platform
import Reports

/// `fmnist-tui doctor`: what the program finds on this machine, and what would make it better.
struct DoctorCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "doctor",
      abstract: says(
        "Tell what the program finds here: kernels, speed limits, data, terminal.",
        "说明程序在这台机器上找到了什么：内核、速度上限、数据、终端。"),
      discussion: says(
        """
        The limits are measured in about half a second; other work on the machine makes them smaller. \
        What hinders the program is told as a warning, with what to do about it.
        """,
        """
        上限用大约半秒测出；机器上的其他工作会使它们变小。妨碍程序的情况作为警告列出，并说明该怎么办。
        """))
  }

  /// How the findings are written.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    /// For a person.
    case text
    /// For a program: one JSON object.
    case json
  }

  @Option(help: ArgumentHelp("How to write the findings.", "以什么形式写出结果。"))
  var format = Format.text

  @OptionGroup var directory: DataDirectoryOption

  @OptionGroup var language: LanguageOption

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
