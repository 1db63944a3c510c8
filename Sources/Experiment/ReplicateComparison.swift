public import Datasets

/// The figures of sides that were trained with several seeds each, and their differences paired by seed.
public struct ReplicateComparison: Sendable {
  /// What the runs learn.
  public let task: Task.Kind
  /// The sides.
  public let sides: [Replicates.Side]
  /// The seeds whose figures count.
  public let seeds: [UInt64]
  /// How many seeds were begun.
  public let seedCount: Int
  /// The seeds left out because a run with them diverged or failed.
  public let failedSeeds: [UInt64]
  /// The places of the first two sides of which every run failed: the other one has figures, and nothing to compare with.
  public let failedSides: [Int]
  /// The epoch after which all figures were measured; `nil` for runs that were meant to differ in it.
  public let epoch: Int?
  /// Whether some run dropped units at some time.
  public let usesDropout: Bool
  /// The figures that some run has, those of short tables and the others.
  public var figures: [Figure] {
    let metrics = measured.flatMap(\.values)
    return Figure.byQuantity.filter { figure in metrics.contains { $0[figure] != nil } }
  }

  /// By side and seed.
  private let measured: [[UInt64: Measurements]]

  /// Compares sides of which `histories` tell, by place of the run.
  ///
  /// Complete runs count by their last epochs. Others count by the last epoch that all of them have completed; a seed
  /// that lies more than one epoch behind, for example because it was added later, waits until it has caught up. A seed
  /// with which a run diverged or failed does not count, unless no run of its side did anything else.
  public init(_ replicates: Replicates, histories: [RunHistory]) {
    func history(_ run: RunID) -> RunHistory? {
      histories.indices.contains(run.index) ? histories[run.index] : nil
    }
    let places = replicates.sides.indices.prefix(2)
    let lost = places.filter { place in
      replicates.sides[place].runs.allSatisfy { history($0)?.hasFailed ?? false }
    }
    failedSides = lost.count < places.count ? lost : []
    let compared = places.filter { [failedSides] in !failedSides.contains($0) }.map { replicates.sides[$0] }
    func runs(_ seed: UInt64) -> [RunHistory] {
      compared.compactMap { $0.run(withSeed: seed).flatMap(history) }
    }
    let all = replicates.seeds
    let failed = all.filter { seed in runs(seed).contains(where: \.hasFailed) }
    let whole = all.filter { !failed.contains($0) && runs($0).count == compared.count }
    let areComplete = whole.allSatisfy { runs($0).allSatisfy(\.isCompleted) }
    let reached = whole.map { seed in runs(seed).map(\.epochs.count).min() ?? 0 }
    let furthest = reached.max() ?? 0
    let counted = zip(whole, reached).filter { $1 > 0 && (areComplete || $1 >= furthest - 1) }
    let common = counted.map(\.1).min() ?? 0
    task = histories.first?.task ?? .classification
    usesDropout = histories.contains(where: \.usesDropout)
    sides = replicates.sides
    seeds = counted.map(\.0)
    seedCount = all.count
    failedSeeds = failed
    let epochs = replicates.sides.map { [seeds] side in
      seeds.reduce(into: [UInt64: Positioned<EpochEvaluated>]()) { epochs, seed in
        guard let history = side.run(withSeed: seed).flatMap(history), !history.hasFailed else { return }
        epochs[seed] = areComplete ? history.final : history.epochs.prefix(common).last
      }
    }
    measured = epochs.map { $0.mapValues(\.metrics) }
    let measuredAt = Set(epochs.flatMap { $0.values.map(\.position.epoch) })
    epoch = measuredAt.count == 1 ? measuredAt.first : nil
  }

  /// A figure of each side, with the seed `seed`.
  public func values(of figure: Figure, seed: UInt64) -> [Double?] {
    measured.map { $0[seed]?[figure] }
  }

  /// Mean and standard deviation of a figure of each side; `nil` for a side without figures.
  public func statistics(of figure: Figure) -> [SampleStatistics?] {
    measured.map { metrics in SampleStatistics(seeds.compactMap { metrics[$0]?[figure] }) }
  }

  /// The first side's figure minus the second's, paired by seed; `nil` if there is no second side.
  public func difference(of figure: Figure) -> PairedDifference? {
    guard measured.count >= 2 else { return nil }
    return PairedDifference(
      seeds.compactMap { seed in
        guard let first = measured[0][seed]?[figure], let second = measured[1][seed]?[figure] else {
          return nil
        }
        return (first, second)
      })
  }
}

extension RunHistory {
  /// Whether the run ended against the person's intention.
  fileprivate var hasFailed: Bool {
    switch ended?.reason {
    case .diverged, .failed: true
    case .completed, .stopped, nil: false
    }
  }
}
