/// What the demonstrations show: numbers that the network's own layers have computed.
public struct Demonstrations: Hashable, Sendable {
  /// The mask of a dropout layer at work.
  public var dropout: DropoutDemonstration
  /// The activation functions and their derivatives.
  public var activations: [ActivationCurve]

  /// Demonstrations of given numbers.
  public init(dropout: DropoutDemonstration, activations: [ActivationCurve]) {
    self.dropout = dropout
    self.activations = activations
  }

  /// A demonstration by its name on the command line.
  public enum Name: String, CaseIterable, Hashable, Sendable {
    /// The mask of a dropout layer at work.
    case dropoutLayer = "dropout-layer"
    /// The activation functions and their derivatives.
    case activations

    /// What it shows, in a few words.
    public var summary: String {
      switch self {
      case .dropoutLayer: "dropout's mask at work on a small matrix"
      case .activations: "activation functions, their derivatives, and where they saturate"
      }
    }
  }
}

/// A dropout layer applied to a small matrix, again and again.
public struct DropoutDemonstration: Hashable, Sendable {
  /// What the layer did with one probability.
  public struct Setting: Hashable, Sendable {
    /// Probability to drop.
    public var probability: Double
    /// The factor of kept numbers: 1 / (1 - p), or 0 where none is kept.
    public var scale: Double
    /// Outputs of single draws, each as long as the input.
    public var draws: [[Float]]
    /// Means over the first so many draws.
    public var means: [Mean]

    /// What the layer did.
    public init(probability: Double, scale: Double, draws: [[Float]], means: [Mean]) {
      self.probability = probability
      self.scale = scale
      self.draws = draws
      self.means = means
    }
  }

  /// The mean over some draws.
  public struct Mean: Hashable, Sendable {
    /// How many draws.
    public var count: Int
    /// The mean output.
    public var values: [Float]
    /// Root mean square of its differences from the input.
    public var error: Double

    /// A mean over `count` draws.
    public init(count: Int, values: [Float], error: Double) {
      self.count = count
      self.values = values
      self.error = error
    }
  }

  /// Columns of the matrix.
  public var columns: Int
  /// The matrix, row after row.
  public var input: [Float]
  /// The probabilities, increasing.
  public var settings: [Setting]

  /// What a layer did with a matrix.
  public init(columns: Int, input: [Float], settings: [Setting]) {
    self.columns = columns
    self.input = input
    self.settings = settings
  }

  /// The error that theory expects of a mean over `count` draws: √(p / (1 - p)) times the input's root mean square,
  /// divided by √count.
  func expectedError(_ setting: Setting, count: Int) -> Double {
    let square = input.reduce(0) { $0 + Double($1 * $1) } / Double(input.count)
    let odds = setting.probability / (1 - setting.probability)
    return (square * odds / Double(count)).squareRoot()
  }
}

/// An activation function over a range of arguments.
public struct ActivationCurve: Hashable, Sendable {
  /// The function's name, as papers write it.
  public var name: String
  /// The function, as a formula.
  public var formula: String
  /// Arguments, increasing by equal steps.
  public var arguments: [Double]
  /// The function's values there.
  public var values: [Double]
  /// Its derivatives there.
  public var derivatives: [Double]

  /// A curve.
  public init(name: String, formula: String, arguments: [Double], values: [Double], derivatives: [Double]) {
    self.name = name
    self.formula = formula
    self.arguments = arguments
    self.values = values
    self.derivatives = derivatives
  }

  /// A derivative below this hardly lets a gradient through.
  public static let saturation = 0.05

  /// The largest derivative.
  public var largestDerivative: Double { derivatives.max() ?? 0 }

  /// The last argument, from the lower end on, up to which the derivative is below `saturation`, and the first from
  /// which on it is up to the upper end.
  public var saturated: (below: Double?, above: Double?) {
    let isSaturated = derivatives.map { abs($0) < Self.saturation }
    let first = isSaturated.firstIndex(of: false) ?? 0
    let last = isSaturated.lastIndex(of: false) ?? isSaturated.count - 1
    return (
      first > 0 ? arguments[first - 1] : nil, last < isSaturated.count - 1 ? arguments[last + 1] : nil
    )
  }
}
