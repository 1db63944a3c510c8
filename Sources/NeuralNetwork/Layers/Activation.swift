internal import CKernels
internal import Messages

/// An activation function, applied to every unit by itself.
///
/// This is its one home: whatever can be chosen, layers, files and graphs take from here. Where the derivative can be told from
/// the value, the argument need not be kept. At 0 the derivative of ReLU is 0.
public struct Activation: RawRepresentable, CaseIterable, Codable, Hashable, Sendable {
  /// The name as it is typed, for example `leaky-relu`.
  public let rawValue: String
  /// The name as papers write it.
  public let title: String
  /// The value, as text.
  public var formula: String { formulas.text }
  private let formulas: Wording
  /// The loop that computes it, and the loop's parameter.
  fileprivate let function: Int
  let parameter: Float
  /// Whether the parameter is learnt, beginning with that value.
  let isLearnt: Bool
  /// Whether the derivative is told from the value rather than from the argument.
  let isDerivedFromValue: Bool
  /// Its operators in the ONNX standard.
  let addOperators: @Sendable (_ graph: inout OperatorGraph, _ input: GraphValue) -> GraphValue

  /// The rectifier: max(0, x).
  public static let relu = Activation("relu", "ReLU", Wording("max(0, x)", "max(0, x)"), loop: "relu") {
    $0.add("Relu", [$1])
  }
  /// The leaky rectifier: x if x > 0, else 0.01 · x.
  public static let leakyReLU = Activation(
    "leaky-relu", "LeakyReLU", Wording("x, below 0: 0.01 x", "x；x < 0 时 0.01 x"), loop: "leaky_relu", 0.01
  ) { $0.add("LeakyRelu", [$1], attributes: ["alpha": .number(0.01)]) }
  /// The exponential linear unit: x if x > 0, else exp(x) - 1.
  public static let elu = Activation(
    "elu", "ELU", Wording("x, below 0: exp(x) − 1", "x；x < 0 时 exp(x) − 1"), loop: "elu", 1
  ) {
    $0.add("Elu", [$1], attributes: ["alpha": .number(1)])
  }
  /// The logistic function: 1 / (1 + exp(-x)).
  public static let sigmoid = Activation(
    "sigmoid", "sigmoid", Wording("1 / (1 + exp(−x))", "1 / (1 + exp(−x))"), loop: "sigmoid"
  ) {
    $0.add("Sigmoid", [$1])
  }
  /// The hyperbolic tangent: tanh(x).
  public static let tanh = Activation("tanh", "tanh", Wording("tanh(x)", "tanh(x)"), loop: "tanh") {
    $0.add("Tanh", [$1])
  }

  /// The Gaussian error linear unit (Hendrycks and Gimpel, 2016): x · Φ(x), Φ being the share of the normal distribution below x.
  public static let gelu = Activation(
    "gelu", "GELU", Wording("x Φ(x)", "x Φ(x)"), loop: "gelu", isDerivedFromValue: false
  ) {
    graph, x in
    let erf = graph.add("Erf", [graph.add("Div", [x, graph.constant("root_of_2", [Float(2).squareRoot()])])])
    let twice = graph.add("Mul", [x, graph.add("Add", [erf, graph.constant("one", [1])])])
    return graph.add("Mul", [twice, graph.constant("half", [0.5])])
  }
  /// The sigmoid linear unit (Elfwing et al., 2017), also called swish: x / (1 + exp(-x)).
  public static let silu = Activation(
    "silu", "SiLU", Wording("x / (1 + exp(−x))", "x / (1 + exp(−x))"), loop: "silu", isDerivedFromValue: false
  ) {
    $0.add("Mul", [$1, $0.add("Sigmoid", [$1])])
  }
  /// The parametric rectifier (He et al., 2015): x if x > 0, else slope · x; the slope is learnt, from 0.25.
  public static let prelu = Activation(
    "prelu", "PReLU", Wording("x, below 0: a x, a learnt", "x；x < 0 时 a x，a 由学习得到"), loop: "prelu", 0.25,
    isDerivedFromValue: false,
    isLearnt: true
  ) { $0.add("PRelu", [$1]) }

