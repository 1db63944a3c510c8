import ArgumentParser
import Dashboard
import Datasets
import Experiment
import NeuralNetwork
import Platform
import Reports
import Sessions
import TerminalUI
import Training

/// `fmnist-tui sweep`: trains every combination of some settings.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Train every combination of lists of settings, and map what comes out.",
    discussion: """
      Every option of a run takes a list: a comma separates values, '...' continues as the numbers before it \
      (0,0.1,...,0.7). Options with one value hold for all runs. So, unlike elsewhere, \
      layers of one network are joined otherwise: --hidden 64,256x256 are two \
      networks, the second of two hidden layers, and --dropout 0.2/0.5 gives each its own probability. \
      Flags and everything else can be listed with --over.

      Each combination is a cell, trained with --seeds seeds. The runs have one thread each, --threads at a time, \
      and are measured after their last epoch. Every result is kept at once: --resume goes on after any end, with \
      what is missing.

      EXAMPLES:
        fmnist-tui sweep --dropout 0,0.1,...,0.7 --train-size 1000,10000,60000 --seeds 3 --steps 2350
        fmnist-tui sweep --hidden 64,256,1024 --dropout 0,0.5
        fmnist-tui sweep --over batch-norm=false,true --lr 0.1,0.5 --epochs 5
        fmnist-tui sweep --resume latest

      'fmnist-tui --help' lists the exit status.
      """)

  @OptionGroup(title: "Sweep") var lists: SweepOptions
  @OptionGroup(title: "Network, each option a list") var network: SettingOptions<NetworkGroup>
  @OptionGroup(title: "Optimizer and regularisation, each option a list") var optimizer:
    SettingOptions<OptimizerGroup>
  @OptionGroup(title: "Schedule, each option a list") var schedule: SettingOptions<ScheduleGroup>
  @OptionGroup(title: "Session") var session: SweepSessionOptions

  mutating func validate() throws {
    guard lists.resume != nil else {
      do {
        _ = try specification()
      } catch {
        throw ValidationError(error.description)
      }
      return
    }
    guard settings.texts.isEmpty, lists.isEmpty, session.name == nil else {
      throw ValidationError(
        "--resume goes on with the sweep's own settings in its own folder. Leave the other options of the sweep out."
      )
    }
  }

  mutating func run() throws {
    Interruption.install()
    let environment = Environment.variables
    let dataset = try session.source.load(
      trainedOn: lists.resume.flatMap { try KeptSweep.dataset(of: $0, in: session.runsDir) })
    let kept =
      try lists.resume.map { try KeptSweep(resuming: $0, in: session.runsDir, dataset: dataset) }
      ?? begin(dataset)
    var traits = TerminalTraits(environment: environment)
    if session.ascii { traits.encoding = .ascii }
    let sweep = SweepSession(
      kept, dataset: dataset, output: session.output, threads: session.threadCount, traits: traits)
    let status = try sweep.run()
    guard status == .success else { throw ExitCode(status.rawValue) }
  }

  private func begin(_ dataset: Dataset) throws -> KeptSweep {
    let plan: SweepPlan
    do {
      plan = try specification().plan(for: dataset.description, trainingImages: dataset.train.count)
    } catch {
      throw ValidationError(error.description)
    }
    return try KeptSweep(beginning: plan, in: session.runsDir, name: session.name, dataset: dataset)
  }

  private func specification() throws(ConfigurationError) -> SweepSpecification {
    try SweepSpecification(options: settings, over: lists.over, seeds: lists.seedCount, steps: lists.steps)
  }

  /// What was said about the runs, in lists.
  private var settings: GivenSettings {
    var settings = GivenSettings()
    settings.dataset = session.source.dataset ?? .usual
    for given in [network.given, optimizer.given, schedule.given] { settings = settings.changed(by: given) }
    return settings
  }
}

/// The options that describe the sweep itself.
struct SweepOptions: ParsableArguments {
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

  @Option(
    help: ArgumentHelp("Go on with a sweep: its folder, its name, or 'latest'.", valueName: "sweep"))
  var resume: String?

  /// The runs of each cell.
  var seedCount: Int { seeds ?? 1 }

  /// Whether nothing was said about the sweep.
  var isEmpty: Bool { over.isEmpty && seeds == nil && steps == nil }
}

/// The options that describe the session around a sweep.
struct SweepSessionOptions: ParsableArguments {
  @OptionGroup var source: DataDirectoryOption

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Runs at a time, 1...256. (default: one per processor)", valueName: "count"))
  var threads: Int?

  @Option(
    help: ArgumentHelp("Folder in which each sweep gets one of its own.", valueName: "dir"),
    completion: .directory)
  var runsDir = "runs"

  @Option(
    help: ArgumentHelp(
      "Name of the sweep's folder. (default: sweepN with the next free N)", valueName: "name"))
  var name: String?

  @Flag(help: "Print lines instead of drawing on the terminal.")
  var noTui = false

  @Flag(help: "Draw with 7-bit characters only.")
  var ascii = false

  @Option(help: "'text' for people, 'jsonl' for programs: one JSON object per run and cell.")
  var format = ReportFormat.text

  @Flag(help: "Print only the final tables and errors; jsonl stays complete.")
  var quiet = false

  /// The runs at a time.
  var threadCount: Int { threads ?? min(Processors.count, SessionOptions.allowedThreads.upperBound) }

  /// How the sweep is told.
  var output: ReportPlan {
    ReportPlan(
      format: format, isQuiet: quiet, failUnder: nil, wantsScreen: !noTui && !quiet && format == .text)
  }

  mutating func validate() throws {
    if let threads, !SessionOptions.allowedThreads.contains(threads) {
      throw ValidationError(
        "--threads \(threads): the number of threads lies in \(SessionOptions.allowedThreads). Give for example 2."
      )
    }
    try format.validate(ascii: ascii)
  }
}
