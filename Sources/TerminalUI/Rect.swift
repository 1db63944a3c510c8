/// A rectangle of cells; empty where width or height is 0 or less.
public struct Rect: Hashable, Sendable {
  /// The leftmost column.
  public var x: Int
  /// The topmost row.
  public var y: Int
  /// Columns.
  public var width: Int
  /// Rows.
  public var height: Int

  /// A rectangle; negative sizes become 0.
  public init(x: Int = 0, y: Int = 0, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// The first column to the right.
  public var maxX: Int { x + width }
  /// The first row below.
  public var maxY: Int { y + height }
  /// Whether it has no cell.
  public var isEmpty: Bool { width == 0 || height == 0 }

  /// The rectangle without `margin` cells on each side.
  public func inset(by margin: Int) -> Rect {
    Rect(x: x + margin, y: y + margin, width: width - 2 * margin, height: height - 2 * margin)
  }

  /// The top `rows` rows, and what is below them.
  public func splitTop(_ rows: Int) -> (top: Rect, rest: Rect) {
    let rows = min(max(0, rows), height)
    return (
      Rect(x: x, y: y, width: width, height: rows),
      Rect(x: x, y: y + rows, width: width, height: height - rows)
    )
  }

  /// What is above the bottom `rows` rows, and those rows.
  public func splitBottom(_ rows: Int) -> (rest: Rect, bottom: Rect) {
    let (top, rest) = splitTop(height - min(max(0, rows), height))
    return (top, rest)
  }

  /// The left `columns` columns, and what is to the right of them.
  public func splitLeft(_ columns: Int) -> (left: Rect, rest: Rect) {
    let columns = min(max(0, columns), width)
    return (
      Rect(x: x, y: y, width: columns, height: height),
      Rect(x: x + columns, y: y, width: width - columns, height: height)
    )
  }

  /// So many rectangles in rows of at most `columns`, which share it; the last one takes what its row has left.
  public func grid(of count: Int, columns: Int) -> [Rect] {
    let rows = (count + columns - 1) / columns
    return (0..<count).map { index in
      let (row, column) = index.quotientAndRemainder(dividingBy: columns)
      let left = x + width * column / columns
      let right = index == count - 1 ? maxX : x + width * (column + 1) / columns
      let (top, bottom) = (y + height * row / rows, y + height * (row + 1) / rows)
      return Rect(x: left, y: top, width: right - left, height: bottom - top)
    }
  }

  /// The cells that both rectangles have.
  public func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rect(
      x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
  }
}
