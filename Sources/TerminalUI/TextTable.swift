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
  public var lines: [String] { paddedLines.map(\.withoutTrailingBlanks) }

  /// One line per row, all of one width.
  package var paddedLines: [String] {
    let widths = widths
    return rows.map { row in
      var line = ""
      for (column, width) in widths.enumerated() {
        let cell = row.indices.contains(column) ? row[column] : ""
        if column > 0 { line += String(repeating: " ", count: spacing) }
        line += column < flushLeft ? cell.padded(to: width) : cell.paddedLeft(to: width)
      }
      return line
    }
  }

  /// The lines of tables below each other, an empty line between them, each at most `width` columns wide where that can be:
  /// each begins with the columns that are flush left, and columns that have no room beside the others come in the next one.
  public func lines(width: Int) -> [String] {
    let widths = widths
    let heads = Array(widths.indices.prefix(max(1, flushLeft)))
    var blocks: [[Int]] = []
    for column in widths.indices.dropFirst(heads.count) {
      let together = heads + (blocks.last ?? []) + [column]
      if !blocks.isEmpty, together.reduce(-spacing, { $0 + widths[$1] + spacing }) <= width {
        blocks[blocks.count - 1].append(column)
      } else {
        blocks.append([column])
      }
    }
    let tables = blocks.map { block in
      TextTable(
        rows: rows.map { row in (heads + block).map { row.indices.contains($0) ? row[$0] : "" } },
        spacing: spacing,
        flushLeft: flushLeft)
    }
    return Array(tables.map(\.lines).joined(separator: [""]))
  }

  private var widths: [Int] {
    (0..<(rows.map(\.count).max() ?? 0)).map { column in
      rows.map { $0.indices.contains(column) ? $0[column].cellWidth : 0 }.max() ?? 0
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
