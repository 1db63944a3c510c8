public import Datasets
internal import NeuralNetwork

/// The runs of a sweep: each combination of the axes' values is a cell, and each cell has a run for every seed.
public struct SweepPlan: Hashable, Sendable {
  /// What varies and what it can be: a setting, or which of several sides.
  public struct Axis: Hashable, Sendable {
    /// What it is called.
    public let name: String
    /// The setting, if it is one.
    public let setting: Setting?
    /// What it can be, in order.
    public let values: [String]
  }

  /// What varies, the first one slowest.
  public var axes: [Axis]
  /// The combinations, in the order of the axes.
  public var cells: [SweepCell]
  /// Runs of each cell.
  public var seeds: Int

  /// The names of the sides, where the cells are sides.
  public let sideNames: [String]

  /// The most runs that a sweep may have.
  public static let mostRuns = 1_000_000
  /// The most cells that it may have.
  public static let mostCells = 100_000

  /// A sweep over settings, with given cells.
  public init(axes: [SweepAxis], cells: [SweepCell], seeds: Int) {
    self.axes = axes.map { Axis(name: $0.setting.key, setting: $0.setting, values: $0.values) }
    self.cells = cells
    self.seeds = seeds
    sideNames = []
  }

  /// Sides, each of which is a cell.
  public init(_ sides: SweepSides) {
    let titles = sides.titles
    axes = titles.count > 1 ? [Axis(name: "side", setting: nil, values: titles)] : []
    cells = zip(sides.sides, titles).map { side, title in
      SweepCell(values: titles.count > 1 ? [title] : [], configuration: side.configuration)
    }
    seeds = sides.seeds
    sideNames = sides.sides.map(\.name)
  }

  /// All runs in the order in which they are made.
  ///
  /// Every cell gets its first seed before any its second, so that the whole map is seen early. Within a seed the longest
  /// runs come first: the cores run dry together.
  public func runs(trainingImages: Int) -> [SweepRun] {
    let order = cells.indices.map { ($0, cells[$0].configuration.work(trainingImages: trainingImages)) }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    return (0..<seeds).flatMap { number in
      order.map { cell, work in SweepRun(key: key(cell: cell, number), work: work) }
    }
  }

  /// A cell's run with its first seed, or with that `number` places after it.
  public func key(cell: Int, _ number: Int) -> SweepRunKey {
    SweepRunKey(cell: cell, seed: cells[cell].configuration.seed &+ UInt64(number))
  }

  /// Whether it has such a run.
  public func has(_ key: SweepRunKey) -> Bool {
    cells.indices.contains(key.cell) && key.seed &- cells[key.cell].configuration.seed < UInt64(seeds)
  }

  /// All settings of a run.
  public func configuration(of key: SweepRunKey) -> RunConfiguration {
    var configuration = cells[key.cell].configuration
    configuration.seed = key.seed
    return configuration
  }

  /// What its runs learn.
  public var task: Task.Kind { cells.first?.configuration.dataset.task.kind ?? .classification }

  /// A cell's place on each axis.
  public func place(of cell: Int) -> [Int] {
    var rest = cell
    return axes.reversed().map { axis in
      defer { rest /= axis.values.count }
      return rest % axis.values.count
    }.reversed()
  }

  /// A cell's values as words: `dropout 0.5, train-size 1000`.
  public func phrase(of cell: Int) -> String {
    zip(axes, cells[cell].values).map { "\($0.name) \($1)" }.joined(separator: ", ")
  }
}

/// A combination of values.
public struct SweepCell: Hashable, Sendable {
  /// A value for each axis.
  public var values: [String]
  /// All settings, with the first seed.
  public var configuration: RunConfiguration

  /// A combination.
  public init(values: [String], configuration: RunConfiguration) {
    self.values = values
    self.configuration = configuration
  }
}

/// One run of a sweep.
public struct SweepRun: Hashable, Sendable {
  /// What tells it from the other runs.
  public var key: SweepRunKey
  /// How long it takes, in an arbitrary unit.
  public var work: Double
}

/// Names a run of a sweep.
public struct SweepRunKey: Hashable, Sendable {
  /// The place of its cell among the plan's.
  public var cell: Int
  /// Its seed.
  public var seed: UInt64

  /// The run of a cell with a seed.
  public init(cell: Int, seed: UInt64) {
    self.cell = cell
    self.seed = seed
  }
}

extension RunConfiguration {
  /// Operations of a run that is measured once, at its end: three passes for each image trained on, one for each image
  /// measured.
  fileprivate func work(trainingImages: Int) -> Double {
    let images = Double(trainCount(available: trainingImages))
    let operations = networkEstimate?.operationsPerSample ?? 0
    return Double(operations) * (3 * Double(epochs) * images + images + 10_000)
  }
}
