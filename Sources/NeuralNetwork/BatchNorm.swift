/// Batch normalisation (Ioffe and Szegedy, 2015): y = γ (x - mean) / √(variance + ε) + β, per unit.
///
/// In training mean and (biased) variance are those of the batch; in evaluation they are the running ones, updated
/// with momentum 0.1 and the unbiased variance, as PyTorch's `BatchNorm1d` does.
public struct BatchNorm: Sendable {
  /// γ, shape `[1, units]`.
  public var scale: Parameter
  /// β, shape `[1, units]`.
  public var shift: Parameter
  /// Running mean of the inputs, `[units]`.
  public var runningMean: [Float]
  /// Running unbiased variance of the inputs, `[units]`.
  public var runningVariance: [Float]

  private static let epsilon: Float = 1e-5
  private static let momentum: Float = 0.1

  /// What backward needs of the batch: normalised inputs, and 1 / √(variance + ε) of each unit.
  struct Batch: Sendable {
    var normalized: Matrix
    var inverseDeviation: [Float]
  }

  /// γ = 1, β = 0, running mean 0 and variance 1.
  public init(units: Int) {
    let ones = [Float](repeating: 1, count: units)
    scale = Parameter(.scale, values: Matrix(rows: 1, columns: units, elements: ones))
    shift = Parameter(.shift, values: Matrix(rows: 1, columns: units))
    runningMean = [Float](repeating: 0, count: units)
    runningVariance = ones
  }

  /// Calls `body` with γ, then β.
  mutating func updateParameters(_ body: (inout Parameter) -> Void) {
    body(&scale)
    body(&shift)
  }

  /// Normalises a batch `[batch, units]` in place with its own statistics and updates the running ones.
  mutating func forwardTraining(_ matrix: inout Matrix, batch: inout Batch) {
    let count = Float(matrix.rows)
    batch.normalized.resize(rows: matrix.rows)
    for unit in 0..<matrix.columns {
      var sum: Float = 0
      for row in 0..<matrix.rows { sum += matrix[row, unit] }
      let mean = sum / count
      var squares: Float = 0
      for row in 0..<matrix.rows { squares += (matrix[row, unit] - mean) * (matrix[row, unit] - mean) }
      let inverse = 1 / (squares / count + Self.epsilon).squareRoot()
      batch.inverseDeviation[unit] = inverse
      runningMean[unit] += Self.momentum * (mean - runningMean[unit])
      runningVariance[unit] += Self.momentum * (squares / (count - 1) - runningVariance[unit])
      for row in 0..<matrix.rows {
        let normalized = (matrix[row, unit] - mean) * inverse
        batch.normalized[row, unit] = normalized
        matrix[row, unit] = scale.values[0, unit] * normalized + shift.values[0, unit]
      }
    }
  }

  /// Normalises in place with the running statistics.
  func forwardEvaluation(_ matrix: inout Matrix) {
    for unit in 0..<matrix.columns {
      let factor = scale.values[0, unit] / (runningVariance[unit] + Self.epsilon).squareRoot()
      let offset = shift.values[0, unit] - factor * runningMean[unit]
      for row in 0..<matrix.rows { matrix[row, unit] = factor * matrix[row, unit] + offset }
    }
  }

  /// Sets the gradients of γ and β and turns the output's gradient into the input's, in place.
  mutating func backward(_ gradient: inout Matrix, batch: Batch) {
    let count = Float(gradient.rows)
    for unit in 0..<gradient.columns {
      var sum: Float = 0
      var product: Float = 0
      for row in 0..<gradient.rows {
        sum += gradient[row, unit]
        product += gradient[row, unit] * batch.normalized[row, unit]
      }
      shift.gradient[0, unit] = sum
      scale.gradient[0, unit] = product
      let factor = scale.values[0, unit] * batch.inverseDeviation[unit] / count
      for row in 0..<gradient.rows {
        gradient[row, unit] =
          factor * (count * gradient[row, unit] - sum - batch.normalized[row, unit] * product)
      }
    }
  }
}
