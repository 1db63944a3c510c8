import ArgumentParser
import Dashboard
import Experiment
import Platform
import Reports
import Sessions
import TerminalUI

/// Which sweep is meant.
struct SweepArgument: ParsableArguments {
  @Argument(help: ArgumentHelp("The sweep: its folder, its name, or 'latest'.", valueName: "sweep"))
  var sweep: String
  @OptionGroup var folder: SweepFolderOptions

  mutating func validate() throws { try folder.validate(for: sweep) }

  /// The sweep, read and not written.
  func read() throws -> KeptSweep { try KeptSweep(reading: find()) }

  func find() throws -> FoundSweep { try FoundSweep(sweep, in: folder.runsDir) }
}

/// `fmnist-tui sweep status`: how far a sweep is.
struct SweepStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Tell how far a sweep is, and who is at work.")

  @OptionGroup var argument: SweepArgument

  mutating func run() throws {
    let encoding = TerminalTraits(environment: Environment.variables).encoding
    try StandardStream.output.write(lines: SweepStatus(argument.read()).lines.map(encoding.encode))
  }
}

/// `fmnist-tui sweep open`: the map of a sweep that others make, live.
struct SweepOpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Show the map of a sweep, live, while others make its runs.")

  @OptionGroup var argument: SweepArgument
  @Flag(help: "Draw with 7-bit characters only.")
  var ascii = false

  mutating func run() throws {
    Interruption.install()
    var traits = TerminalTraits(environment: Environment.variables)
    if ascii { traits.encoding = .ascii }
    try SweepWatch(argument.find(), traits: traits).run()
  }
}

/// `fmnist-tui sweep merge`: puts the results of all workers together.
struct SweepMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Write the results of a sweep whose runs workers have made.",
    discussion: """
      results.csv and results.json have the same bytes however many machines made the runs; timings.csv tells how long \
      they took. Workers that disagree on a run, or logs that cannot be read, are named and nothing is written. The exit \
      status is \(ProgramStatus.targetNotMet.rawValue) while runs are missing.
      """)

  @OptionGroup var argument: SweepArgument
  @Flag(help: "Print no tables.")
  var quiet = false

  mutating func run() throws {
    let kept = try argument.read()
    try kept.logs.expectAgreement()
    let progress = kept.progress
    try SweepResults(progress: progress).write(to: kept.folder)
    let traits = TerminalTraits(environment: Environment.variables)
    var lines = quiet ? [] : SweepReport.tables(progress, traits: traits) + [""]
    lines.append(
      "\(progress.results.count) of \(progress.runs.count) runs are in \(kept.folder.table) and \(kept.folder.summary.folderAndName.name)."
    )
    try StandardStream.output.write(lines: lines)
    guard progress.isComplete else { throw ExitCode(ProgramStatus.targetNotMet.rawValue) }
  }
}
