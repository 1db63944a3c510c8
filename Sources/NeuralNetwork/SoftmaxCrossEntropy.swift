#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Cross-entropy between the softmax of logits and labels, with optional label smoothing.
///
/// Per sample: -Σ target · log softmax(logits), where the target is 1 - ε + ε/classes for the label and ε/classes
/// elsewhere (Szegedy et al., 2016).
public struct SoftmaxCrossEntropy: Hashable, Sendable {
  /// ε, in 0..<1.
  public var labelSmoothing: Float

  /// The loss with label smoothing ε.
  public init(labelSmoothing: Float = 0) {
    self.labelSmoothing = labelSmoothing
  }

  /// The loss of each sample, for logits `[batch, classes]` and one label per row.
  public func losses(logits: Matrix, labels: [UInt8]) -> [Float] {
    (0..<logits.rows).map { row in
      let logit = logits.row(row)
      let logSum = Self.logSumExp(logit)
      let meanLogit = logit.reduce(0, +) / Float(logits.columns)
      return logSum - (1 - labelSmoothing) * logit[logit.startIndex + Int(labels[row])]
        - labelSmoothing * meanLogit
    }
  }

  /// The gradient of the batch's mean loss: (softmax - target) / batch.
  public func gradient(logits: Matrix, labels: [UInt8], into gradient: inout Matrix) {
    let rest = labelSmoothing / Float(logits.columns)
    for row in 0..<logits.rows {
      let logit = logits.row(row)
      let logSum = Self.logSumExp(logit)
      for (column, value) in logit.enumerated() {
        let target = column == Int(labels[row]) ? 1 - labelSmoothing + rest : rest
        gradient[row, column] = (expf(value - logSum) - target) / Float(logits.rows)
      }
    }
  }

  /// The softmax of a row of logits: exp(logit) / Σ exp(logit).
  public static func probabilities(logits: ArraySlice<Float>) -> [Float] {
    let logSum = logSumExp(logits)
    return logits.map { expf($0 - logSum) }
  }

  /// log Σ exp(logit), shifted by the maximum so that nothing overflows.
  private static func logSumExp(_ logit: ArraySlice<Float>) -> Float {
    let largest = logit.reduce(-Float.infinity) { max($0, $1) }
    return largest + logf(logit.reduce(0) { $0 + expf($1 - largest) })
  }
}

/// How many rows of `logits` have their largest element at the label; a row with NaN counts as wrong.
public func correctPredictions(logits: Matrix, labels: [UInt8]) -> Int {
  (0..<logits.rows).count { row in
    let logit = logits.row(row)
    return predictedClass(logits: logit) == Int(labels[row]) && !logit.contains { $0.isNaN }
  }
}

/// The class with the largest of a row of logits.
public func predictedClass(logits: ArraySlice<Float>) -> Int {
  (logits.indices.max { logits[$0] < logits[$1] } ?? logits.startIndex) - logits.startIndex
}

extension Matrix {
  /// The elements of one row.
  public func row(_ row: Int) -> ArraySlice<Float> { elements[row * columns..<(row + 1) * columns] }
}
