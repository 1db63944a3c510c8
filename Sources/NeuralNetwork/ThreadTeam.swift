internal import CKernels

/// Threads that share the matrix products of one run; idle ones use no processor.
///
/// The bits of a product do not depend on how many threads compute it.
public final class ThreadTeam {
  private let team: OpaquePointer?
  private let kernels: OpaquePointer

  /// A team of `threads` threads, of which the caller is one.
  ///
  /// Where the system grants no further threads, the caller computes alone, with the same results.
  public convenience init(threads: Int) {
    self.init(threads: threads, kernels: kernels_default())
  }

  /// A team that computes with the kernels of a given instruction set.
  init(threads: Int, kernels: OpaquePointer) {
    self.kernels = kernels
    team = threads > 1 ? kernels_team_create(threads) : nil
  }

  deinit {
    if let team { kernels_team_destroy(team) }
  }

  /// One factor of a product: a matrix, or its transpose at no cost.
  enum Factor {
    case plain(Matrix)
    case transposed(Matrix)

    var matrix: Matrix {
      switch self {
      case .plain(let matrix), .transposed(let matrix): matrix
      }
    }

    var shape: (rows: Int, columns: Int) {
      switch self {
      case .plain(let matrix): (matrix.rows, matrix.columns)
      case .transposed(let matrix): (matrix.columns, matrix.rows)
      }
    }

    var strides: (row: Int, column: Int) {
      switch self {
      case .plain(let matrix): (matrix.columns, 1)
      case .transposed(let matrix): (1, matrix.columns)
      }
    }
  }

  /// Computes output = left · right, every element summed in order.
  func multiply(_ left: Factor, _ right: Factor, into output: inout Matrix) {
    precondition(
      left.shape.columns == right.shape.rows && output.rows == left.shape.rows
        && output.columns == right.shape.columns,
      "the shapes of a product must match")
    left.matrix.elements.withUnsafeBufferPointer { leftElements in
      right.matrix.elements.withUnsafeBufferPointer { rightElements in
        output.elements.withUnsafeMutableBufferPointer { outputElements in
          guard let leftBase = leftElements.baseAddress, let rightBase = rightElements.baseAddress,
            let outputBase = outputElements.baseAddress
          else { return }
          var product = kernels_product(
            rows: left.shape.rows, columns: right.shape.columns, depth: left.shape.columns,
            left: leftBase, left_row_stride: left.strides.row, left_column_stride: left.strides.column,
            right: rightBase, right_row_stride: right.strides.row, right_column_stride: right.strides.column,
            output: outputBase, output_row_stride: right.shape.columns)
          kernels_multiply(kernels, &product, team)
        }
      }
    }
  }
}
