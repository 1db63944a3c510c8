/// How the parameters of a layer with weights are drawn.
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
    let weights = weights(rows: inputs, columns: outputs, fanOut: outputs, from: &stream)
    return Linear(weights: weights, biases: biases(outputs, fanIn: inputs, from: &stream))
  }

  /// Draws a convolution; what comes in are the numbers of a window, what goes out those that a pixel goes into.
  func convolution(
    _ shape: Convolution.Specification, input: Shape, from stream: inout RandomStream
  ) -> Convolution {
    let window = shape.kernel * shape.kernel
    let weights = weights(
      rows: window * input.channels, columns: shape.outputs, fanOut: window * shape.outputs, from: &stream)
    return Convolution(
      shape, input: input, weights: weights,
      biases: shape.hasBias ? biases(shape.outputs, fanIn: weights.rows, from: &stream) : nil)
  }

  private func weights(
    rows fanIn: Int, columns: Int, fanOut: Int, from stream: inout RandomStream
  ) -> Tensor {
    let bound = 1 / Double(fanIn).squareRoot()
    let weights = (0..<fanIn * columns).map { _ in
      switch self {
      case .normal(let standardDeviation): standardDeviation * stream.nextNormal()
      case .pytorch: bound * (2 * stream.nextUniform() - 1)
      case .xavier: (2 / Double(fanIn + fanOut)).squareRoot() * stream.nextNormal()
      case .he: (2 / Double(fanIn)).squareRoot() * stream.nextNormal()
      }
    }
    return Tensor(rows: fanIn, columns: columns, elements: weights.map(Float.init))
  }

  private func biases(_ count: Int, fanIn: Int, from stream: inout RandomStream) -> [Float] {
    let bound = 1 / Double(fanIn).squareRoot()
    return (0..<count).map { _ in
      switch self {
      case .normal, .pytorch: Float(bound * (2 * stream.nextUniform() - 1))
      case .xavier, .he: 0
      }
    }
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
