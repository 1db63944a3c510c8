/// A row-major matrix of 32-bit floats.
public struct Matrix: Hashable, Sendable {
  /// Rows: samples of a batch, or inputs of a layer's weights.
  public private(set) var rows: Int
  /// Columns: units.
  public let columns: Int
  /// The elements, shape `[rows, columns]`.
  public var elements: [Float]

  /// A matrix of zeros.
  public init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, elements: [Float](repeating: 0, count: rows * columns))
  }

  /// A matrix of the given elements, row after row.
  public init(rows: Int, columns: Int, elements: [Float]) {
    precondition(elements.count == rows * columns, "a matrix needs rows × columns elements")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// The element in a row and column, both from 0.
  public subscript(row: Int, column: Int) -> Float {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// Changes the number of rows; memory once reserved is kept, so a smaller last batch allocates nothing.
  public mutating func resize(rows newRows: Int) {
    guard newRows != rows else { return }
    if newRows < rows {
      elements.removeLast((rows - newRows) * columns)
    } else {
      elements.append(contentsOf: repeatElement(0, count: (newRows - rows) * columns))
    }
    rows = newRows
  }

  /// The matrix with rows and columns exchanged.
  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns {
        result[column, row] = self[row, column]
      }
    }
    return result
  }
}
