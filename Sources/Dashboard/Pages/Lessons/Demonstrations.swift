package import Reports

/// What the demonstrations show: numbers that the network's own layers have computed.
package struct Demonstrations: Hashable, Sendable {
  /// The mask of a dropout layer at work.
  package var dropout: DropoutDemonstration
  /// The activation functions and their derivatives.
  package var activations: [ActivationCurve]
  /// What becomes of a product of many random matrices.
  package var products: MatrixProductDemonstration
  /// What becomes of units that begin alike.
  package var symmetry: SymmetryDemonstration

  /// Demonstrations of given numbers.
  package init(
    dropout: DropoutDemonstration, activations: [ActivationCurve],
    products: MatrixProductDemonstration,
    symmetry: SymmetryDemonstration
  ) {
    self.dropout = dropout
    self.activations = activations
    self.products = products
    self.symmetry = symmetry
  }

  /// A demonstration by its name on the command line.
  package typealias Name = Lesson.Demonstration
}

/// A dropout layer applied to a small matrix, again and again.
package struct DropoutDemonstration: Hashable, Sendable {
  /// What the layer did with one probability.
  package struct Setting: Hashable, Sendable {
    /// Probability to drop.
    package var probability: Double
    /// The factor of kept numbers: 1 / (1 - p), or 0 where none is kept.
    package var scale: Double
    /// Outputs of single draws, each as long as the input.
    package var draws: [[Float]]
    /// Means over the first so many draws.
    package var means: [Mean]

    /// What the layer did.
    package init(probability: Double, scale: Double, draws: [[Float]], means: [Mean]) {
      self.probability = probability
      self.scale = scale
      self.draws = draws
      self.means = means
    }
  }

  /// The mean over some draws.
  package struct Mean: Hashable, Sendable {
    /// How many draws.
    package var count: Int
    /// The mean output.
    package var values: [Float]
    /// Root mean square of its differences from the input.
    package var error: Double

    /// A mean over `count` draws.
    package init(count: Int, values: [Float], error: Double) {
      self.count = count
      self.values = values
      self.error = error
    }
  }

  /// Columns of the matrix.
  package var columns: Int
  /// The matrix, row after row.
  package var input: [Float]
  /// The probabilities, increasing.
  package var settings: [Setting]

  /// What a layer did with a matrix.
  package init(columns: Int, input: [Float], settings: [Setting]) {
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
package struct ActivationCurve: Hashable, Sendable {
  /// The function's name, as papers write it.
  package var name: String
  /// The function, as a formula.
  package var formula: String
  /// Arguments, increasing by equal steps.
  package var arguments: [Double]
  /// The function's values there.
  package var values: [Double]
  /// Its derivatives there.
  package var derivatives: [Double]

  /// A curve.
  package init(name: String, formula: String, arguments: [Double], values: [Double], derivatives: [Double]) {
    self.name = name
    self.formula = formula
    self.arguments = arguments
    self.values = values
    self.derivatives = derivatives
  }

  /// A derivative below this hardly lets a gradient through.
  package static let saturation = 0.05

  /// The largest derivative.
  package var largestDerivative: Double { derivatives.max() ?? 0 }

  /// The last argument, from the lower end on, up to which the derivative is below `saturation`, and the first from
  /// which on it is up to the upper end.
  package var saturated: (below: Double?, above: Double?) {
    let isSaturated = derivatives.map { abs($0) < Self.saturation }
    let first = isSaturated.firstIndex(of: false) ?? 0
    let last = isSaturated.lastIndex(of: false) ?? isSaturated.count - 1
    return (
      first > 0 ? arguments[first - 1] : nil, last < isSaturated.count - 1 ? arguments[last + 1] : nil
    )
  }
}
