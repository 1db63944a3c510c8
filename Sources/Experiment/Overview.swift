internal import Datasets

/// Runs below each other, or their sides where they are repeated, by what tells most of them.
public struct Overview: Sendable {
  /// What is told of a run or of a side.
  public struct Row: Hashable, Sendable {
    /// The run, or the one that stands for the side.
    public let run: RunID
    /// How many runs the figures are means of.
    public let count: Int
    /// The epoch after which the figures were measured; `nil` if there is none, or more than one.
    public let epoch: Int?
    /// What is meant by its result: accuracy or loss on the test set.
    public let result: SampleStatistics?
    /// The best value of what the best epoch is chosen by.
    public let best: SampleStatistics?
    /// The epoch of the best value of a single run.
    public let bestEpoch: Int?
    /// How far it has fitted its training set by heart.
    public let gap: SampleStatistics?
    /// What it is compared with, the earlier one first.
    public let pair: [RunID]
    /// The difference in the result between the two of the pair, after the last epoch that both have.
    public let difference: PairedDifference?
    /// That epoch, where one of the two is further.
    public let differenceEpoch: Int?
  }

  /// What rows can be sorted by.
  public enum Column: CaseIterable, Hashable, Sendable {
    case run, epoch, result, best, gap, difference
  }

  /// The rows, in the order of the runs.
  public let rows: [Row]

  /// What rows and differences are about: accuracy or loss on the test set.
  public let result: Figure
  /// What tells how far a run has fitted its training set by heart.
  public let gap: Figure

  /// An overview of single runs.
  public init(_ histories: [RunHistory], pairing: Pairing) {
    let judged = Figure.judged(for: histories.first?.task ?? .classification)
    let (result, gap) = (judged[0], judged[1])
    (self.result, self.gap) = (result, gap)
    let known = Dictionary(histories.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    rows = histories.map { history in
      let pair = pairing.reference(of: history.id).map { [$0, history.id].sorted() } ?? []
      let compared = pair.compactMap { known[$0] }
      let comparison = Comparison(underWay: compared)
      let values = comparison.values(of: result).compactMap(\.self)
      let isComparable = comparison.isComparable && values.count == 2
      let epochs = comparison.measured.map { $0?.position.epoch }
      return Row(
        run: history.id, count: 1, epoch: history.final?.position.epoch,
        result: history.final?.metrics[result].flatMap { SampleStatistics([$0]) },
        best: history.best?.metrics.selection.flatMap { SampleStatistics([$0.value]) },
        bestEpoch: history.best?.position.epoch,
        gap: history.final?.metrics[gap].flatMap { SampleStatistics([$0]) }, pair: pair,
        difference: isComparable ? PairedDifference([(values[0], values[1])]) : nil,
        differenceEpoch: isComparable && epochs != compared.map { $0.final?.position.epoch }
          ? epochs.first ?? nil : nil)
    }
  }

  /// An overview of sides with several seeds; `histories` are by place of the run.
  public init(_ replicates: Replicates, histories: [RunHistory], pairing: Pairing) {
    let judged = Figure.judged(for: histories.first?.task ?? .classification)
    let (result, gap) = (judged[0], judged[1])
    (self.result, self.gap) = (result, gap)
    rows = replicates.sides.map { side in
      let own = ReplicateComparison(replicates.selecting([side.lead]), histories: histories)
      let pair = pairing.reference(of: side.lead).map { [$0, side.lead].sorted() } ?? []
      let compared = ReplicateComparison(replicates.selecting(pair), histories: histories)
      let best = own.seeds.compactMap(side.run).compactMap { run in
        histories[run.index].best?.metrics.selection?.value
      }
      return Row(
        run: side.lead, count: side.runs.count, epoch: own.epoch,
        result: own.statistics(of: result).first ?? nil, best: SampleStatistics(best),
        bestEpoch: nil,
        gap: own.statistics(of: gap).first ?? nil, pair: pair,
        difference: compared.difference(of: result), differenceEpoch: nil)
    }
  }

  /// The rows by a column, the best first, or the other way round; what has no value comes last.
  public func sorted(by column: Column, isReversed: Bool = false) -> [Row] {
    let values = rows.map { row in (row: row, value: row.value(of: column)) }
    let known = values.filter { $0.value?.isNaN == false }
    let ascends = column.ascends(result) != isReversed
    let sorted = known.enumerated().sorted { first, second in
      let (one, other) = (first.element.value ?? 0, second.element.value ?? 0)
      return one == other ? first.offset < second.offset : ascends ? one < other : one > other
    }
    return sorted.map(\.element.row) + values.filter { $0.value?.isNaN != false }.map(\.row)
  }
}

extension Overview.Column {
  /// Whether the smallest value comes first.
  public func ascends(_ result: Figure) -> Bool {
    switch self {
    case .run, .gap: true
    case .result, .best: result.direction == .lower
    case .epoch, .difference: false
    }
  }

  /// The next one.
  public var next: Overview.Column {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }
}

extension Overview.Row {
  /// What it is sorted by in a column.
  fileprivate func value(of column: Overview.Column) -> Double? {
    switch column {
    case .run: Double(run.index)
    case .epoch: epoch.map(Double.init)
    case .result: result?.mean
    case .best: best?.mean
    case .gap: gap?.mean
    case .difference: difference?.mean
    }
  }
}
