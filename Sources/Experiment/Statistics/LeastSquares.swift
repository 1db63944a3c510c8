/// The weights that make the sum of squared errors as small as it can be, without steps: Householder's QR in double precision.
public struct LeastSquares: Hashable, Sendable {
  /// The weight of each feature; of several solutions those of the least norm.
  public let weights: [Double]

  /// Solves for samples of some features, `[count, features]` row by row, and their targets.
  ///
  /// With fewer samples than features it meets all targets, with the smallest weights that do.
  public init(inputs: [[Double]], targets: [Double]) {
    let features = inputs.first?.count ?? 0
    precondition(
      inputs.count == targets.count && inputs.allSatisfy { $0.count == features },
      "every sample needs as many features, and a target")
    let isWide = inputs.count < features
    let columns =
      isWide ? inputs : (0..<features).map { feature in inputs.map { $0[feature] } }
    let triangle = Triangle(columns)
    if isWide {
      // A = Rᵀ Qᵀ: Rᵀ z = y, w = Q z.
      weights = triangle.rotatedBack(triangle.solvedFromTheFront(targets), count: features)
    } else {
      weights = triangle.solvedFromTheBack(triangle.rotated(targets))
    }
  }

  /// The solutions of the first features alone: of one, two, … of them, which one triangle tells all.
  ///
  /// There must be as many samples as features at least.
  public static func nested(inputs: [[Double]], targets: [Double]) -> [LeastSquares] {
    let features = inputs.first?.count ?? 0
    precondition(
      inputs.count == targets.count && inputs.allSatisfy { $0.count == features } && inputs.count >= features,
      "every sample needs as many features, and a target")
    let triangle = Triangle((0..<features).map { feature in inputs.map { $0[feature] } })
    let rotated = triangle.rotated(targets)
    return (1...max(1, features)).map {
      LeastSquares(weights: triangle.solvedFromTheBack(Array(rotated.prefix($0))))
    }
  }

  private init(weights: [Double]) { self.weights = weights }

  /// The mean squared error on samples, of whose features it takes as many as it has weights.
  public func error(inputs: [[Double]], targets: [Double]) -> Double {
    zip(inputs, targets).reduce(0) { sum, sample in
      let error = zip(weights, sample.0).reduce(-sample.1) { $0 + $1.0 * $1.1 }
      return sum + error * error
    } / Double(max(1, targets.count))
  }
}

/// A matrix of at least as many rows as columns as a product of reflections and an upper triangle.
private struct Triangle {
  /// Of each column the reflection's vector, of length 1; empty where there is nothing to reflect.
  private var reflections: [[Double]] = []
  /// The triangle, column by column.
  private var columns: [[Double]]

  init(_ columns: [[Double]]) {
    self.columns = columns
    for index in columns.indices {
      var vector = self.columns[index]
      for row in 0..<index { vector[row] = 0 }
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0 else {
        reflections.append([])
        continue
      }
      vector[index] += vector[index] < 0 ? -length : length
      let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      vector = vector.map { $0 / norm }
      reflections.append(vector)
      for other in index..<columns.count { Self.reflect(&self.columns[other], by: vector) }
    }
  }

  private static func reflect(_ column: inout [Double], by vector: [Double]) {
    guard !vector.isEmpty else { return }
    let product = 2 * zip(vector, column).reduce(0) { $0 + $1.0 * $1.1 }
    for row in column.indices { column[row] -= product * vector[row] }
  }

  /// Qᵀ y.
  func rotated(_ values: [Double]) -> [Double] {
    reflections.reduce(into: values) { Self.reflect(&$0, by: $1) }
  }

  /// Q z, where z is filled up with zeros.
  func rotatedBack(_ values: [Double], count: Int) -> [Double] {
    let filled = values + Array(repeating: 0, count: count - values.count)
    return reflections.reversed().reduce(into: filled) { Self.reflect(&$0, by: $1) }
  }

  /// R w = y, of as many columns as there are values, or of all.
  func solvedFromTheBack(_ values: [Double]) -> [Double] {
    let columns = columns.prefix(values.count)
    var solution = Array(values.prefix(columns.count))
    for row in columns.indices.reversed() {
      for column in row + 1..<columns.count { solution[row] -= columns[column][row] * solution[column] }
      solution[row] = columns[row][row] == 0 ? 0 : solution[row] / columns[row][row]
    }
    return solution
  }

  /// Rᵀ z = y.
  func solvedFromTheFront(_ values: [Double]) -> [Double] {
    var solution = values
    for row in columns.indices {
      for column in 0..<row { solution[row] -= columns[row][column] * solution[column] }
      solution[row] = columns[row][row] == 0 ? 0 : solution[row] / columns[row][row]
    }
    return solution
  }
}
