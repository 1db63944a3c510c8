internal import CKernels

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
  mutating func forwardTraining(_ matrix: inout Matrix, batch: inout Batch, team: ThreadTeam) {
    batch.normalized.resize(rows: matrix.rows)
    kernels_normalize(
      team.kernels, team.threads, matrix.rows, matrix.columns, Self.epsilon, Self.momentum,
      scale.values.elements, shift.values.elements, &runningMean, &runningVariance, &matrix.elements,
      &batch.normalized.elements, &batch.inverseDeviation)
  }

  /// Normalises in place with the running statistics.
  func forwardEvaluation(_ matrix: inout Matrix, team: ThreadTeam) {
    kernels_normalize_running(
      team.kernels, team.threads, matrix.rows, matrix.columns, Self.epsilon, scale.values.elements,
      shift.values.elements, runningMean, runningVariance, &matrix.elements)
  }

  /// Sets the gradients of γ and β and turns the output's gradient into the input's, in place.
  mutating func backward(_ gradient: inout Matrix, batch: Batch, team: ThreadTeam) {
    kernels_derive_normalized(
      team.kernels, team.threads, gradient.rows, gradient.columns, scale.values.elements,
      batch.normalized.elements, batch.inverseDeviation, &gradient.elements, &scale.gradient.elements,
      &shift.gradient.elements)
  }
}
