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
  /// Whether files have the matrix with rows and columns exchanged, as PyTorch has the weights of linear layers.
  private let isTransposedInFiles: Bool

  /// A parameter with gradient zero.
  ///
  /// In files a matrix of one row is a vector, and others stand as they are or with rows and columns exchanged.
  public init(_ name: String, _ kind: Kind, values: Tensor, isTransposedInFiles: Bool = false) {
    self.name = name
    self.kind = kind
    self.values = values
    self.isTransposedInFiles = isTransposedInFiles
    gradient = Tensor(rows: values.rows, shape: values.shape)
  }

  /// The size of each dimension in files.
  var shapeInFiles: [Int] {
    if isTransposedInFiles { return [values.columns, values.rows] }
    return values.rows == 1 ? [values.columns] : [values.rows, values.columns]
  }

  /// The numbers as files have them.
  var valuesInFiles: [Float] {
    get { isTransposedInFiles ? values.transposed.elements : values.elements }
    set {
      guard isTransposedInFiles else {
        values.elements = newValue
        return
      }
      values = Tensor(rows: values.columns, columns: values.rows, elements: newValue).transposed
    }
  }
}
