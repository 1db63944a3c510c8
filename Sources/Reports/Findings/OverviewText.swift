package import Experiment
internal import Messages
internal import TerminalUI

extension Overview.Column {
  /// The columns beside the name of the run.
  package static let ofFigures: [Overview.Column] = allCases.filter { $0 != .run }

}

extension Overview {
  /// What is written above a column.
  package func heading(of column: Column) -> String {
    switch column {
    case .run: says("run", "运行")
    case .epoch: says("epoch", "轮")
    case .result: result.heading
    case .best: says("best @epoch", "最佳 @轮")
    case .gap: gap.heading
    case .difference: says("difference", "差值")
    }
  }

  /// The order of the rows by a column, in words.
  package func order(by column: Column, isReversed: Bool) -> String {
    let isAscending = column.ascends(result) != isReversed
    return switch column {
    case .run:
      isReversed
        ? says("last run first", "末个运行在前") : says("first run first", "首个运行在前")
    case .epoch:
      isAscending
        ? says("fewest epochs first", "轮数最少在前") : says("most epochs first", "轮数最多在前")
    case .result:
      says(
        "\(isAscending ? "lowest" : "highest") \(result.title) first",
        "\(result.title)最\(isAscending ? "低" : "高")在前")
    case .best:
      says("\(isAscending ? "lowest" : "highest") best first", "最佳值最\(isAscending ? "低" : "高")在前")
    case .gap:
      says("\(isAscending ? "smallest" : "largest") gap first", "差距最\(isAscending ? "小" : "大")在前")
    case .difference:
      says("\(isAscending ? "lowest" : "highest") difference first", "差值最\(isAscending ? "低" : "高")在前")
    }
  }

  /// What a row has in it; a difference is headed by the two that it is between.
  private func text(of row: Row, in column: Column) -> String {
    switch column {
    case .run: row.run.letter
    case .epoch: row.epoch.map { String($0) } ?? "-"
    case .result: row.result.map(result.text) ?? "-"
    case .best:
      row.best.map { result.text($0.mean) + (row.bestEpoch.map { " @\($0)" } ?? "") } ?? "-"
    case .gap: row.gap.map { gap.bareText($0.mean) } ?? "-"
    case .difference:
      row.difference.map { difference in
        row.pair.map(\.letter).joined(separator: " − ") + "  "
          + result.text(difference).paddedLeft(to: 6)
      } ?? ""
    }
  }
}

extension Overview {
  /// What the rows have in a column: a difference is followed by its epoch where one of the two is further, in a place of its own.
  package func texts(of column: Column) -> [RunID: String] {
    let notes = rows.map { $0.differenceEpoch.map { " @\($0)" } ?? "" }
    let width = column == .difference ? notes.map(\.count).max() ?? 0 : 0
    return Dictionary(
      zip(rows, notes).map { row, note in
        (row.run, width == 0 ? text(of: row, in: column) : text(of: row, in: column) + note.padded(to: width))
      }, uniquingKeysWith: { first, _ in first })
  }
}
