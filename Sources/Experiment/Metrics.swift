/// Mean loss and share of correct predictions over some samples.
public struct LossAndAccuracy: Codable, Hashable, Sendable {
  /// Sum of the per-sample losses divided by the number of samples, without any penalty.
  public var loss: Double
  /// Correct predictions divided by samples, in 0...1.
  public var accuracy: Double

  /// A pair of mean loss and accuracy.
  public init(loss: Double, accuracy: Double) {
    self.loss = loss
    self.accuracy = accuracy
  }
}

/// What is known of a run after an epoch.
///
/// Three different numbers are called "train accuracy" elsewhere; here each has its own name.
public struct EpochMetrics: Codable, Hashable, Sendable {
  /// Mean over the epoch's own steps: dropout on, weights still moving.
  public var runningTrain: LossAndAccuracy
  /// The epoch's final weights on the whole training set, dropout off.
  ///
  /// The one that may be compared with `test`.
  public var train: LossAndAccuracy
  /// The epoch's final weights on the whole test set, dropout off.
  public var test: LossAndAccuracy
  /// The epoch's final weights on the images held out, dropout off; `nil` where none are.
  public var validation: LossAndAccuracy?

  /// The metrics of one epoch.
  public init(
    runningTrain: LossAndAccuracy, train: LossAndAccuracy, test: LossAndAccuracy,
    validation: LossAndAccuracy? = nil
  ) {
    self.runningTrain = runningTrain
    self.train = train
    self.test = test
    self.validation = validation
  }

  /// What the best epoch is chosen by: the figures on the images held out, or where none are those on the test set.
  public var selection: LossAndAccuracy { validation ?? test }

  /// Train accuracy minus test accuracy, both with dropout off.
  public var generalizationGap: Double { train.accuracy - test.accuracy }
}
