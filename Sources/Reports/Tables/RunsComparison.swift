import Experiment
internal import Messages
package import Sessions
import TerminalUI

/// Recorded runs side by side: the settings in which they differ, their figures, and the first one's figures minus theirs.
package struct RunsComparison {
  package let runs: [ChosenRun]
  package let width: Int

  private static let missing = "-"
  private static let spacing = 3
  private let comparison: Comparison

  /// Compares complete runs by their last epochs, and others by the last epoch that all of them have.
  package init(_ runs: [ChosenRun], width: Int) {
    self.runs = runs
    self.width = width
    let histories = runs.map(\.run.history)
    comparison =
      histories.allSatisfy(\.isCompleted) ? Comparison(histories) : Comparison(underWay: histories)
  }

  package var lines: [String] {
    let legend = runs.map { run in
      let state = run.run.summary.state
      return state == .completed ? run.title : "\(run.title) (\(state.words))"
    }
    return legend + [""] + table(settingRows, says("settings that differ", "不同的设置")) + [""]
      + (replicates.areSeveral
        ? replicateLines
        : table(figureRows, says("figures", "指标")))
  }

  /// Runs of one session or several that differ in nothing but their seeds.
  private var replicates: Replicates {
    Replicates(runs.map { ($0.id, $0.run.name, $0.run.configuration) })
  }

  /// Where runs are repeated, their means and what the differences show.
  private var replicateLines: [String] {
    let histories = runs.map(\.run.history)
    let letters = runs.map(\.letter)
    let table = ReplicatesTable(replicates, histories: histories, letters: letters)
    let mentions = table.comparison.sides.map { "\(letters[$0.lead.index]) (\($0.shownName))" }
    let findings = ComparisonFindings(table.comparison, mentions: mentions).sentences
    return table.lines + [""]
      + TextWrap.lines(findings.joined(separator: says(" ", "")), width: min(width, 79))
  }

  /// A row: what it is about, and for each run a value and what the first run's is more.
  private typealias Row = (label: String, cells: [(value: String, difference: String)])

  private var settingRows: [Row] {
    let configurations = runs.map(\.run.configuration)
    var rows = SettingsOverview(configurations).differing.map { setting in
      Row(label: setting.key, cells: configurations.map { (setting.title(in: $0).cut(to: 60), "") })
    }
    let changes = runs.map(\.run.changes.count)
    if changes.contains(where: { $0 > 0 }) {
      rows.append(Row(label: says("live changes", "训练中的更改"), cells: changes.map { (String($0), "") }))
    }
    return rows.isEmpty ? [Row(label: says("none", "无"), cells: runs.map { _ in ("", "") })] : rows
  }

  private var figureRows: [Row] {
    let epochs = comparison.measured.map { $0.map { String($0.position.epoch) } ?? Self.missing }
    let best = runs.map { $0.run.history.best?.selectionText() ?? Self.missing }
    return [Row(label: says("after epoch", "在第几轮之后"), cells: epochs.map { ($0, "") })]
      + comparison.figures.map(row)
      + [
        Row(
          label: says(
            "best \(comparison.selection.title) @epoch", "最佳\(comparison.selection.title) @轮"),
          cells: best.map { ($0, "") })
      ]
  }

  private func row(_ figure: Figure) -> Row {
    let values = comparison.values(of: figure)
    return Row(
      label: figure.label(usesDropout: comparison.usesDropout),
      cells: values.indices.map { index in
        let difference = difference(values, index).map(figure.differenceText)
        return (values[index].map { figure.text($0) } ?? Self.missing, difference ?? "")
      })
  }

  /// Whether a run's figures may be subtracted from the first one's: both complete, or after the same epoch.
  private func isComparable(_ index: Int) -> Bool {
    let epochs = [0, index].map { comparison.measured[$0]?.position.epoch }
    return epochs[0] == epochs[1] || [0, index].allSatisfy { runs[$0].run.history.isCompleted }
  }

  private func difference(_ values: [Double?], _ index: Int) -> Double? {
    guard index > 0, isComparable(index), let value = values[index], let first = values[0] else { return nil }
    return first - value
  }

  /// The rows as lines; runs that have no room beside the others come in a table below.
  private func table(_ rows: [Row], _ title: String) -> [String] {
    let hasDifferences = rows.contains { $0.cells.contains { !$0.difference.isEmpty } }
    let columns = runs.indices.map { index -> [[String]] in
      let values = [[runs[index].letter] + rows.map { $0.cells[index].value }]
      guard hasDifferences, index > 0 else { return values }
      return values + [[runs[0].minus(runs[index])] + rows.map { $0.cells[index].difference }]
    }
    let labels = [title] + rows.map(\.label)
    var blocks: [[[String]]] = []
    for run in columns {
      if let last = blocks.last, columnsWidth([labels] + last + run) <= width {
        blocks[blocks.count - 1] += run
      } else {
        blocks.append(run)
      }
    }
    return Array(
      blocks.map { block in
        let all = [labels] + block
        return TextTable(rows: labels.indices.map { row in all.map { $0[row] } }, spacing: Self.spacing).lines
      }.joined(separator: [""]))
  }

  private func columnsWidth(_ columns: [[String]]) -> Int {
    columns.map { ($0.map(\.cellWidth).max() ?? 0) + Self.spacing }.reduce(-Self.spacing, +)
  }
}
