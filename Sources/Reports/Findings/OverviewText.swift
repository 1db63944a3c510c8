package import Experiment
internal import TerminalUI

extension Overview.Column {
  /// The columns beside the name of the run.
  package static let ofFigures: [Overview.Column] = allCases.filter { $0 != .run }

}

extension Overview {
  /// What is written above a column.
  package func heading(of column: Column) -> String {
    switch column {
    case .run: "run"
    case .epoch: "epoch"
    case .result: result.heading
    case .best: "best @epoch"
    case .gap: gap.heading
    case .difference: "difference"
    }
  }

  /// The order of the rows by a column, in words.
  package func order(by column: Column, isReversed: Bool) -> String {
    let isAscending = column.ascends(result) != isReversed
    return switch column {
    case .run: isReversed ? "last run first" : "first run first"
    case .epoch: isAscending ? "fewest epochs first" : "most epochs first"
    case .result: "\(isAscending ? "lowest" : "highest") \(result.title) first"
    case .best: "\(isAscending ? "lowest" : "highest") best first"
    case .gap: "\(isAscending ? "smallest" : "largest") gap first"
    case .difference: "\(isAscending ? "lowest" : "highest") difference first"
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
