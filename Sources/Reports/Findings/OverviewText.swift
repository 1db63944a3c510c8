package import Experiment
internal import TerminalUI

extension Overview.Column {
  /// The columns beside the name of the run.
  package static let ofFigures: [Overview.Column] = allCases.filter { $0 != .run }

  /// What is written above it.
  package var heading: String {
    switch self {
    case .run: "run"
    case .epoch: "epoch"
    case .accuracy: Overview.accuracy.heading
    case .best: "best @epoch"
    case .gap: Overview.gap.heading
    case .difference: "difference"
    }
  }

  /// The order of its rows in words.
  package func order(isReversed: Bool) -> String {
    let isAscending = ascends != isReversed
    return switch self {
    case .run: isReversed ? "last run first" : "first run first"
    case .epoch: isAscending ? "fewest epochs first" : "most epochs first"
    case .accuracy: "\(isAscending ? "lowest" : "highest") \(Overview.accuracy.title) first"
    case .best: "\(isAscending ? "lowest" : "highest") best first"
    case .gap: "\(isAscending ? "smallest" : "largest") gap first"
    case .difference: "\(isAscending ? "lowest" : "highest") difference first"
    }
  }

  /// What a row has in it; a difference is headed by the two that it is between.
  fileprivate func text(of row: Overview.Row) -> String {
    switch self {
    case .run: row.run.letter
    case .epoch: row.epoch.map { String($0) } ?? "-"
    case .accuracy: row.accuracy.map(Overview.accuracy.text) ?? "-"
    case .best:
      row.best.map { Overview.accuracy.text($0.mean) + (row.bestEpoch.map { " @\($0)" } ?? "") } ?? "-"
    case .gap: row.gap.map { Overview.gap.bareText($0.mean) } ?? "-"
    case .difference:
      row.difference.map { difference in
        row.pair.map(\.letter).joined(separator: " − ") + "  "
          + Overview.accuracy.text(difference).paddedLeft(to: 6)
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
        (row.run, width == 0 ? column.text(of: row) : column.text(of: row) + note.padded(to: width))
      }, uniquingKeysWith: { first, _ in first })
  }
}
