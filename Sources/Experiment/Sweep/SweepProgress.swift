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
  public private(set) var results: [SweepRunKey: SweepResult] = [:]
  /// The runs that are being made.
  public var running: [Running] = []
  /// All work, in an arbitrary unit.
  public let totalWork: Double
  private let work: [SweepRunKey: Double]
  private var finishedWork = 0.0

  /// A sweep of which these results are known.
  public init(_ plan: SweepPlan, trainingImages: Int, results: [SweepResult] = []) {
    self.plan = plan
    runs = plan.runs(trainingImages: trainingImages)
    work = Dictionary(uniqueKeysWithValues: runs.map { ($0.key, $0.work) })
    totalWork = runs.reduce(0) { $0 + $1.work }
    for result in results { record(result) }
  }

  /// Takes in a run that is over; one that the plan lacks or that was known is left out.
  public mutating func record(_ result: SweepResult) {
    guard let work = work[result.key], results[result.key] == nil else { return }
    results[result.key] = result
    finishedWork += work
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
  /// Share of the work that is done.
  public var share: Double { totalWork > 0 ? doneWork / totalWork : 0 }

  /// The results of a cell, by seed.
  public func results(of cell: Int) -> [SweepResult] {
    let first = plan.cells[cell].configuration.seed
    return (0..<plan.seeds).compactMap { results[SweepRunKey(cell: cell, seed: first &+ UInt64($0))] }
  }

  /// The figures that its runs have, the most telling ones first.
  public var figures: [Figure] {
    Figure.byImportance.filter { figure in
      figure.isMain && figure.split != .validation || results.values.contains { $0.metrics?[figure] != nil }
    }
  }

  /// A figure over a cell's runs that came to their end; `nil` while there are none.
  public func mean(_ figure: Figure, of cell: Int) -> SampleStatistics? {
    SampleStatistics(results(of: cell).compactMap { $0.metrics?[figure] })
  }

  /// How many of a cell's runs diverged.
  public func divergedCount(of cell: Int) -> Int { results(of: cell).count { $0.metrics == nil } }
}
