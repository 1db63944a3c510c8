internal import NeuralNetwork

/// By how much what comes back is multiplied from each hidden layer to the one before it: measured and by theory.
public struct GradientFlow: Hashable, Sendable {
  /// The geometric mean over layers of equal width; `nil` where there are none.
  public let measuredFactor: Double?
  /// What theory expects of the initial weights; `nil` where nothing simple can be said.
  public let expectedFactor: Double?
  /// The rule that gives it: `0.25 σ √n`.
  public let rule: String

  /// Compares what was measured of a run's layers with what is expected of its settings.
  public init(_ measured: LayersMeasured, of configuration: RunConfiguration) {
    measuredFactor = Self.measured(measured.signalNorms, widths: configuration.perceptronWidths)
    let theory = configuration.backwardFactor
    (expectedFactor, rule) = (theory?.factor, theory?.rule ?? "")
  }

  private static func measured(_ signals: [Double], widths: [Int]) -> Double? {
    let pairs = signals.indices.dropLast().filter {
      widths.indices.contains($0 + 1) && widths[$0] == widths[$0 + 1]
    }
    let logarithms = pairs.map { Elementary.log(signals[$0] / signals[$0 + 1]) }
    guard !logarithms.isEmpty, logarithms.allSatisfy(\.isFinite) else { return nil }
    return Elementary.exp(logarithms.reduce(0, +) / Double(logarithms.count))
  }
}

extension RunConfiguration {
  /// Units of each hidden layer of a perceptron.
  fileprivate var perceptronWidths: [Int] { writtenNetwork == nil ? hiddenWidths : [] }

  /// The root of n times the variance of a weight times the mean square of the derivative, for independent weights about 0 and
  /// layers of n units: the factor of a gradient's norm from one to the one before.
  fileprivate var backwardFactor: (factor: Double, rule: String)? {
    let widths = perceptronWidths
    guard !batchNorm, !residual, !usesDropout,
      let width = zip(widths, widths.dropFirst()).first(where: ==)?.0,
      let deviation = initialization.standardDeviation(fanIn: width, fanOut: width)
    else { return nil }
    let growth = deviation * Double(width).squareRoot()
    return switch activation {
    case .sigmoid: (growth / 4, "0.25 σ √n")
    case .tanh: (growth, "σ √n")
    case .relu, .leakyReLU: (growth / 2.0.squareRoot(), "σ √(n/2)")
    default: nil
    }
  }
}
