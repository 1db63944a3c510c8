package import Datasets
package import Experiment
internal import Messages
import Platform
package import TerminalUI

/// A sweep in lines of text for a person.
package struct SweepReport {
  package let source: DataSource
  package let trainCount: Int
  package let testCount: Int
  package let threads: Int
  package let traits: TerminalTraits

  /// Made of its parts.
  package init(source: DataSource, trainCount: Int, testCount: Int, threads: Int, traits: TerminalTraits) {
    self.source = source
    self.trainCount = trainCount
    self.testCount = testCount
    self.threads = threads
    self.traits = traits
  }

  private static let indent = 9
  private static let width = 79
  private static let curveHeight = 20

  /// What is done, before the first run.
  package func heading(_ progress: SweepProgress) -> [String] {
    let plan = progress.plan
    let overview = SettingsOverview(plan.cells.map(\.configuration))
    let counts =
      source.place == .synthesis
      ? says("as many samples as the settings say", "样本数由设置决定")
      : says(
        "\(NumberText.grouped(trainCount)) training and \(NumberText.grouped(testCount)) test images",
        "训练图像 \(NumberText.grouped(trainCount))，测试图像 \(NumberText.grouped(testCount))")
    let cells = says(plan.cells.count == 1 ? "1 cell" : "\(plan.cells.count) cells", "\(plan.cells.count) 格")
    let seeds = says(plan.seeds == 1 ? "1 seed" : "\(plan.seeds) seeds", "\(plan.seeds) 个种子")
    let runs = NumberText.grouped(progress.runs.count)
    var lines = ["fmnist-tui \(ProgramVersion.text)"]
    lines += section(says("data", "数据"), [source.dataset.name, counts, source.description])
    for (index, axis) in plan.axes.enumerated() {
      lines += section(
        index == 0 ? says("over", "扫描") : "",
        [axis.name + " " + (axis.values.first ?? "")] + axis.values.dropFirst())
    }
    lines += section(
      says("runs", "运行"),
      [
        "\(cells) × \(seeds) = \(runs)" + says(" runs", " 个运行"),
        says("\(threads) at a time", "同时 \(threads) 个"),
      ])
    if !overview.commonPhrases.isEmpty {
      lines += section(says("all runs", "所有运行"), overview.commonPhrases)
    }
    return encode(lines)
  }

  private func section(_ label: String, _ phrases: [String]) -> [String] {
    TextWrap.lines(
      label: label, phrases: phrases.map(traits.encoding.encode), separator: traits.encoding.encode(" · "),
      indent: Self.indent, width: Self.width)
  }

  /// A run that has just ended, and how much is left.
  package func line(_ result: SweepResult, _ progress: SweepProgress, secondsRemaining: Double?) -> String {
    let total = String(progress.runs.count)
    let phrase = progress.plan.phrase(of: result.key.cell)
    let outcome =
      result.metrics.map { metrics in
        Figure.judged(for: metrics.task).compactMap { figure in
          metrics[figure].map { value in
            figure.format == .points
              ? "\(figure.heading) \(figure.differenceText(value))"
              : "\(figure.split?.title ?? figure.heading) \(figure.text(value))"
          }
        }.joined(separator: ", ")
      }
      ?? says(
        "diverged: \(result.divergence ?? "")", "已发散：\(DivergenceMessage.told(result.divergence ?? ""))")
    let left =
      secondsRemaining.map { says(", \(NumberText.clock($0)) left", "，还需 \(NumberText.clock($0))") } ?? ""
    let seed = says("seed \(result.key.seed)", "种子 \(result.key.seed)")
    return traits.encoding.encode(
      "\(String(progress.results.count).paddedLeft(to: total.count))/\(total)  "
        + (phrase.isEmpty ? "" : phrase + says(", ", "，")) + seed + says(": ", "：") + "\(outcome) "
        + "(\(NumberText.fixed(result.seconds, decimals: 1)) s\(left))")
  }

  /// The maps of test accuracy and gap, if there are sides for them, and the table of all cells.
  package func tables(_ progress: SweepProgress) -> [String] { Self.tables(progress, traits: traits) }

  /// The same for a sweep that was made elsewhere.
  package static func tables(_ progress: SweepProgress, traits: TerminalTraits) -> [String] {
    if let lines = progress.sidesReport(encoding: traits.encoding) {
      return lines.map(traits.encoding.encode)
    }
    let colors = StandardStream.output.isTerminal ? traits.colors : .none
    var lines: [String] = []
    for figure in Figure.judged(for: progress.plan.task) where progress.plan.axes.count == 2 {
      guard let map = SweepMap(progress, figure: figure, glyphs: traits.glyphs) else { continue }
      var surface = Surface(width: map.size.width, height: map.size.height)
      map.draw(on: &surface, in: surface.bounds)
      let seeds = progress.plan.seeds
      lines +=
        [map.title + (seeds > 1 ? says(", mean of \(seeds) seeds", ", \(seeds) 个种子的均值") : "")]
        + surface.lines(colors: colors) + [""]
    }
    if let curve = SweepCurveChart(progress, figure: progress.selection, glyphs: traits.glyphs) {
      var surface = Surface(width: Self.width, height: Self.curveHeight)
      curve.draw(on: &surface, in: surface.bounds)
      lines += surface.lines(colors: colors) + [""]
    }
    let judged = Figure.judged(for: progress.plan.task)
    let figures = judged + [judged.contains(.testLoss) ? .trainLoss : .testLoss]
    return lines
      + (SweepTable(progress, figures: figures).lines + bestLines(progress)).map(traits.encoding.encode)
  }

  /// The best cell, with its settings.
  private static func bestLines(_ progress: SweepProgress) -> [String] {
    progress.bestSentence(by: progress.selection).map { ["", $0] } ?? []
  }

  private func encode(_ lines: [String]) -> [String] { lines.map(traits.encoding.encode) }
}
