import ArgumentParser
import Datasets
import Experiment
import Platform
import Reports

/// What is trained: lists of values, seeds, and how long each run is.
struct SweptOptions: ParsableArguments {
  @OptionGroup(title: "Sweep") var lists: SweepListOptions
  @OptionGroup(title: "Network, each option a list") var network: SettingOptions<NetworkGroup>
  @OptionGroup(title: "Optimizer and regularisation, each option a list") var optimizer:
    SettingOptions<OptimizerGroup>
  @OptionGroup(title: "Schedule, each option a list") var schedule: SettingOptions<ScheduleGroup>
  @OptionGroup(title: "Data that are made, and regression, each option a list") var made:
    SettingOptions<DataGroup>

  /// Whether nothing was said.
  var isEmpty: Bool { settings.texts.isEmpty && lists.isEmpty }

  /// What was asked for, of the data set that the other options name.
  func specification(_ source: DataDirectoryOption) throws -> SweepSpecification {
    var settings = settings
    settings.dataset = source.described
    do {
      return try SweepSpecification(
        options: settings, over: lists.over, seeds: lists.seeds ?? 1, steps: lists.steps)
    } catch {
      throw ValidationError(error.description)
    }
  }

  /// What was said about the runs, in lists.
  private var settings: GivenSettings {
    [network.given, optimizer.given, schedule.given, made.given].reduce(GivenSettings()) {
      $0.changed(by: $1)
    }
  }
}

/// The options that describe the sweep itself.
struct SweepListOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Any setting of a run and its values, for example nesterov=false,true; may be repeated.",
      valueName: "key=v1,v2,..."))
  var over: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Runs of each cell, with --seed and those after it. (default: 1)", valueName: "count"))
  var seeds: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Let each run make as many epochs as give it so many updates, whatever its training set.",
      valueName: "updates"))
  var steps: Int?

  /// Whether nothing was said.
  var isEmpty: Bool { over.isEmpty && seeds == nil && steps == nil }
}

/// Where sweeps are.
struct SweepFolderOptions: ParsableArguments {
  @Option(
    name: .customLong("runs-dir"),
    help: ArgumentHelp("Folder in which each sweep gets one of its own. (default: runs)", valueName: "dir"),
    completion: .directory)
  var given: String?

  /// The folder of the sweeps' folders.
  var runsDir: String { given ?? "runs" }

  /// Refuses a folder in which the sweep is not looked for.
  func validate(for sweep: String) throws { try RunsDirectoryOption.validate(given, for: [sweep]) }
}

/// Runs at a time.
struct SweepThreadOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Runs at a time, 1...256. (default: one per processor)", valueName: "count"))
  var threads: Int?

  /// The runs at a time.
  var count: Int { threads ?? min(Processors.count, SessionOptions.allowedThreads.upperBound) }

  mutating func validate() throws { try SessionOptions.check(threads: threads) }
}

/// The name of a new sweep.
struct SweepNameOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Name of the sweep's folder. (default: sweepN with the next free N)", valueName: "name"))
  var name: String?
}

/// How a sweep is told.
struct SweepOutputOptions: ParsableArguments {
  @Flag(help: "Print lines instead of drawing on the terminal.")
  var noTui = false

  @Flag(help: "Draw with 7-bit characters only.")
  var ascii = false

  @Option(help: "'text' for people, 'jsonl' for programs: one JSON object per run and cell.")
  var format = ReportFormat.text

  @Flag(help: "Print only the final tables and errors; jsonl stays complete.")
  var quiet = false

  /// How the sweep is told.
  var plan: ReportPlan {
    ReportPlan(
      format: format, isQuiet: quiet, demands: [], wantsScreen: !noTui && !quiet && format == .text)
  }

  mutating func validate() throws { try format.validate(ascii: ascii) }
}
