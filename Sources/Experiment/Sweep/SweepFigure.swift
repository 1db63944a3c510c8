/// A figure of a run's final weights that a sweep tells.
public enum SweepFigure: CaseIterable, Hashable, Sendable {
  /// Share of the test images that are classified correctly.
  case testAccuracy
  /// Train minus test accuracy, both with dropout off.
  case generalizationGap
  /// Share of the training images that are classified correctly, dropout off.
  case trainAccuracy
  /// Mean cross-entropy over the test images.
  case testLoss

  /// The figure in words.
  public var title: String {
    switch self {
    case .testAccuracy: "test accuracy"
    case .generalizationGap: "generalisation gap"
    case .trainAccuracy: "train accuracy"
    case .testLoss: "test loss"
    }
  }

  /// The name that programs know it by.
  public var key: String {
    switch self {
    case .testAccuracy: "test_accuracy"
    case .generalizationGap: "generalization_gap"
    case .trainAccuracy: "train_accuracy"
    case .testLoss: "test_loss"
    }
  }

  /// Whether it is a share, shown in per cent.
  public var isShare: Bool { self != .testLoss }

  /// Its value.
  public func value(in metrics: EpochMetrics) -> Double {
    switch self {
    case .testAccuracy: metrics.test.accuracy
    case .generalizationGap: metrics.generalizationGap
    case .trainAccuracy: metrics.train.accuracy
    case .testLoss: metrics.test.loss
    }
  }
}

/// Mean and spread of some numbers.
public struct SweepMean: Hashable, Sendable {
  /// How many numbers there are.
  public let count: Int
  /// Their mean; NaN if there are none.
  public let mean: Double
  /// Their standard deviation, with n - 1; `nil` for fewer than two.
  public let deviation: Double?

  /// Describes `values`.
  public init(_ values: [Double]) {
    count = values.count
    let mean = values.reduce(0, +) / Double(values.count)
    self.mean = mean
    deviation =
      values.count > 1
      ? (values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count - 1)).squareRoot() : nil
  }
}
