/// The runs of a session by what they repeat: runs that differ in nothing but their seeds make one side.
///
/// Twins of different sides with the same seed share initial weights and batches and are a pair.
public struct Replicates: Hashable, Sendable {
  /// Runs with one name and the same settings but for the seed.
  public struct Side: Hashable, Sendable {
    /// What the person calls it.
    public let name: String
    /// What it is called on the screen, in the language that the program speaks.
    public var shownName: String { RunName.shown(name) }
    /// Its runs, the first one standing for all of them.
    public internal(set) var runs: [RunID]
    /// The seed of each run.
    public internal(set) var seeds: [UInt64]

    /// The run that stands for the side.
    public var lead: RunID { runs[0] }

    /// The run with a seed, if there is one.
    public func run(withSeed seed: UInt64) -> RunID? { seeds.firstIndex(of: seed).map { runs[$0] } }
  }

  /// The sides in the order in which their first runs began.
  public private(set) var sides: [Side] = []

  /// Sorts runs into sides; a seed that a side has already begins another one.
  public init(_ runs: [(run: RunID, name: String, configuration: RunConfiguration)]) {
    var settings: [RunConfiguration] = []
    for (run, name, configuration) in runs {
      var alike = configuration
      alike.seed = 0
      let seed = configuration.seed
      if let index = sides.indices.first(where: {
        sides[$0].name == name && settings[$0] == alike && !sides[$0].seeds.contains(seed)
      }) {
        sides[index].runs.append(run)
        sides[index].seeds.append(seed)
      } else {
        sides.append(Side(name: name, runs: [run], seeds: [seed]))
        settings.append(alike)
      }
    }
  }

  /// Whether any run is repeated with another seed.
  public var areSeveral: Bool { sides.contains { $0.runs.count > 1 } }

  /// The seeds of the first two sides, in order of their first runs.
  public var seeds: [UInt64] {
    sides.prefix(2).flatMap(\.seeds).reduce(into: []) { seeds, seed in
      if !seeds.contains(seed) { seeds.append(seed) }
    }
  }

  /// Only the sides that some runs stand for.
  public func selecting(_ leads: [RunID]) -> Replicates {
    var selection = self
    selection.sides = sides.filter { leads.contains($0.lead) }
    return selection
  }

  /// The side that a run belongs to.
  public func side(of run: RunID) -> Side? { sides.first { $0.runs.contains(run) } }

  /// The runs that share a run's seed, itself among them: the one pair, where there are two sides.
  public func twins(of run: RunID) -> [RunID] {
    guard let side = side(of: run), let index = side.runs.firstIndex(of: run) else { return [run] }
    return sides.compactMap { $0.run(withSeed: side.seeds[index]) }
  }
}
