internal import CKernels

/// A batch of samples of one shape, or the numbers of a parameter: 32-bit floats, row-major.
///
/// The numbers of a sample lie side by side in a row, so that a batch is a matrix `[rows, columns]`.
public struct Tensor: Hashable, Sendable {
  /// Samples of a batch, or inputs of a layer's weights.
  public private(set) var rows: Int
  /// The shape of one row.
  public let shape: Shape
  /// The elements, row after row.
  public var elements: [Float]

  /// Zeros: `rows` samples of a shape.
  public init(rows: Int, shape: Shape) {
    self.rows = rows
    self.shape = shape
    elements = [Float](repeating: 0, count: rows * shape.count)
  }

  /// A matrix of zeros.
  public init(rows: Int, columns: Int) { self.init(rows: rows, shape: .units(columns)) }

  /// A matrix of the given elements, row after row.
  public init(rows: Int, columns: Int, elements: [Float]) {
    precondition(elements.count == rows * columns, "a matrix needs rows × columns elements")
    self.rows = rows
    shape = .units(columns)
    self.elements = elements
  }

  /// Numbers of a row.
  public var columns: Int { shape.count }

  /// The element in a row and column, both from 0.
  public subscript(row: Int, column: Int) -> Float {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// The elements of one row.
  public func row(_ row: Int) -> ArraySlice<Float> { elements[row * columns..<(row + 1) * columns] }

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

  /// Becomes the same as `other`, in the memory that it has.
  public mutating func copy(_ other: Tensor) { repeatRows(of: other, times: 1) }

  /// Becomes each row of `other` so many times, one after the other.
  mutating func repeatRows(of other: Tensor, times: Int) {
    resize(rows: other.rows * times)
    let columns = columns
    elements.withUnsafeMutableBufferPointer { target in
      other.elements.withUnsafeBufferPointer { source in
        guard let target = target.baseAddress, let source = source.baseAddress else { return }
        for row in 0..<other.rows * times {
          (target + row * columns).update(from: source + row / times * columns, count: columns)
        }
      }
    }
  }

  /// The matrix with rows and columns exchanged.
  public var transposed: Tensor {
    var result = Tensor(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns {
        result[column, row] = self[row, column]
      }
    }
    return result
  }
}

// MARK: - What numbers have in common

extension Tensor {
  /// √Σ element², the same for every team.
  package func euclideanNorm(team: ThreadTeam) -> Double {
    kernels_sum_squares(team.kernels, team.threads, elements.count, elements).squareRoot()
  }

  /// The standard deviation of all elements, √(Σ (element - mean)² / count), the same for every team; 0 where there are none.
  package func standardDeviation(team: ThreadTeam) -> Double {
    // Distances from one of the elements are as small as they differ, so that little is lost where the squares are subtracted.
    guard let first = elements.first else { return 0 }
    let count = Double(elements.count)
    let sums = kernels_sum_deviations(team.kernels, team.threads, elements.count, elements, Double(first))
    return (max(0, sums.squares - sums.sum * sums.sum / count) / count).squareRoot()
  }
}
