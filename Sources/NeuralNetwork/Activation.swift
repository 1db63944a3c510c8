internal import CKernels

/// An activation function, applied to every unit by itself.
///
/// The derivatives of all of these can be told from the value, so that the argument need not be kept. At 0 the derivative
/// of ReLU is 0.
public enum Activation: Hashable, Sendable {
  /// x
  case identity
  /// max(0, x)
  case relu
  /// x if x > 0, else slope · x
  case leakyReLU(slope: Float)
  /// x if x > 0, else α (exp(x) - 1)
  case elu(alpha: Float)
  /// 1 / (1 + exp(-x))
  case sigmoid
  /// tanh(x)
  case tanh

  /// The function's value; NaN stays NaN.
  public func value(_ x: Float) -> Float {
    var matrix = Matrix(rows: 1, columns: 1, elements: [x])
    apply(to: &matrix, team: ThreadTeam(threads: 1))
    return matrix.elements[0]
  }

  /// The function's values and derivatives at `arguments`, as a layer computes them forward and backward.
  public func valuesAndDerivatives(at arguments: [Float]) -> (values: [Float], derivatives: [Float]) {
    let team = ThreadTeam(threads: 1)
    var values = Matrix(rows: 1, columns: arguments.count, elements: arguments)
    apply(to: &values, team: team)
    var gradient = Matrix(
      rows: 1, columns: arguments.count, elements: [Float](repeating: 1, count: arguments.count))
    derive(atValues: values, factors: nil, gradient: &gradient, team: team)
    return (values.elements, gradient.elements)
  }

  /// Replaces every element by its value.
  func apply(to values: inout Matrix, team: ThreadTeam) {
    let (function, parameter) = functionAndParameter
    kernels_activate(
      team.kernels, team.threads, function, parameter, values.elements.count, &values.elements, nil, nil)
  }

  /// Replaces every element of `values` by its value and sets `output` to that times `factors`, and to 0 where these are.
  func apply(to values: inout Matrix, factors: Matrix, output: inout Matrix, team: ThreadTeam) {
    let count = values.elements.count
    precondition(factors.elements.count == count && output.elements.count == count, "the shapes must match")
    let (function, parameter) = functionAndParameter
    kernels_activate(
      team.kernels, team.threads, function, parameter, count, &values.elements, factors.elements,
      &output.elements)
  }

  /// Replaces the gradient of the output, which is `values` times `factors` if there are any, by that of the function's
  /// argument.
  func derive(atValues values: Matrix, factors: Matrix?, gradient: inout Matrix, team: ThreadTeam) {
    let count = gradient.elements.count
    precondition(
      values.elements.count == count && factors?.elements.count ?? count == count, "the shapes must match")
    let (function, parameter) = functionAndParameter
    kernels_derive(
      team.kernels, team.threads, function, parameter, count, values.elements, factors?.elements,
      &gradient.elements)
  }

  private var functionAndParameter: (kernels_function, Float) {
    switch self {
    case .identity: (kernels_identity, 0)
    case .relu: (kernels_relu, 0)
    case .leakyReLU(let slope): (kernels_leaky_relu, slope)
    case .elu(let alpha): (kernels_elu, alpha)
    case .sigmoid: (kernels_sigmoid, 0)
    case .tanh: (kernels_tanh, 0)
    }
  }
}
