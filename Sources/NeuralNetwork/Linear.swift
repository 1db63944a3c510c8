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
    team.multiply(.plain(input), .plain(weights.values), bias: biases.values, into: &output)
  }

  /// Sets the gradients of weights and biases from the layer's input and the gradient of its output.
  mutating func backward(input: Matrix, outputGradient: Matrix, team: ThreadTeam) {
    team.multiply(.transposed(input), .plain(outputGradient), into: &weights.gradient)
    team.sumColumns(of: outputGradient, into: &biases.gradient)
  }

  /// Computes the gradient of the input, `[batch, inputs]`, from that of the output.
  func inputGradient(of outputGradient: Matrix, into inputGradient: inout Matrix, team: ThreadTeam) {
    team.multiply(.plain(outputGradient), .transposed(weights.values), into: &inputGradient)
  }
}
