package import Datasets
package import Experiment
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
      ? "as many samples as the settings say"
      : "\(NumberText.grouped(trainCount)) training and \(NumberText.grouped(testCount)) test images"
    let cells = plan.cells.count == 1 ? "1 cell" : "\(plan.cells.count) cells"
    let seeds = plan.seeds == 1 ? "1 seed" : "\(plan.seeds) seeds"
    var lines = ["fmnist-tui \(ProgramVersion.text)"]
    lines += section("data", [source.dataset.name, counts, source.description])
    for (index, axis) in plan.axes.enumerated() {
      lines += section(
        index == 0 ? "over" : "",
        [axis.name + " " + (axis.values.first ?? "")] + axis.values.dropFirst())
    }
    lines += section(
      "runs",
      ["\(cells) × \(seeds) = \(NumberText.grouped(progress.runs.count)) runs", "\(threads) at a time"])
    if !overview.commonPhrases.isEmpty { lines += section("all runs", overview.commonPhrases) }
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
      } ?? "diverged: \(result.divergence ?? "")"
    let left = secondsRemaining.map { ", \(NumberText.clock($0)) left" } ?? ""
    return traits.encoding.encode(
      "\(String(progress.results.count).paddedLeft(to: total.count))/\(total)  "
        + (phrase.isEmpty ? "" : phrase + ", ") + "seed \(result.key.seed): \(outcome) "
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
        [map.title + (seeds > 1 ? ", mean of \(seeds) seeds" : "")] + surface.lines(colors: colors) + [""]
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
