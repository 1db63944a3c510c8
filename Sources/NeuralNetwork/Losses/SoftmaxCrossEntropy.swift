internal import CKernels

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

  /// Computes the loss of each sample, for logits `[batch, classes]` and one label per row, and whether its largest logit
  /// is the label's.
  public func score(logits: Tensor, labels: [UInt8], into scores: inout SampleScores, team: ThreadTeam) {
    precondition(labels.count == logits.rows, "every row needs a label")
    scores.resize(count: logits.rows)
    kernels_cross_entropy(
      team.kernels, team.threads, logits.rows, logits.columns, labelSmoothing, logits.elements, labels,
      &scores.losses, &scores.correct, nil)
  }

  /// Computes the gradient of the batch's mean loss: (softmax - target) / batch.
  public func gradient(logits: Tensor, labels: [UInt8], into gradient: inout Tensor, team: ThreadTeam) {
    precondition(
      labels.count == logits.rows && gradient.elements.count == logits.elements.count,
      "every row needs a label and a gradient")
    kernels_cross_entropy(
      team.kernels, team.threads, logits.rows, logits.columns, labelSmoothing, logits.elements, labels, nil,
      nil, &gradient.elements)
  }

  /// The softmax of a row of logits: exp(logit) / Σ exp(logit), shifted by the maximum so that nothing overflows.
  public static func probabilities(logits: ArraySlice<Float>) -> [Float] {
    let largest = logits.max() ?? 0
    let powers = logits.map { Elementary.exp(single: $0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}

/// What a network got of each sample of a batch.
public struct SampleScores: Sendable {
  /// The loss of each sample.
  public internal(set) var losses: [Float] = []
  /// Whether the label has the largest logit, not where a logit is NaN; empty where there are no classes.
  public internal(set) var correct: [Bool] = []

  /// The scores of no samples.
  public init() {}

  /// The sum of the losses, in double precision.
  public var lossSum: Double { losses.reduce(0) { $0 + Double($1) } }

  /// How many samples are correct; `nil` where there are no classes.
  public var correctCount: Int? {
    correct.isEmpty && !losses.isEmpty ? nil : correct.reduce(0) { $0 + ($1 ? 1 : 0) }
  }

  fileprivate mutating func resize(count: Int) {
    // Memory once reserved is kept, so that a smaller last batch allocates nothing.
    losses.removeAll(keepingCapacity: true)
    losses.append(contentsOf: repeatElement(0, count: count))
    correct.removeAll(keepingCapacity: true)
    correct.append(contentsOf: repeatElement(false, count: count))
  }
}

/// The class with the largest of a row of logits.
public func predictedClass(logits: ArraySlice<Float>) -> Int {
  (logits.indices.max { logits[$0] < logits[$1] } ?? logits.startIndex) - logits.startIndex
}
