public import Datasets
public import Messages

/// A number that is measured at the end of each epoch, and all that the program knows of it.
///
/// Whatever shows, keeps, ranks or charts figures goes through `all` and knows none of them by name.
public struct Figure: Sendable {
  /// Which values are better.
  public enum Direction: Hashable, Sendable {
    case higher, lower, neither
  }

  /// The samples that a figure is measured on.
  public enum Split: Int, Hashable, Sendable {
    /// The epoch's own steps: dropout on, weights still moving.
    case runningTrain
    /// The whole training set, by the epoch's final weights with dropout off: the one that may be compared with `test`.
    case train
    /// The images held out, dropout off.
    case validation
    /// The test set, dropout off.
    case test
  }

  /// How values are written.
  public enum Format: Hashable, Sendable {
    /// With so many decimals.
    case decimals(Int)
    /// A share, in per cent; differences in percentage points.
    case percent
    /// A difference between shares, in percentage points.
    case points
    /// With so many significant digits, very small and very large numbers with an exponent.
    case significant(Int)
  }

  /// The name that files and programs know it by.
  public let key: String
  /// The name in words, with the samples that it is measured on.
  public let titles: Wording
  /// How it is measured, where the title does not tell.
  public let conditions: Wording?
  /// The name above a narrow column.
  public let headings: Wording
  /// What it is charted under.
  public let quantity: Quantity
  /// What it is measured on; `nil` if it is a matter of the network, or of several splits.
  public let split: Split?
  /// Which values are better.
  public let direction: Direction
  /// How values are written.
  public let format: Format
  /// The kind of task that it is measured for; `nil` if for any.
  public let task: Task.Kind?
  /// Whether it stands in comparisons and other short tables; the others are in full lists only.
  public let isMain: Bool
  /// Whether runs with such settings have it.
  private let isExpected: @Sendable (RunConfiguration) -> Bool
  /// What makes it from other figures, if it is not measured itself.
  let derivation: (@Sendable (Measurements) -> Double?)?

  init(
    _ key: String, _ title: Wording, condition: Wording? = nil, heading: Wording, _ quantity: Quantity,
    split: Split? = nil, task: Task.Kind? = nil, _ direction: Direction, _ format: Format,
    isMain: Bool = true, derivation: (@Sendable (Measurements) -> Double?)? = nil,
    of isExpected: @escaping @Sendable (RunConfiguration) -> Bool = { _ in true }
  ) {
    self.key = key
    titles = title
    conditions = condition
    headings = heading
    self.quantity = quantity
    self.split = split
    self.task = task
    self.direction = direction
    self.format = format
    self.isMain = isMain
    self.isExpected = isExpected
    self.derivation = derivation
  }

  /// The name in words, with the samples that it is measured on.
  public var title: String { titles.text }
  /// How it is measured, where the title does not tell.
  public var condition: String? { conditions?.text }
  /// The name above a narrow column.
  public var heading: String { headings.text }

  /// Whether it is measured for a kind of task.
  public func isMeasured(for task: Task.Kind) -> Bool { self.task == nil || self.task == task }

  /// Whether it stands in short tables of some runs: a figure with dropout on only where one of them has dropout.
  public func isMain(withDropout usesDropout: Bool) -> Bool {
    isMain && (usesDropout || split != .runningTrain)
  }

  /// Whether runs with such settings have it.
  public func isMeasured(of configuration: RunConfiguration) -> Bool {
    isMeasured(for: configuration.dataset.task.kind) && isExpected(configuration)
  }

  /// Whether only those runs have it that ask for it.
  public var isSpecial: Bool { !isExpected(RunConfiguration()) }

  /// Whether a value is better than another; NaN is never better, and worse than any number.
  public func isBetter(_ value: Double, than other: Double) -> Bool {
    switch direction {
    case .higher: value > other || other.isNaN && !value.isNaN
    case .lower: value < other || other.isNaN && !value.isNaN
    case .neither: false
    }
  }
}

extension Figure: Hashable {
  /// Figures are told apart by their keys.
  public static func == (first: Figure, second: Figure) -> Bool { first.key == second.key }

  /// Feeds the key.
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

extension Figure.Format {
  /// Whether values are shares or differences between shares.
  public var isShare: Bool { self == .percent || self == .points }
}

/// What several figures are measurements of: they lie in one chart.
public struct Quantity: Hashable, Sendable {
  /// The name that options and files know it by.
  public let key: String
  /// What is written above the chart.
  public let titles: Wording

  init(_ key: String, _ title: Wording) {
    self.key = key
    titles = title
  }

  /// What is written above the chart.
  public var title: String { titles.text }

  /// All quantities, in the order of their first figures.
  public static let all: [Quantity] = Figure.all.reduce(into: []) { quantities, figure in
    if !quantities.contains(figure.quantity) { quantities.append(figure.quantity) }
  }

  /// Its figures, in the order of the splits.
  public var figures: [Figure] {
    Figure.all.filter { $0.quantity == self }.sorted { ($0.split?.rawValue ?? 0) < ($1.split?.rawValue ?? 0) }
  }

  /// Whether its values are shares.
  public var isShare: Bool { figures.allSatisfy(\.format.isShare) }
}
