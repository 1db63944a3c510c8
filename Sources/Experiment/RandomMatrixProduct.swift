internal import NeuralNetwork
internal import RealModule

/// A random matrix times others, one after the other: how a gradient fares on its way through a deep network.
public struct RandomMatrixProduct: Hashable, Sendable {
  /// Frobenius norms of the first matrix, and of its product with each further one in turn.
  public let norms: [Double]

  /// A product of matrices `size` × `size`, row-major.
  public init(_ matrices: [[Double]], size: Int) {
    var product = matrices.first ?? []
    var norms: [Double] = []
    for (index, factor) in matrices.enumerated() {
      if index > 0 {
        product = (0..<size * size).map { place in
          let (row, column) = place.quotientAndRemainder(dividingBy: size)
          return (0..<size).reduce(0) { $0 + product[row * size + $1] * factor[$1 * size + column] }
        }
      }
      norms.append(product.reduce(0) { $0 + $1 * $1 }.squareRoot())
    }
    self.norms = norms
  }

  /// A product of 1 + `factors` matrices `size` × `size` of N(0, 1), drawn like the initial weights of a network so deep.
  public init(seed: UInt64, factors: Int = 100, size: Int = 4) {
    self.init(
      (0...factors).map { factor in
        var stream = RandomStream(seed: seed, purpose: .initialWeights(layer: factor))
        return (0..<size * size).map { _ in stream.nextNormal() }
      }, size: size)
  }

  /// The norms as powers of ten.
  public var logarithms: [Double] { norms.map { .log10($0) } }

  /// Mean growth of the natural logarithm for each factor.
  public var growth: Double {
    guard let first = norms.first, let last = norms.last, norms.count > 1 else { return 0 }
    return Elementary.log(last / first) / Double(norms.count - 1)
  }
}
