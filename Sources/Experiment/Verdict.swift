/// What one pair of runs with one seed can honestly say about the difference between them.
public enum Verdict: Hashable, Sendable {
  /// No complete epochs to compare, or only one run.
  case noComparison
  /// Too few epochs: figures still move more by training than by anything else.
  case tooEarly(epochs: Int)
  /// The runs differ by no more than the difference moves anyway from epoch to epoch.
  case noDifferenceShown(difference: Double, swing: Double)
  /// The runs differ by more than that; with one seed this is a hint.
  case difference(Double, swing: Double)

  /// Epochs below which a comparison is too early.
  public static let fewestEpochs = 5

  /// Judges a comparison by a figure that is a share, one of `Figure.judged`.
  ///
  /// A run's swing is the figure's largest change between neighbouring epochs in the later half of the run, at
  /// least its `usualSwing`. Both runs swing, so the difference moves by the sum of the two; and never by less than
  /// two standard errors of a difference between accuracies on `testCount` images.
  public init(
    _ comparison: Comparison, of figure: Figure = .selection(isValidated: false), histories: [RunHistory],
    testCount: Int
  ) {
    guard let difference = comparison.difference(of: figure) else {
      self = .noComparison
      return
    }
    let compared = zip(histories, comparison.measured).map { history, measured in
      history.epochs.prefix { $0.position.epoch <= (measured?.position.epoch ?? 0) }.map(\.metrics)
    }
    let epochs = compared.map(\.count).min() ?? 0
    guard epochs >= Self.fewestEpochs else {
      self = .tooEarly(epochs: epochs)
      return
    }
    let swings = compared.map { metrics in
      let later = metrics.suffix((metrics.count + 1) / 2).compactMap { $0[figure] }
      return zip(later, later.dropFirst()).map { abs($1 - $0) }.reduce(figure.usualSwing, max)
    }
    let accuracies = compared.compactMap { $0.last?[.testAccuracy] }
    let variances = accuracies.map { $0 * (1 - $0) / Double(max(testCount, 1)) }
    let sampling = 2 * variances.reduce(0, +).squareRoot()
    let swing = max(swings.reduce(0, +), sampling)
    self =
      abs(difference) > swing
      ? .difference(difference, swing: swing) : .noDifferenceShown(difference: difference, swing: swing)
  }
}
