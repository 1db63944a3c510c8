/// Trainable numbers of a layer and the gradient of the loss with respect to them.
public struct Parameter: Sendable {
  /// What the numbers are, which decides whether penalties apply.
  public enum Kind: Sendable {
    /// Weights of a linear layer.
    case weight
    /// Biases of a linear layer.
    case bias
    /// Batch norm's scale γ.
    case scale
    /// Batch norm's shift β.
    case shift
  }

  /// What the numbers are.
  public let kind: Kind
  /// The numbers.
  public var values: Matrix
  /// The gradient of the mean loss, of the same shape.
  public var gradient: Matrix

  /// A parameter with gradient zero.
  public init(_ kind: Kind, values: Matrix) {
    self.kind = kind
    self.values = values
    gradient = Matrix(rows: values.rows, columns: values.columns)
  }
}

extension Network {
  /// A number for every value of every parameter, all zero: the beginning of an optimiser's state.
  var zerosForParameters: [[Float]] {
    parameters.map { [Float](repeating: 0, count: $0.values.elements.count) }
  }
}
