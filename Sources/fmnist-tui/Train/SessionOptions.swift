import ArgumentParser
import Datasets
import Messages
import Platform
import Reports
import Sessions

/// The options that describe the session around the runs.
struct SessionOptions: ParsableArguments {
  @OptionGroup var source: DataDirectoryOption

  @Flag(help: ArgumentHelp("Train run A alone.", "只训练运行 A。"))
  var noCompare = false

  @Option(
    help: ArgumentHelp(
      "Let run B differ from A in this option, for example weight-decay=1e-4, or in several, 'lr=0.1 momentum=0.9'; "
        + "may be repeated, each time for a further run, and begin with its name and a colon.",
      "让运行 B 在这个选项上与 A 不同，例如 weight-decay=1e-4，或在几个上，'lr=0.1 momentum=0.9'；"
        + "可重复，每次多一个运行；可用它的名称加冒号开头。",
      valueName: "[name:]key=value"))
  var versus: [String] = []

  @Option(
    help: ArgumentHelp(
      "Begin a further run that goes on from run A, or another one, after so many steps with a changed option, for "
        + "example 470:lr=0.1 or B@470:dropout=0.5,0.5; may be repeated.",
      "再开始一个运行，从运行 A 或另一个的这么多步之后接着训练，并改变选项，例如 470:lr=0.1 或 B@470:dropout=0.5,0.5；可重复。",
      valueName: "[run@]step:key=value"))
  var fork: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Train each run with so many seeds, the next ones each, and compare means. (default: 1)",
      "每个运行用这么多个相继的种子各训练一次，并比较均值。（默认：1）",
      valueName: "count"))
  var replicates: Int?

  @Flag(
    help: ArgumentHelp(
      "Let runs wait for each other, so that none is more than a step ahead of another.",
      "让各运行互相等待，谁也不比别的多走一步以上。"))
  var lockstep = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Threads that compute, 1...256, at most 32 for one run. (default: one per processor)",
      "计算用的线程数，1...256，一个运行最多 32。（默认：每个处理器一个）",
      valueName: "count"))
  var threads: Int?

  /// The threads asked for, or one for each processor.
  var threadCount: Int { threads ?? min(Processors.count, Self.allowedThreads.upperBound) }

  static let allowedThreads = 1...256

  /// Checks a number of threads, if one was given.
  static func check(threads: Int?) throws {
    if let threads, !allowedThreads.contains(threads) {
      throw ValidationError(
        says(
          "--threads \(threads): the number of threads lies in \(allowedThreads). Give for example 2.",
          "--threads \(threads)：线程数在 \(allowedThreads) 之内。例如用 2。"))
    }
  }

  mutating func validate() throws {
    try Self.check(threads: threads)
    if let replicates, replicates < 1 {
      throw ValidationError(
        says(
          "--replicates \(replicates): there is at least one seed. Give for example 5.",
          "--replicates \(replicates)：至少有一个种子。例如用 5。"))
    }
    guard !noCompare || versus.isEmpty else {
      throw ValidationError(
        says(
          "--no-compare and --versus contradict each other. Leave one of them out.",
          "--no-compare 和 --versus 互相矛盾。请去掉其中一个。"))
    }
  }
}

/// The options that describe what is printed and what the exit status tells.
struct OutputOptions: ParsableArguments {
  @Flag(help: ArgumentHelp("Never open the dashboard; print lines and a table.", "从不打开仪表板；打印文字行和一张表。"))
  var noTui = false

  @Flag(help: ArgumentHelp("Leave the dashboard as soon as all runs are done.", "所有运行完成后立即离开仪表板。"))
  var exit = false

  @Flag(help: ArgumentHelp("Draw with 7-bit characters only.", "只用 7 位字符绘图。"))
  var ascii = false

  @Option(
    help: ArgumentHelp(
      "'text' for people, 'jsonl' for programs: one JSON object per event.",
      "'text' 给人看，'jsonl' 给程序：每个事件一个 JSON 对象。"))
  var format = ReportFormat.text

  @Flag(
    help: ArgumentHelp(
      "Print only the final table and errors; jsonl stays complete.", "只打印最终的表和错误；jsonl 仍然完整。"))
  var quiet = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Exit with 1 if run A's final test accuracy is lower, 0...1.", "如果运行 A 的最终测试精度低于它，以 1 退出，0...1。",
      valueName: "accuracy"),
    transform: decimalNumber)
  var failUnder: Double?

  @Option(
    help: ArgumentHelp(
      "Write every event with its time to a new file, which --demo-events shows again.",
      "把每个事件连同时间写到一个新文件，可用 --demo-events 再看。", valueName: "file"),
    completion: .file())
  var record: String?

  /// Whether lines for people were not asked for in another form.
  var wantsDashboard: Bool { !noTui && !quiet && format == .text }

  /// How the session is told.
  var plan: ReportPlan {
    ReportPlan(
      format: format, isQuiet: quiet, demands: failUnder.map { [.failUnder($0)] } ?? [],
      wantsScreen: wantsDashboard)
  }

  /// What writes every event to the file that was asked for.
  ///
  /// - Throws: `Failure` if the file exists or cannot be made.
  func recorder() throws(Failure) -> EventRecorder? {
    guard let record else { return nil }
    return try EventRecorder(path: record)
  }

  /// Checks what only the data can tell.
  func validate(for task: Task.Kind) throws {
    guard task == .classification || failUnder == nil else {
      throw ValidationError(
        says(
          "--fail-under is about accuracy, and a regression has none. Leave it out.",
          "--fail-under 针对精度，而回归没有精度。请去掉它。"))
    }
  }

  mutating func validate() throws {
    if let failUnder, !(0...1).contains(failUnder) {
      throw ValidationError(
        says(
          "--fail-under \(failUnder): an accuracy lies in 0...1. Give for example 0.82 for 82 %.",
          "--fail-under \(failUnder)：精度在 0...1 之内。例如 82 % 用 0.82。"))
    }
    try format.validate(ascii: ascii)
    guard !exit || wantsDashboard else {
      let without = noTui ? "--no-tui" : quiet ? "--quiet" : "--format \(format.rawValue)"
      throw ValidationError(
        says(
          "--exit leaves the dashboard, and with \(without) there is none. Leave one of them out.",
          "--exit 离开仪表板，而用 \(without) 时没有仪表板。请去掉其中一个。"))
    }
  }
}

extension ReportFormat: ExpressibleByArgument {
  /// Makes what it tells in the language of whoever reads it, which is always English for programs.
  func telling<Told>(_ make: () throws -> Told) rethrows -> Told {
    try Language.$scoped.withValue(self == .text ? .current : .english, operation: make)
  }

  /// Refuses a choice of characters where nothing is drawn.
  func validate(ascii: Bool) throws {
    guard !ascii || self == .text else {
      throw ValidationError(
        says(
          "--ascii is about what is drawn, and --format jsonl draws nothing. Leave one of them out.",
          "--ascii 针对绘图，而 --format jsonl 什么也不画。请去掉其中一个。"))
    }
  }
}
