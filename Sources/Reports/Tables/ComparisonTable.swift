package import Experiment
internal import Messages
package import Sessions
import TerminalUI
import Training

extension SessionDescription {
  /// The final figures: of each side where runs are repeated, otherwise of each run.
  package func table(_ histories: [RunHistory]) -> [String] {
    let replicates = replicates
    return replicates.areSeveral
      ? ReplicatesTable(
        replicates, histories: histories, letters: runs.indices.map { letter(of: RunID($0)) }
      ).lines
      : ComparisonTable.lines(session: self, histories: histories, comparison: Comparison(histories))
  }
}

/// The final figures of each run in a column, and the difference where it means something.
package struct ComparisonTable {
  package let session: SessionDescription
  package let histories: [RunHistory]
  package let comparison: Comparison

  private static let missing = "-"
  private static let longestHeading = 22

  /// The most runs side by side; further ones have a table below.
  private static let columns = 2

  /// Whether the two are told with their difference.
  private var hasDifference: Bool { showsDifference && comparison.isComparable }
  private var showsDifference = true

  /// The lines of all runs: where there are more than two an overview of them, and below it two side by side.
  package static func lines(session: SessionDescription, histories: [RunHistory], comparison: Comparison)
    -> [String]
  {
    guard histories.count > columns else {
      return ComparisonTable(session: session, histories: histories, comparison: comparison).lines
    }
    let blocks = stride(from: 0, to: histories.count, by: columns).map { start in
      let shown = Array(start..<min(start + columns, histories.count))
      let histories = shown.map { histories[$0] }
      var table = ComparisonTable(
        session: session.selecting(shown), histories: histories, comparison: Comparison(histories))
      // What others are compared with, the overview tells.
      table.showsDifference = start == 0
      return table.lines
    }
    return Array(([overview(session, histories)] + blocks).joined(separator: [""]))
  }

  /// A row for each run: each is subtracted from what it was forked from, or from the first one.
  private static func overview(_ session: SessionDescription, _ histories: [RunHistory]) -> [String] {
    let columns = Overview.Column.ofFigures
    let overview = Overview(histories, pairing: Pairing(histories))
    let texts = columns.map(overview.texts)
    let rows = overview.rows.enumerated().map { index, row in
      [heading(session, index)] + texts.map { $0[row.run] ?? "" }
    }
    return TextTable(rows: [[says("all runs", "所有运行")] + columns.map(overview.heading)] + rows, spacing: 2)
      .lines
  }

  private init(session: SessionDescription, histories: [RunHistory], comparison: Comparison) {
    (self.session, self.histories, self.comparison) = (session, histories, comparison)
  }

  package var lines: [String] { TextTable(rows: rows).lines }

  private var rows: [[String]] {
    let epochs = comparison.measured.map { $0?.position.epoch }
    let isOneEpoch = Set(epochs).count == 1
    let title = isOneEpoch ? epochs.first?.map { says("after epoch \($0)", "第 \($0) 轮之后") } : nil
    var rows = [[title ?? ""] + session.runs.indices.map(heading)]
    if hasDifference {
      rows[0].append(session.runs.indices.map { session.letter(of: RunID($0)) }.joined(separator: " − "))
    }
    if !isOneEpoch {
      rows.append([says("after epoch", "在第几轮之后")] + epochs.map { $0.map { String($0) } ?? Self.missing })
    }
    rows += comparison.figures.map(row)
    rows.append(
      [says("best \(comparison.selection.title)", "最佳\(comparison.selection.title)")] + histories.map(best))
    if histories.contains(where: { $0.ended?.restoredEpoch != nil }) {
      rows.append([says("last epoch made", "完成的最后一轮")] + histories.map(lastEpoch))
    }
    if !histories.allSatisfy(\.isCompleted) { rows.append([says("ended", "结束")] + histories.map(end)) }
    return rows
  }

  /// A name that would make the table too wide is left to the header.
  private func heading(_ index: Int) -> String { Self.heading(session, index) }

  private static func heading(_ session: SessionDescription, _ index: Int) -> String {
    let heading = session.title(of: RunID(index))
    let letter = session.letter(of: RunID(index))
    return heading.cellWidth <= longestHeading ? heading : says("run \(letter)", "运行 \(letter)")
  }

  private func row(_ figure: Figure) -> [String] {
    let values = comparison.values(of: figure).map { $0.map { value in figure.text(value) } ?? Self.missing }
    return [figure.label(usesDropout: comparison.usesDropout)] + values
      + (hasDifference ? [comparison.difference(of: figure).map(figure.differenceText) ?? ""] : [])
  }

  private func best(_ history: RunHistory) -> String {
    history.best?.selectionText(says(" epoch ", " @")) ?? Self.missing
  }

  private func lastEpoch(_ history: RunHistory) -> String {
    history.epochs.last.map { String($0.position.epoch) } ?? Self.missing
  }

  private func end(_ history: RunHistory) -> String {
    guard let ended = history.ended else { return Self.missing }
    let epoch = ended.position.epoch
    return switch ended.reason {
    case .completed: says("complete", "已完成")
    case .stopped: says("stopped epoch \(epoch)", "第 \(epoch) 轮停止")
    case .diverged: says("diverged epoch \(epoch)", "第 \(epoch) 轮发散")
    case .failed: says("failed epoch \(epoch)", "第 \(epoch) 轮失败")
    }
  }
}
