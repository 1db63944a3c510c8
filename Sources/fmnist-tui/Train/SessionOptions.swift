import ArgumentParser
import Datasets
import Platform
import Reports
import Sessions

/// The options that describe the session around the runs.
struct SessionOptions: ParsableArguments {
  @OptionGroup var source: DataDirectoryOption

  @Flag(help: "Train run A alone.")
  var noCompare = false

  @Option(
    help: ArgumentHelp(
      "Let run B differ from A in this option, for example weight-decay=1e-4, or in several, 'lr=0.1 momentum=0.9'; "
        + "may be repeated, each time for a further run, and begin with its name and a colon.",
      valueName: "[name:]key=value"))
  var versus: [String] = []

  @Option(
    help: ArgumentHelp(
      "Begin a further run that goes on from run A, or another one, after so many steps with a changed option, for "
        + "example 470:lr=0.1 or B@470:dropout=0.5,0.5; may be repeated.",
      valueName: "[run@]step:key=value"))
  var fork: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Train each run with so many seeds, the next ones each, and compare means. (default: 1)",
      valueName: "count"))
  var replicates: Int?

  @Flag(help: "Let runs wait for each other, so that none is more than a step ahead of another.")
  var lockstep = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Threads that compute, 1...256, at most 32 for one run. (default: one per processor)",
      valueName: "count"))
  var threads: Int?

  /// The threads asked for, or one for each processor.
  var threadCount: Int { threads ?? min(Processors.count, Self.allowedThreads.upperBound) }

  static let allowedThreads = 1...256

  /// Checks a number of threads, if one was given.
  static func check(threads: Int?) throws {
    if let threads, !allowedThreads.contains(threads) {
      throw ValidationError(
        "--threads \(threads): the number of threads lies in \(allowedThreads). Give for example 2.")
    }
  }

  mutating func validate() throws {
    try Self.check(threads: threads)
    if let replicates, replicates < 1 {
      throw ValidationError("--replicates \(replicates): there is at least one seed. Give for example 5.")
    }
    guard !noCompare || versus.isEmpty else {
      throw ValidationError("--no-compare and --versus contradict each other. Leave one of them out.")
    }
  }
}

/// The options that describe what is printed and what the exit status tells.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Never open the dashboard; print lines and a table.")
  var noTui = false

  @Flag(help: "Leave the dashboard as soon as all runs are done.")
  var exit = false

  @Flag(help: "Draw with 7-bit characters only.")
  var ascii = false

  @Option(help: "'text' for people, 'jsonl' for programs: one JSON object per event.")
  var format = ReportFormat.text

  @Flag(help: "Print only the final table and errors; jsonl stays complete.")
  var quiet = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Exit with 1 if run A's final test accuracy is lower, 0...1.", valueName: "accuracy"))
  var failUnder: Double?

  @Option(
    help: ArgumentHelp(
      "Write every event with its time to a new file, which --demo-events shows again.", valueName: "file"),
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
      throw ValidationError("--fail-under is about accuracy, and a regression has none. Leave it out.")
    }
  }

  mutating func validate() throws {
    if let failUnder, !(0...1).contains(failUnder) {
      throw ValidationError(
        "--fail-under \(failUnder): an accuracy lies in 0...1. Give for example 0.82 for 82 %.")
    }
    try format.validate(ascii: ascii)
    guard !exit || wantsDashboard else {
      let without = noTui ? "--no-tui" : quiet ? "--quiet" : "--format \(format.rawValue)"
      throw ValidationError(
        "--exit leaves the dashboard, and with \(without) there is none. Leave one of them out.")
    }
  }
}

extension ReportFormat: ExpressibleByArgument {
  /// Refuses a choice of characters where nothing is drawn.
  func validate(ascii: Bool) throws {
    guard !ascii || self == .text else {
      throw ValidationError(
        "--ascii is about what is drawn, and --format jsonl draws nothing. Leave one of them out.")
    }
  }
}
