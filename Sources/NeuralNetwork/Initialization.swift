internal import Messages

/// How the parameters of a layer with weights are drawn.
public enum Initialization: Codable, Hashable, Sendable {
  /// The standard deviation of `normal` where none is given.
  public static let defaultStandardDeviation = 0.01

  /// Weights N(0, standardDeviation²), biases N(0, biasDeviation²) or, without one, U(-1/√fanIn, 1/√fanIn).
  case normal(standardDeviation: Double, biasDeviation: Double? = nil)
  /// Weights and biases U(-1/√fanIn, 1/√fanIn): PyTorch's default.
  case pytorch
  /// Weights N(0, 2 / (fanIn + fanOut)), biases 0 (Glorot and Bengio, 2010).
  case xavier
  /// The same times a gain.
  case scaledXavier(gain: Double)
  /// Weights U(±gain · √(6 / (fanIn + fanOut))), biases 0.
  case uniformXavier(gain: Double)
  /// Weights N(0, 2 / fanIn), biases 0 (He et al., 2015).
  case he
  /// The same number everywhere, biases 0.
  case constant(Double)

  /// Draws a layer of `inputs` × `outputs` weights and `outputs` biases, if it is to have any.
  package func linear(
    inputs: Int, outputs: Int, hasBias: Bool = true, from stream: inout RandomStream
  ) -> Linear {
    let weights = weights(rows: inputs, columns: outputs, fanOut: outputs, from: &stream)
    return Linear(weights: weights, biases: hasBias ? biases(outputs, fanIn: inputs, from: &stream) : nil)
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
    let (count, sum) = (fanIn * columns, Double(fanIn + fanOut))
    let weights: [Float] =
      switch self {
      case .normal(let standardDeviation, _): stream.normals(count, standardDeviation: standardDeviation)
      case .pytorch: stream.uniforms(count, within: 1 / Double(fanIn).squareRoot())
      case .xavier: stream.normals(count, standardDeviation: (2 / sum).squareRoot())
      case .scaledXavier(let gain): stream.normals(count, standardDeviation: gain * (2 / sum).squareRoot())
      case .uniformXavier(let gain): stream.uniforms(count, within: gain * (6 / sum).squareRoot())
      case .he: stream.normals(count, standardDeviation: (2 / Double(fanIn)).squareRoot())
      case .constant(let value): [Float](repeating: Float(value), count: count)
      }
    return Tensor(rows: fanIn, columns: columns, elements: weights)
  }

  private func biases(_ count: Int, fanIn: Int, from stream: inout RandomStream) -> [Float] {
    switch self {
    case .normal(_, let deviation?): stream.normals(count, standardDeviation: deviation)
    case .normal, .pytorch: stream.uniforms(count, within: 1 / Double(fanIn).squareRoot())
    case .xavier, .scaledXavier, .uniformXavier, .he, .constant: [Float](repeating: 0, count: count)
    }
  }
}

extension Initialization {
  /// Every spelling that `init(text:)` reads.
  public static let spellings = [
    "normal", "normal=STD", "normal=STD:STD-OF-BIASES", "pytorch", "xavier", "xavier=GAIN",
    "xavier-uniform", "xavier-uniform=GAIN", "he", "constant=NUMBER",
  ]

  /// The rule that `text` spells; what is left out has its default.
  public init?(text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let texts = parts.dropFirst().flatMap {
      $0.split(separator: ":", omittingEmptySubsequences: false)
    }
    let numbers = texts.compactMap { Double(decimal: $0) }
    guard numbers.count == texts.count else { return nil }
    switch (parts[0], numbers.count) {
    case ("normal", 0): self = .normal(standardDeviation: Self.defaultStandardDeviation)
    case ("normal", 1): self = .normal(standardDeviation: numbers[0])
    case ("normal", 2): self = .normal(standardDeviation: numbers[0], biasDeviation: numbers[1])
    case ("pytorch", 0): self = .pytorch
    case ("xavier", 0): self = .xavier
    case ("xavier", 1): self = numbers[0] == 1 ? .xavier : .scaledXavier(gain: numbers[0])
    case ("xavier-uniform", 0): self = .uniformXavier(gain: 1)
    case ("xavier-uniform", 1): self = .uniformXavier(gain: numbers[0])
    case ("he", 0): self = .he
    case ("constant", 1): self = .constant(numbers[0])
    default: return nil
    }
  }

  /// The spelling that `init(text:)` reads back.
  public var text: String {
    switch self {
    case .normal(let standardDeviation, let biasDeviation):
      "normal=" + spelling(of: standardDeviation)
        + (biasDeviation.map { ":" + spelling(of: $0) } ?? "")
    case .pytorch: "pytorch"
    case .xavier: "xavier"
    case .scaledXavier(let gain): "xavier=" + spelling(of: gain)
    case .uniformXavier(1): "xavier-uniform"
    case .uniformXavier(let gain): "xavier-uniform=" + spelling(of: gain)
    case .he: "he"
    case .constant(let value): "constant=" + spelling(of: value)
    }
  }

  /// The numbers that it is given, each of which is allowed in 0...1000; a constant may be below 0 too.
  package var numbers: [Double] {
    switch self {
    case .normal(let standardDeviation, let biasDeviation): [standardDeviation, biasDeviation ?? 0]
    case .scaledXavier(let gain), .uniformXavier(let gain): [gain]
    case .constant(let value): [value.magnitude]
    case .pytorch, .xavier, .he: []
    }
  }

  /// The standard deviation of a layer's weights about 0; `nil` where they are all the same.
  package func standardDeviation(fanIn: Int, fanOut: Int) -> Double? {
    let xavier = (2 / Double(max(1, fanIn + fanOut))).squareRoot()
    return switch self {
    case .normal(let standardDeviation, _): standardDeviation
    case .pytorch: 1 / (3 * Double(max(1, fanIn))).squareRoot()
    case .xavier: xavier
    case .scaledXavier(let gain), .uniformXavier(let gain): gain * xavier
    case .he: (2 / Double(max(1, fanIn))).squareRoot()
    case .constant: nil
    }
  }

  /// How weights are drawn, in a few words.
  public var title: String {
    switch self {
    case .normal(let standardDeviation, let biasDeviation):
      "N(0, \(spelling(of: standardDeviation))²)"
        + (biasDeviation.map {
          $0 == 0
            ? says(", biases 0", "，偏置 0")
            : says(", biases N(0, \(spelling(of: $0))²)", "，偏置 N(0, \(spelling(of: $0))²)")
        }
          ?? "")
    case .pytorch: "U(±1/√fanIn)"
    case .xavier: "Xavier"
    case .scaledXavier(let gain):
      says("Xavier times \(spelling(of: gain))", "Xavier 乘以 \(spelling(of: gain))")
    case .uniformXavier(1): says("Xavier uniform", "Xavier 均匀分布")
    case .uniformXavier(let gain):
      says("Xavier uniform times \(spelling(of: gain))", "Xavier 均匀分布乘以 \(spelling(of: gain))")
    case .he: "He"
    case .constant(let value): says("all \(spelling(of: value))", "全为 \(spelling(of: value))")
    }
  }
}
