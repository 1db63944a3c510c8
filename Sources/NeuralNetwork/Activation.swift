#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// An activation function, applied to every unit by itself.
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

  /// The function's value.
  ///
  /// NaN stays NaN: a diverged run must not look healthy.
  public func value(_ x: Float) -> Float {
    switch self {
    case .identity: x
    case .relu: x <= 0 ? 0 : x
    case .leakyReLU(let slope): x <= 0 ? slope * x : x
    case .elu(let alpha): x <= 0 ? alpha * expm1f(x) : x
    case .sigmoid: 1 / (1 + expf(-x))
    case .tanh: tanhf(x)
    }
  }

  /// The derivative where the function's value is `y`.
  ///
  /// All of these can be told from the value, so that the input need not be kept. At 0 the derivative of ReLU is 0.
  public func derivative(atValue y: Float) -> Float {
    switch self {
    case .identity: 1
    case .relu: y > 0 ? 1 : 0
    case .leakyReLU(let slope): y > 0 ? 1 : slope
    case .elu(let alpha): y > 0 ? 1 : y + alpha
    case .sigmoid: y * (1 - y)
    case .tanh: 1 - y * y
    }
  }

  /// Replaces every element by its value.
  func apply(to matrix: inout Matrix) {
    switch self {
    case .identity: break
    case .relu:
      // The common case, free of the switch, so that the compiler uses vector registers.
      matrix.elements.withUnsafeMutableBufferPointer { elements in
        for index in elements.indices { elements[index] = elements[index] <= 0 ? 0 : elements[index] }
      }
    default:
      matrix.elements.withUnsafeMutableBufferPointer { elements in
        for index in elements.indices { elements[index] = value(elements[index]) }
      }
    }
  }

  /// Multiplies a gradient by the derivative where the values are `values`.
  func multiplyByDerivative(atValues values: Matrix, gradient: inout Matrix) {
    switch self {
    case .identity: break
    case .relu: gradient.update(with: values) { $0 = $1 > 0 ? $0 : 0 }
    default: gradient.update(with: values) { $0 *= derivative(atValue: $1) }
    }
  }
}
