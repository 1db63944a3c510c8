import ArgumentParser
import Experiment
import Messages
import Platform
import Reports
import Sessions
import TerminalUI

/// `fmnist-tui runs best`: the runs that are best by a figure.
struct RunsBestCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "best",
      abstract: says(
        "Name the best runs by a figure at their end, or at their best epoch.", "按一个指标找出最好的运行，在结束时或在最佳轮。"),
      discussion: says(
        """
        The best epoch was chosen by images held out where there were any, and otherwise by the test set, which flatters it: \
        by --best-epoch the figures are those of that epoch.
        """,
        """
        最佳轮由留出的验证图像选出；没有留出时由测试集选出，这会使结果偏好。用 --best-epoch 时，指标是最佳轮的。
        """))
  }

  @Option(help: ArgumentHelp("The figure. (default: test_accuracy)", "指标。（默认：test_accuracy）"))
  var by = Chosen(Figure.testAccuracy)

  @Flag(
    help: ArgumentHelp(
      "Take the figures of each run's best epoch in place of its final ones.", "用每个运行最佳轮的指标，而不是最终的。"))
  var bestEpoch = false

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How many runs are named.", "列出多少个运行。", valueName: "count"))
  var count = 1

  @Option(
    help: ArgumentHelp("Which sessions, as 'runs list' has it.", "哪些会话，写法同 'runs list'。", valueName: "words"))
  var filter: String?

  @OptionGroup var directory: RunsDirectoryOption

  @Option(
    help: ArgumentHelp(
      "'text' for people, 'jsonl' for programs: one JSON object per run.",
      "'text' 给人看，'jsonl' 给程序：每个运行一个 JSON 对象。"))
  var format = ReportFormat.text

  @OptionGroup var language: LanguageOption

  mutating func validate() throws {
    guard count >= 1 else {
      throw ValidationError(
        says(
          "--count \(count): at least one run is named. Give for example 5.",
          "--count \(count)：至少列出一个运行。例如用 5。"))
    }
  }

  mutating func run() throws {
    let sessions = try directory.listed().filter(SessionQuery(argument: filter).means)
    let ranked = RankedRuns(sessions, by: by.value, ofBestEpoch: bestEpoch).runs.prefix(count)
    guard !ranked.isEmpty else {
      throw Failure(
        status: .missingInput,
        message:
          says(
            "\(directory.runsDir): no run here has the figure \(by.value.key). 'runs list' shows those there are.",
            "\(directory.runsDir)：这里没有运行有指标 \(by.value.key)。'runs list' 列出有哪些运行。")
      )
    }
    let encoding = TerminalTraits(environment: Environment.variables).encoding
    let lines = format == .text ? RankedRuns.table(Array(ranked)).map(encoding.encode) : ranked.map(\.json)
    try StandardStream.output.write(lines: lines)
  }
}
