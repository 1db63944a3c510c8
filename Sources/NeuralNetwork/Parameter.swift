/// Trainable numbers of a layer and the gradient of the loss with respect to them.
public struct Parameter: Sendable {
  /// What the numbers are, which decides whether penalties apply.
  public enum Kind: Sendable {
    /// Weights that inputs are multiplied with.
    case weight
    /// Numbers that are added to outputs.
    case bias
    /// Factors and shifts of normalised numbers, slopes of activations.
    case other
  }

  /// The name within its layer, as PyTorch has it, for example `weight`.
  public let name: String
  /// What the numbers are.
  public let kind: Kind
  /// The numbers.
  public var values: Tensor
  /// The gradient of the mean loss, of the same shape.
  public var gradient: Tensor
  /// How files have the numbers.
  private let order: Order

  /// How files have the numbers of a matrix `[rows, columns]`.
  public enum Order: Sendable {
    /// As they are: `[columns]` if there is one row, otherwise `[rows, columns]`.
    case unchanged
    /// `[columns, rows]`, as PyTorch has the weights of linear layers.
    case transposed
    /// `[columns, channels, side, side]`, as PyTorch has filters; the rows are `[side, side, channels]`.
    case convolution(side: Int, channels: Int)
  }

  /// A parameter with gradient zero.
  public init(_ name: String, _ kind: Kind, values: Tensor, inFiles order: Order = .unchanged) {
    self.name = name
    self.kind = kind
    self.values = values
    self.order = order
    gradient = Tensor(rows: values.rows, shape: values.shape)
  }

  /// The size of each dimension in files.
  var shapeInFiles: [Int] {
    switch order {
    case .unchanged: values.rows == 1 ? [values.columns] : [values.rows, values.columns]
    case .transposed: [values.columns, values.rows]
    case .convolution(let side, let channels): [values.columns, channels, side, side]
    }
  }

  /// The numbers as files have them.
  var valuesInFiles: [Float] {
    get {
      switch order {
      case .unchanged: values.elements
      case .transposed: values.transposed.elements
      case .convolution(let side, let channels):
        // A filter is a matrix of pixels and channels.
        values.transposed.elements(exchanging: side * side, channels)
      }
    }
    set {
      switch order {
      case .unchanged: values.elements = newValue
      case .transposed:
        values = Tensor(rows: values.columns, columns: values.rows, elements: newValue).transposed
      case .convolution(let side, let channels):
        let filters = Tensor(rows: values.columns, columns: values.rows, elements: newValue)
        values =
          Tensor(
            rows: values.columns, columns: values.rows,
            elements: filters.elements(exchanging: channels, side * side)
          ).transposed
      }
    }
  }
}

extension Tensor {
  /// The elements with each row seen as a `rows` × `columns` matrix, and rows and columns exchanged.
  func elements(exchanging rows: Int, _ columns: Int) -> [Float] {
    var result = self
    exchange(rows: rows, columns: columns, into: &result)
    return result.elements
  }

  /// Sets `target` to each row seen as a `rows` × `columns` matrix, with rows and columns exchanged.
  func exchange(rows: Int, columns: Int, into target: inout Tensor) {
    elements.withUnsafeBufferPointer { source in
      target.elements.withUnsafeMutableBufferPointer { target in
        for start in stride(from: 0, to: source.count, by: rows * columns) {
          for row in 0..<rows {
            for column in 0..<columns {
              target[start + column * rows + row] = source[start + row * columns + column]
            }
          }
        }
      }
    }
  }
}