  /// All that there are.
  public static let allCases: [Activation] = [
    .relu, .leakyReLU, .elu, .sigmoid, .tanh, .gelu, .silu, .prelu,
  ]

  private init(
    _ name: String, _ title: String, _ formulas: Wording, loop: String, _ parameter: Float = 0,
    isDerivedFromValue: Bool = true, isLearnt: Bool = false,
    addOperators: @escaping @Sendable (_ graph: inout OperatorGraph, _ input: GraphValue) -> GraphValue
  ) {
    rawValue = name
    self.title = title
    self.formulas = formulas
    function = kernels_activation_function(loop)
    self.parameter = parameter
    self.isDerivedFromValue = isDerivedFromValue
    self.isLearnt = isLearnt
    self.addOperators = addOperators
  }

  /// The function of that name.
  public init?(rawValue: String) {
    guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = known
  }

  /// Functions are equal if their names are.
  public static func == (first: Activation, second: Activation) -> Bool { first.rawValue == second.rawValue }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension Activation {
  /// The function's value; NaN stays NaN.
  public func value(_ x: Float) -> Float {
    var tensor = Tensor(rows: 1, columns: 1, elements: [x])
    apply(to: &tensor, team: ThreadTeam(threads: 1))
    return tensor.elements[0]
  }

  /// The function's values and derivatives at `arguments`, as a layer computes them forward and backward.
  public func valuesAndDerivatives(at arguments: [Float]) -> (values: [Float], derivatives: [Float]) {
    let team = ThreadTeam(threads: 1)
    let given = Tensor(rows: 1, columns: arguments.count, elements: arguments)
    var values = given
    apply(to: &values, team: team)
    var gradient = Tensor(
      rows: 1, columns: arguments.count, elements: [Float](repeating: 1, count: arguments.count))
    derive(at: isDerivedFromValue ? values : given, factors: nil, gradient: &gradient, team: team)
    return (values.elements, gradient.elements)
  }

  /// Replaces every element by its value, with the parameter that was learnt if there is one.
  func apply(to values: inout Tensor, learnt: Float? = nil, team: ThreadTeam) {
    kernels_activate(
      team.kernels, team.threads, function, learnt ?? parameter, values.elements.count, &values.elements, nil,
      nil)
  }

  /// Replaces every element of `values` by its value and sets `output` to that times `factors`, and to 0 where these are.
  func apply(to values: inout Tensor, factors: Tensor, output: inout Tensor, team: ThreadTeam) {
    let count = values.elements.count
    precondition(factors.elements.count == count && output.elements.count == count, "the shapes must match")
    kernels_activate(
      team.kernels, team.threads, function, parameter, count, &values.elements, factors.elements,
      &output.elements)
  }

  /// Replaces the gradient of the output, which is the value times `factors` if there are any, by that of the function's
  /// argument; `numbers` are the values, or the arguments where the derivative is not told from the value.
  func derive(
    at numbers: Tensor, factors: Tensor?, learnt: Float? = nil, gradient: inout Tensor, team: ThreadTeam
  ) {
    let count = gradient.elements.count
    precondition(
      numbers.elements.count == count && factors?.elements.count ?? count == count, "the shapes must match")
    kernels_derive(
      team.kernels, team.threads, function, learnt ?? parameter, count, numbers.elements, factors?.elements,
      &gradient.elements)
  }
}

extension kernels_following_activation {
  /// What kernels are told of an activation function that they apply, if there is one.
  init(_ activation: Activation?) {
    self.init(
      exists: activation != nil, function: activation?.function ?? 0, parameter: activation?.parameter ?? 0,
      derives_from_value: activation?.isDerivedFromValue ?? false)
  }
}
