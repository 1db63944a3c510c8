import ArgumentParser
import Datasets
import Experiment
import Messages
import Platform
import Reports

/// What is trained: lists of values, seeds, and how long each run is.
struct SweptOptions: ParsableArguments {
  @OptionGroup(title: says("Sweep", "扫描")) var lists: SweepListOptions
  @OptionGroup(title: says("Network, each option a list", "网络，每个选项可用列表")) var network:
    SettingOptions<NetworkGroup>
  @OptionGroup(title: says("Optimizer and regularisation, each option a list", "优化器和正则化，每个选项可用列表"))
  var optimizer: SettingOptions<OptimizerGroup>
  @OptionGroup(title: says("Schedule, each option a list", "学习率调度，每个选项可用列表")) var schedule:
    SettingOptions<ScheduleGroup>
  @OptionGroup(title: says("Data that are made, and regression, each option a list", "合成的数据和回归，每个选项可用列表"))
  var made: SettingOptions<DataGroup>

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
      "运行的任何设置和它的值，例如 nesterov=false,true；可重复。",
      valueName: "key=v1,v2,..."))
  var over: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Runs of each cell, with --seed and those after it. (default: 1)", "每格的运行数，用 --seed 和其后的种子。（默认：1）",
      valueName: "count"))
  var seeds: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Let each run make as many epochs as give it so many updates, whatever its training set.",
      "无论训练集多大，都让每个运行训练使更新达到这么多次的轮数。",
      valueName: "updates"))
  var steps: Int?

  /// Whether nothing was said.
  var isEmpty: Bool { over.isEmpty && seeds == nil && steps == nil }
}

/// Where sweeps are.
struct SweepFolderOptions: ParsableArguments {
  @Option(
    name: .customLong("runs-dir"),
    help: ArgumentHelp(
      "Folder in which each sweep gets one of its own. (default: runs)", "每个扫描在其中得到自己的文件夹。（默认：runs）",
      valueName: "dir"),
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
    help: ArgumentHelp(
      "Runs at a time, 1...256. (default: one per processor)", "同时训练的运行数，1...256。（默认：每个处理器一个）",
      valueName: "count"))
  var threads: Int?

  /// The runs at a time.
  var count: Int { threads ?? min(Processors.count, SessionOptions.allowedThreads.upperBound) }

  mutating func validate() throws { try SessionOptions.check(threads: threads) }
}

/// The name of a new sweep.
struct SweepNameOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Name of the sweep's folder. (default: sweepN with the next free N)", "扫描文件夹的名称。（默认：sweepN，N 为下一个未用的数）",
      valueName: "name"))
  var name: String?
}

/// How a sweep is told.
struct SweepOutputOptions: ParsableArguments {
  @Flag(help: ArgumentHelp("Print lines instead of drawing on the terminal.", "打印文字行，不在终端上绘图。"))
  var noTui = false

  @Flag(help: ArgumentHelp("Draw with 7-bit characters only.", "只用 7 位字符绘图。"))
  var ascii = false

  @Option(
    help: ArgumentHelp(
      "'text' for people, 'jsonl' for programs: one JSON object per run and cell.",
      "'text' 给人看，'jsonl' 给程序：每个运行和每格一个 JSON 对象。"))
  var format = ReportFormat.text

  @Flag(
    help: ArgumentHelp(
      "Print only the final tables and errors; jsonl stays complete.", "只打印最终的表和错误；jsonl 仍然完整。"))
  var quiet = false

  /// How the sweep is told.
  var plan: ReportPlan {
    ReportPlan(
      format: format, isQuiet: quiet, demands: [], wantsScreen: !noTui && !quiet && format == .text)
  }

  mutating func validate() throws { try format.validate(ascii: ascii) }
}
