/// A fully connected layer: output = input · weights + biases.
public struct Linear: Sendable {
  /// Weights, shape `[inputs, outputs]`: the transpose of PyTorch's `Linear.weight`.
  public var weights: Parameter
  /// Biases, shape `[1, outputs]`.
  public var biases: Parameter

  /// A layer with the given weights `[inputs, outputs]` and biases `[outputs]`.
  public init(weights: Matrix, biases: [Float]) {
    precondition(weights.columns == biases.count, "a linear layer needs one bias per output")
    self.weights = Parameter(.weight, values: weights)
    self.biases = Parameter(.bias, values: Matrix(rows: 1, columns: biases.count, elements: biases))
  }

  /// Units it reads.
  public var inputs: Int { weights.values.rows }
  /// Units it writes.
  public var outputs: Int { weights.values.columns }

  /// Computes `[batch, outputs]` from `[batch, inputs]`.
  func forward(_ input: Matrix, into output: inout Matrix, team: ThreadTeam) {
    team.multiply(.plain(input), .plain(weights.values), into: &output)
    output.updateRows(with: biases.values.elements) { $0 += $1 }
  }

  /// Sets the gradients of weights and biases from the layer's input and the gradient of its output.
  mutating func backward(input: Matrix, outputGradient: Matrix, team: ThreadTeam) {
    team.multiply(.transposed(input), .plain(outputGradient), into: &weights.gradient)
    outputGradient.sumColumns(into: &biases.gradient)
  }

  /// Computes the gradient of the input, `[batch, inputs]`, from that of the output.
  func inputGradient(of outputGradient: Matrix, into inputGradient: inout Matrix, team: ThreadTeam) {
    team.multiply(.plain(outputGradient), .transposed(weights.values), into: &inputGradient)
  }
}

extension Matrix {
  /// Combines every row with `vector`, element by element.
  @inline(__always)
  mutating func updateRows(with vector: [Float], _ combine: (inout Float, Float) -> Void) {
    let (rows, columns) = (rows, columns)
    vector.withUnsafeBufferPointer { vector in
      elements.withUnsafeMutableBufferPointer { elements in
        for row in 0..<rows {
          for column in 0..<columns { combine(&elements[row * columns + column], vector[column]) }
        }
      }
    }
  }

  /// Combines every element with the element of `other` at the same place.
  @inline(__always)
  mutating func update(with other: Matrix, _ combine: (inout Float, Float) -> Void) {
    precondition(rows == other.rows && columns == other.columns, "the shapes must match")
    other.elements.withUnsafeBufferPointer { other in
      elements.withUnsafeMutableBufferPointer { elements in
        for index in elements.indices { combine(&elements[index], other[index]) }
      }
    }
  }

  /// Sums each column over the rows, in order, into a matrix of one row.
  func sumColumns(into sums: inout Matrix) {
    precondition(sums.rows == 1 && sums.columns == columns, "sums need one row of as many columns")
    elements.withUnsafeBufferPointer { elements in
      sums.elements.withUnsafeMutableBufferPointer { sums in
        for column in 0..<columns { sums[column] = 0 }
        for row in 0..<rows {
          for column in 0..<columns { sums[column] += elements[row * columns + column] }
        }
      }
    }
  }
}
