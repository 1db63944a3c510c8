/// How a linear layer's parameters are drawn.
public enum Initialization: Codable, Hashable, Sendable {
  /// The standard deviation of `normal` where none is given.
  public static let defaultStandardDeviation = 0.01

  /// Weights N(0, standardDeviation²), biases U(-1/√fanIn, 1/√fanIn).
  case normal(standardDeviation: Double)
  /// Weights and biases U(-1/√fanIn, 1/√fanIn): PyTorch's default.
  case pytorch
  /// Weights N(0, 2 / (fanIn + fanOut)), biases 0 (Glorot and Bengio, 2010).
  case xavier
  /// Weights N(0, 2 / fanIn), biases 0 (He et al., 2015).
  case he

  /// Draws a layer of `inputs` × `outputs` weights and `outputs` biases.
  package func linear(inputs: Int, outputs: Int, from stream: inout RandomStream) -> Linear {
    let bound = 1 / Double(inputs).squareRoot()
    let weights = (0..<inputs * outputs).map { _ in
      switch self {
      case .normal(let standardDeviation): standardDeviation * stream.nextNormal()
      case .pytorch: bound * (2 * stream.nextUniform() - 1)
      case .xavier: (2 / Double(inputs + outputs)).squareRoot() * stream.nextNormal()
      case .he: (2 / Double(inputs)).squareRoot() * stream.nextNormal()
      }
    }
    let biases = (0..<outputs).map { _ in
      switch self {
      case .normal, .pytorch: bound * (2 * stream.nextUniform() - 1)
      case .xavier, .he: 0.0
      }
    }
    return Linear(
      weights: Tensor(rows: inputs, columns: outputs, elements: weights.map(Float.init)),
      biases: biases.map(Float.init))
  }
}

extension Initialization {
  /// Every spelling that `init(text:)` reads.
  public static let spellings = ["normal", "normal=STD", "pytorch", "xavier", "he"]

  /// The rule that `text` spells; `normal` alone has the default standard deviation.
  public init?(text: String) {
    switch text {
    case "normal": self = .normal(standardDeviation: Self.defaultStandardDeviation)
    case "pytorch": self = .pytorch
    case "xavier": self = .xavier
    case "he": self = .he
    default:
      guard text.hasPrefix("normal="), let deviation = Double(text.dropFirst("normal=".count)) else {
        return nil
      }
      self = .normal(standardDeviation: deviation)
    }
  }

  /// The spelling that `init(text:)` reads back.
  public var text: String {
    switch self {
    case .normal(let standardDeviation): "normal=" + spelling(of: standardDeviation)
    case .pytorch: "pytorch"
    case .xavier: "xavier"
    case .he: "he"
    }
  }

  /// How weights are drawn, in a few words.
  public var title: String {
    switch self {
    case .normal(let standardDeviation): "N(0, \(spelling(of: standardDeviation))²)"
    case .pytorch: "U(±1/√fanIn)"
    case .xavier: "Xavier"
    case .he: "He"
    }
  }
}
