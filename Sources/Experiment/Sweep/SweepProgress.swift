internal import Datasets
internal import Messages

/// How far a sweep is, and what it has shown: a value that results change and views draw.
public struct SweepProgress: Hashable, Sendable {
  /// A run that is being made.
  public struct Running: Hashable, Sendable {
    /// The run.
    public var run: SweepRun
    /// Share of its updates that are made.
    public var share: Double

    /// A run at some point.
    public init(run: SweepRun, share: Double) {
      self.run = run
      self.share = share
    }
  }

  /// The plan.
  public let plan: SweepPlan
  /// The runs in the order in which they are made.
  public let runs: [SweepRun]
  /// The runs that are over.
  public private(set) var results: SweepRunTable<SweepResult>
  /// The runs that are being made.
  public var running: [Running] = []
  /// All work, in an arbitrary unit.
  public let totalWork: Double
  /// The work of a run of each cell.
  private let works: [Double]
  private var finishedWork = 0.0
  private var finishedEffort = 0.0

  /// A sweep of which these results are known.
  public init(_ plan: SweepPlan, trainingImages: Int, results: [SweepResult] = []) {
    self.plan = plan
    self.results = SweepRunTable(plan)
    runs = plan.runs(trainingImages: trainingImages)
    var works = [Double](repeating: 0, count: plan.cells.count)
    for run in runs { works[run.key.cell] = run.work }
    self.works = works
    totalWork = runs.reduce(0) { $0 + $1.work }
    for result in results { record(result) }
  }

  /// Takes in a run that is over; one that the plan lacks or that was known is left out.
  public mutating func record(_ result: SweepResult) {
    guard plan.has(result.key), results[result.key] == nil else { return }
    results[result.key] = result
    let (work, epochs) = (works[result.key.cell], plan.cells[result.key.cell].configuration.epochs)
    finishedWork += work
    finishedEffort += work * min(1, Double(result.epoch) / Double(max(1, epochs)))
  }

  /// The runs that are neither over nor being made, in order.
  public var waiting: [SweepRun] {
    let underWay = Set(running.map(\.run.key))
    return runs.filter { results[$0.key] == nil && !underWay.contains($0.key) }
  }

  /// Whether every run is over.
  public var isComplete: Bool { results.count == runs.count }
  /// The work that is done.
  public var doneWork: Double { running.reduce(finishedWork) { $0 + $1.run.work * $1.share } }
  /// The work that was really made: less than what is done where runs diverged or stopped early.
  public var effort: Double { running.reduce(finishedEffort) { $0 + $1.run.work * $1.share } }
  /// Share of the work that is done.
  public var share: Double { totalWork > 0 ? doneWork / totalWork : 0 }

  /// The results of a cell, by seed.
  public func results(of cell: Int) -> [SweepResult] {
    (0..<plan.seeds).compactMap { results[plan.key(cell: cell, $0)] }
  }

  /// The work that is left for the busiest of so many threads, if each takes the next run as soon as it is free.
  public func longestRest(threads: Int) -> Double {
    var rests = running.map { $0.run.work * (1 - $0.share) }
    let waiting = waiting
    // How very many runs are packed hardly matters.
    guard waiting.count <= 1000 else { return (totalWork - doneWork) / Double(max(1, threads)) }
    rests += Array(repeating: 0, count: max(0, threads - rests.count))
    for run in waiting {
      if let next = rests.indices.min(by: { rests[$0] < rests[$1] }) { rests[next] += run.work }
    }
    return rests.max() ?? 0
  }

  // MARK: Figures

  /// The figures that its runs have, the most telling ones first.
  public var figures: [Figure] {
    let configurations = plan.cells.map(\.configuration)
    return Figure.byImportance.filter { figure in
      figure.isMeasured(for: plan.task)
        && (figure.isMain && configurations.contains(where: figure.isMeasured)
          || results.values.contains { $0.metrics?[figure] != nil })
    }
  }

  /// What is meant by the result of a run of it: measured on images held out where every run has some.
  public var selection: Figure {
    .selection(
      isValidated: plan.cells.allSatisfy { $0.configuration.validationSize != nil }, for: plan.task)
  }

  /// A figure over a cell's runs that came to their end; `nil` while there are none.
  public func mean(_ figure: Figure, of cell: Int) -> SampleStatistics? {
    SampleStatistics(results(of: cell).compactMap { $0.metrics?[figure] })
  }

  /// The cells by the mean of a figure: the best ones first or, of a figure that is neither good nor bad, the highest;
  /// at the end those without.
  public func ranking(by figure: Figure) -> [Int] {
    let means = plan.cells.indices.map { mean(figure, of: $0)?.mean }
    return plan.cells.indices.sorted { first, second in
      switch (means[first], means[second]) {
      case (let one?, let other?) where figure.direction == .neither && one != other: one > other
      case (let one?, let other?) where figure.isBetter(one, than: other): true
      case (let one?, let other?) where figure.isBetter(other, than: one): false
      case (_?, nil): true
      case (nil, _?): false
      default: first < second
      }
    }
  }

  /// The cell with the best mean of a figure, the first of several; `nil` while there is none, or if none is better.
  ///
  /// One lucky seed easily beats the mean of many: once cells have all their seeds, only these can be the best.
  public func best(by figure: Figure) -> Int? {
    guard figure.direction != .neither else { return nil }
    let known = ranking(by: figure).filter { mean(figure, of: $0)?.mean.isFinite == true }
    return known.first { results(of: $0).count == plan.seeds } ?? known.first
  }

  // MARK: Cells

  /// How many of a cell's runs diverged.
  public func divergedCount(of cell: Int) -> Int { results(of: cell).count { $0.metrics == nil } }

  /// How far a cell is: `2 of 3 seeds, 1 diverged, running`.
  public func state(of cell: Int) -> String {
    let results = results(of: cell)
    let diverged = divergedCount(of: cell)
    let done = results.count - diverged
    var parts = [
      says(
        "\(done) of \(plan.seeds) \(plan.seeds == 1 ? "seed" : "seeds")", "\(plan.seeds) 个种子完成 \(done) 个")
    ]
    if diverged > 0 { parts.append(says("\(diverged) diverged", "\(diverged) 个已发散")) }
    if running.contains(where: { $0.run.key.cell == cell }) {
      parts.append(says("running", "训练中"))
    } else if results.count < plan.seeds {
      parts.append(says("waiting", "等待中"))
    }
    return parts.joined(separator: says(", ", "，"))
  }

  /// The runs of a cell, by seed.
  public func runs(of cell: Int) -> [SweepRun] {
    (0..<plan.seeds).map { SweepRun(key: plan.key(cell: cell, $0), work: works[cell]) }
  }
}
