import ArgumentParser
import Dashboard
import Experiment
import Messages
import Platform
import Reports
import Sessions
import TerminalUI

/// Which sweep is meant.
struct SweepArgument: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The sweep: its folder, its name, or 'latest'.", "扫描：它的文件夹、名称，或 'latest'。", valueName: "sweep"))
  var sweep: String
  @OptionGroup var folder: SweepFolderOptions

  mutating func validate() throws { try folder.validate(for: sweep) }

  /// The sweep, read and not written.
  func read() throws -> KeptSweep { try KeptSweep(reading: find()) }

  func find() throws -> FoundSweep { try FoundSweep(sweep, in: folder.runsDir) }
}

/// `fmnist-tui sweep status`: how far a sweep is.
struct SweepStatusCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "status", abstract: says("Tell how far a sweep is, and who is at work.", "说明扫描进行到哪里，谁在训练。")
    )
  }

  @OptionGroup var argument: SweepArgument

  @OptionGroup var language: LanguageOption

  mutating func run() throws {
    let encoding = TerminalTraits(environment: Environment.variables).encoding
    try StandardStream.output.write(lines: SweepStatus(argument.read()).lines.map(encoding.encode))
  }
}

/// `fmnist-tui sweep open`: the map of a sweep that others make, live.
struct SweepOpenCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "open",
      abstract: says("Show the map of a sweep, live, while others make its runs.", "在别的进程训练时实时显示扫描的地图。"))
  }

  @OptionGroup var argument: SweepArgument
  @Flag(help: ArgumentHelp("Draw with 7-bit characters only.", "只用 7 位字符绘图。"))
  var ascii = false

  @OptionGroup var language: LanguageOption

  mutating func run() throws {
    Interruption.install()
    var traits = TerminalTraits(environment: Environment.variables)
    if ascii { traits.encoding = .ascii }
    try SweepWatch(argument.find(), traits: traits).run()
  }
}

/// `fmnist-tui sweep merge`: puts the results of all workers together.
struct SweepMergeCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "merge",
      abstract: says("Write the results of a sweep whose runs workers have made.", "写出由工作进程训练的扫描的结果。"),
      discussion: says(
        """
        results.csv and results.json have the same bytes however many machines made the runs; timings.csv tells how long \
        they took. Workers that disagree on a run, or logs that cannot be read, are named and nothing is written. The exit \
        status is \(ProgramStatus.targetNotMet.rawValue) while runs are missing.
        """,
        """
        无论多少台机器训练，results.csv 和 results.json 的字节都一样；timings.csv 说明用了多久。如果工作进程的结果不一致，或日志读不了，就指出它们，什么也不写。还缺运行时退出状态为 \(ProgramStatus.targetNotMet.rawValue)。
        """))
  }

  @OptionGroup var argument: SweepArgument
  @Flag(help: ArgumentHelp("Print no tables.", "不打印表。"))
  var quiet = false

  @OptionGroup var language: LanguageOption

  mutating func run() throws {
    let kept = try argument.read()
    try kept.logs.expectAgreement()
    let progress = kept.progress
    try SweepResults(progress: progress).write(to: kept.folder)
    let traits = TerminalTraits(environment: Environment.variables)
    var lines = quiet ? [] : SweepReport.tables(progress, traits: traits) + [""]
    lines.append(
      says(
        "\(progress.results.count) of \(progress.runs.count) runs are in \(kept.folder.table) and \(kept.folder.summary.folderAndName.name).",
        "\(progress.runs.count) 个运行中的 \(progress.results.count) 个在 \(kept.folder.table) 和 \(kept.folder.summary.folderAndName.name) 中。"
      )
    )
    try StandardStream.output.write(lines: lines)
    guard progress.isComplete else { throw ExitCode(ProgramStatus.targetNotMet.rawValue) }
  }
}
