internal import CKernels

/// One factor of a product: a matrix, or its transpose at no cost.
enum Factor {
  case plain(Tensor)
  case transposed(Tensor)

  var matrix: Tensor {
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

extension ThreadTeam {
  /// Computes output = left · right + bias, every element summed in order; `bias`, if any, has one row.
  func multiply(_ left: Factor, _ right: Factor, bias: Tensor? = nil, into output: inout Tensor) {
    precondition(
      left.shape.columns == right.shape.rows && output.rows == left.shape.rows
        && output.columns == right.shape.columns && bias?.columns ?? output.columns == output.columns,
      "the shapes of a product must match")
    kernels_multiply(
      kernels, threads, left.shape.rows, right.shape.columns, left.shape.columns, left.matrix.elements,
      left.strides.row, left.strides.column, right.matrix.elements, right.strides.row, right.strides.column,
      bias?.elements, &output.elements)
  }

  /// Sums each column of `matrix` over the rows, in order, into a matrix of one row.
  func sumColumns(of matrix: Tensor, into sums: inout Tensor) {
    precondition(sums.rows == 1 && sums.columns == matrix.columns, "sums need one row of as many columns")
    kernels_sum_columns(kernels, threads, matrix.rows, matrix.columns, matrix.elements, &sums.elements)
  }
}
