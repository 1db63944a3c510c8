import ArgumentParser
import Dashboard
import Messages
import Platform
import Reports
import Sessions
import TerminalUI

/// `fmnist-tui open`: charts of what any program has logged, live.
struct OpenCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "open",
      abstract: says(
        "Show charts of what any program logs, live: TensorBoard's files, CSV, JSON Lines.",
        "实时显示任何程序所记录的曲线：TensorBoard 的文件、CSV、JSON Lines。"),
      discussion: says(
        """
        Of a folder each folder below it that has event files is a run; this program's own runs, and files called \
        metrics.csv, progress.csv, log.jsonl, history.json and the like are found too, as are tables and lines of JSON that tell a \
        step, an epoch or a time. A table has a heading, and a column 'step', \
        'epoch' or 'time' if it knows; a line of JSON is an object such as {"step": 10, "loss": 0.4}. Where there is no \
        screen a table is printed: points, the last value, the lowest and the highest.

        EXAMPLES:
          fmnist-tui open logs/                 all runs below a folder
          fmnist-tui open logs/ runs/exp3       others' runs beside one of this program's
          python train.py | fmnist-tui open -   lines of JSON from another program
          fmnist-tui open logs --runs 'lr-*' --figures '/loss$/' --no-tui
        """,
        """
        文件夹之下每个有事件文件的文件夹是一个运行；本程序自己的运行，以及名为 metrics.csv、progress.csv、log.jsonl、history.json 之类的文件，还有写有步数、轮数或时间的表格和 JSON 行，也会找到。表格要有标题行，最好还有 'step'、'epoch' 或 'time' 列；JSON 的一行是一个对象，如 {"step": 10, "loss": 0.4}。没有屏幕时打印一张表：点数、最后的值、最低值和最高值。

        示例：
          fmnist-tui open logs/                 文件夹之下的所有运行
          fmnist-tui open logs/ runs/exp3       其他程序的运行和本程序的一个运行
          python train.py | fmnist-tui open -   另一个程序写出的 JSON 行
          fmnist-tui open logs --runs 'lr-*' --figures '/loss$/' --no-tui
        """))
  }

  @Argument(
    help: ArgumentHelp("Files, folders or pipes; - is standard input.", "文件、文件夹或管道；- 是标准输入。"),
    completion: .file())
  var paths: [String]

  @Option(
    help: ArgumentHelp(
      "Show only runs of these names: words with * and ?, or /REGEX/.", "只显示这些名称的运行：可含 * 和 ? 的词，或 /REGEX/。",
      valueName: "pattern")
  )
  var runs: LogPattern?

  @Option(help: ArgumentHelp("Show only figures of these names.", "只显示这些名称的指标。", valueName: "pattern"))
  var figures: LogPattern?

  @Flag(help: ArgumentHelp("Never open a screen; print a table.", "从不打开屏幕；打印一张表。"))
  var noTui = false

  @Flag(help: ArgumentHelp("Draw with 7-bit characters only.", "只用 7 位字符绘图。"))
  var ascii = false

  @Option(
    help: ArgumentHelp(
      "'text' for people, 'jsonl' for programs: one JSON object per figure.",
      "'text' 给人看，'jsonl' 给程序：每个指标一个 JSON 对象。"))
  var format = ReportFormat.text

  @OptionGroup var language: LanguageOption

  mutating func validate() throws {
    guard !paths.isEmpty else {
      throw ValidationError(
        says("Give a file or folder, or - for standard input.", "请给一个文件或文件夹，或用 - 表示标准输入。"))
    }
    guard paths.count(where: { $0 == "-" }) < 2 else {
      throw ValidationError(
        says("-: standard input can be read once only. Leave one of them out.", "-：标准输入只能读一次。请去掉其中一个。"))
    }
    try format.validate(ascii: ascii)
  }

  mutating func run() throws {
    Interruption.install()
    var traits = TerminalTraits(environment: Environment.variables)
    if ascii { traits.encoding = .ascii }
    if !noTui, format == .text,
      let found = try LogsWatch(paths, runs: runs ?? .all, figures: figures ?? .all, traits: traits).run()
    {
      if found.runs.count <= Self.mostRunsToPrint { try print(found) }
      if let signal = Interruption.signal { throw ExitCode(Interruption.status(of: signal).rawValue) }
      return
    }
    try print(format.telling { try LogFollower.read(paths) { Interruption.signal == nil } })
  }

  /// More are not what anybody wants to scroll back through.
  private static let mostRunsToPrint = 20

  private func print(_ found: FoundLogs) throws {
    let table = LogsTable(found, runs: runs ?? .all, figures: figures ?? .all)
    switch format {
    case .jsonLines: try StandardStream.output.write(lines: table.jsonLines)
    case .text:
      let encoding = ascii ? .ascii : TerminalTraits(environment: Environment.variables).encoding
      try StandardStream.output.write(lines: table.lines.map(encoding.encode))
      try StandardStream.error.write(lines: found.notes)
      if table.isEmpty { try StandardStream.error.write(lines: [nothing(in: found)]) }
    }
  }

  private func nothing(in found: FoundLogs) -> String {
    let places = paths.joined(separator: ", ")
    if found.logs == 0 {
      return says(
        "\(places): no logs are there. Files called \(LogNames.examples) and the like are looked for, and \(LogNames.others) with "
          + "a column or key 'step', 'epoch' or 'time'. Name a file itself if it is called otherwise.",
        "\(places)：那里没有日志。查找的文件有 \(LogNames.examples) 之类，以及含有 'step'、'epoch' 或 'time' 列或键的 "
          + "\(LogNames.others)。名称不同的文件请直接给出。")
    }
    if found.runs.allSatisfy(\.figures.isEmpty) {
      return says(
        "\(places): no figures are there. 'fmnist-tui open --help' says what is read.",
        "\(places)：那里没有指标。'fmnist-tui open --help' 说明能读什么。")
    }
    return says(
      "\(places): no figure of \(found.runs.count) runs has the names that were asked for.",
      "\(places)：\(found.runs.count) 个运行中没有所要名称的指标。")
  }
}

extension LogPattern: ExpressibleByArgument {
  /// The pattern of an argument.
  public init?(argument: String) { self.init(argument) }
}
