internal import Datasets

/// What one pair of runs with one seed can honestly say about the difference between them.
public enum Verdict: Hashable, Sendable {
  /// No complete epochs to compare, only one run, or a fork that has none of its own.
  case noComparison
  /// Every figure of every epoch is the same: the runs are copies of each other.
  case identical(epochs: Int)
  /// Too few epochs: figures still move more by training than by anything else.
  case tooEarly(epochs: Int)
  /// The runs are under way; whoever looks often enough sees a difference at some time.
  case undecided(Evidence)
  /// The runs differ by no more than their figures move from evaluation to evaluation.
  case noDifferenceShown(Evidence)
  /// The runs differ by more than that; with one seed this is a hint.
  case difference(Evidence)

  /// What a verdict rests on: a person can check it in the table of epochs.
  public struct Evidence: Hashable, Sendable {
    /// The last evaluations of each run.
    public let evaluations: EvaluationDifference
    /// The epochs of these evaluations, of each run: another one's are others where runs stopped early.
    public let epochs: [ClosedRange<Int>]

    /// Mean and standard deviation of the first run's.
    public var first: SampleStatistics { evaluations.first }
    /// Those of the second run's.
    public var second: SampleStatistics { evaluations.second }
    /// The first run's mean minus the second's.
    public var difference: Double { evaluations.mean }
  }

  /// Epochs below which a comparison is too early; and the evaluations that it rests on.
  public static let fewestEpochs = 5

  /// Judges a comparison by a figure, one of `Figure.judged`, once no more epochs are to come.
  ///
  /// The means of the last `fewestEpochs` evaluations differ by more than chance if that is more than twice the
  /// standard deviation of a difference between single evaluations, and than two standard errors of a difference between
  /// accuracies on `testCount` images, or between mean squares of errors that are distributed normally. Which epochs count is fixed beforehand, so that it cannot be chosen by what they show.
  public init(
    _ comparison: Comparison, of figure: Figure? = nil, histories: [RunHistory], testCount: Int
  ) {
    let figure = figure ?? .selection(isValidated: false, for: comparison.task)
    guard comparison.difference(of: figure) != nil, !histories.contains(where: \.ownEpochs.isEmpty) else {
      self = .noComparison
      return
    }
    let compared = zip(histories, comparison.measured).map { history, measured in
      history.epochs.prefix { $0.position.epoch <= (measured?.position.epoch ?? 0) }
    }
    let count = compared.map(\.count).min() ?? 0
    if compared.map({ $0.map(\.metrics) }).allSatisfy({ $0 == compared[0].map(\.metrics) }) {
      self = .identical(epochs: compared[0].last?.position.epoch ?? count)
      return
    }
    guard count >= Self.fewestEpochs else {
      self = .tooEarly(epochs: count)
      return
    }
    let last = compared.map { $0.suffix(Self.fewestEpochs) }
    let statistics = last.map { SampleStatistics($0.compactMap { $0.metrics[figure] }) }
    let epochs = last.compactMap { epochs in
      epochs.first.flatMap { first in epochs.last.map { first.position.epoch...$0.position.epoch } }
    }
    guard let first = statistics[0], let second = statistics[1], epochs.count == last.count else {
      self = .noComparison
      return
    }
    let evidence = Evidence(evaluations: EvaluationDifference(first, second), epochs: epochs)
    guard histories.allSatisfy(\.isOver) else {
      self = .undecided(evidence)
      return
    }
    let results = compared.compactMap {
      $0.last?.metrics[.selection(isValidated: false, for: comparison.task)]
    }
    self =
      evidence.evaluations.isShown(by: results, of: comparison.task, testCount: testCount)
      ? .difference(evidence) : .noDifferenceShown(evidence)
  }
}
