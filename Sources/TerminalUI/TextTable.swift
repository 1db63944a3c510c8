/// Rows of text in columns: the first columns are flush left, the others flush right.
public struct TextTable: Hashable, Sendable {
  /// The rows, first to last; short rows are filled up with empty cells.
  public var rows: [[String]]
  /// Blanks between columns.
  public var spacing: Int
  /// How many columns are flush left.
  public var flushLeft: Int

  /// A table of `rows`.
  public init(rows: [[String]], spacing: Int = 3, flushLeft: Int = 1) {
    self.rows = rows
    self.spacing = spacing
    self.flushLeft = flushLeft
  }

  /// One line per row, without blanks at the ends.
  public var lines: [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { $0.indices.contains(column) ? $0[column].cellWidth : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, width) in widths.enumerated() {
        let cell = row.indices.contains(column) ? row[column] : ""
        if column > 0 { line += String(repeating: " ", count: spacing) }
        line += column < flushLeft ? cell.padded(to: width) : cell.paddedLeft(to: width)
      }
      return line.withoutTrailingBlanks
    }
  }
}

extension String {
  /// The text with blanks behind it, at least `width` columns wide.
  public func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - cellWidth))
  }

  /// The text with blanks before it, at least `width` columns wide.
  public func paddedLeft(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - cellWidth)) + self
  }

  /// The text in at most `width` columns; `…` stands for the end of one that is longer.
  public func cut(to width: Int) -> String {
    guard cellWidth > width else { return self }
    return width > 0 ? prefix(columns: width - 1) + "…" : ""
  }

  /// The text up to its last character that is not a blank.
  public var withoutTrailingBlanks: String {
    lastIndex { $0 != " " }.map { String(self[...$0]) } ?? ""
  }
}
