/// Something for some runs of a plan: of a million runs each is found by its place.
public struct SweepRunTable<Value> {
  /// The first seed of each cell.
  private let firstSeeds: [UInt64]
  private let seeds: Int
  private var places: [Value?]
  /// How many runs have something.
  public private(set) var count = 0

  /// Nothing yet for any run.
  public init(_ plan: SweepPlan) {
    firstSeeds = plan.cells.map(\.configuration.seed)
    seeds = plan.seeds
    places = Array(repeating: nil, count: plan.cells.count * plan.seeds)
  }

  /// What a run has; nothing of one that the plan lacks, which nothing can be set for.
  public subscript(key: SweepRunKey) -> Value? {
    get { place(of: key).flatMap { places[$0] } }
    set {
      guard let place = place(of: key) else { return }
      count += (newValue == nil ? 0 : 1) - (places[place] == nil ? 0 : 1)
      places[place] = newValue
    }
  }

  /// Whether no run has anything.
  public var isEmpty: Bool { count == 0 }

  /// All there is, cell by cell.
  public var values: some Sequence<Value> { places.lazy.compactMap(\.self) }

  private func place(of key: SweepRunKey) -> Int? {
    guard firstSeeds.indices.contains(key.cell) else { return nil }
    let number = key.seed &- firstSeeds[key.cell]
    return number < UInt64(seeds) ? key.cell * seeds + Int(number) : nil
  }
}

extension SweepRunTable: Equatable where Value: Equatable {}
extension SweepRunTable: Hashable where Value: Hashable {}
extension SweepRunTable: Sendable where Value: Sendable {}
