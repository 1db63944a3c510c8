/// What is compared with several seeds: sides, as `--versus` and presets make them.
public struct SweepSides: Hashable, Sendable {
  /// One of them.
  public struct Side: Hashable, Sendable {
    /// What the person calls it.
    public let name: String
    /// Its settings, with the first seed.
    public let configuration: RunConfiguration

    /// A side.
    public init(name: String, configuration: RunConfiguration) {
      self.name = name
      self.configuration = configuration
    }
  }

  /// The sides, A first.
  public let sides: [Side]
  /// Runs of each side.
  public let seeds: Int

  /// Sides with so many seeds.
  ///
  /// - Throws: `ConfigurationError` for more sides or seeds than there may be, or seeds that are not the same.
  public init(_ sides: [Side], seeds: Int) throws(ConfigurationError) {
    func error(_ problem: String, _ remedy: String) -> ConfigurationError {
      ConfigurationError(
        setting: nil, given: "--replicates \(seeds)", problem: problem, remedy: remedy)
    }
    guard (1...RunID.largestCount).contains(sides.count) else {
      throw error(
        "there are 1 to \(RunID.largestCount) sides, here \(sides.count)", "Give fewer --versus")
    }
    guard (2...SweepSpecification.mostSeeds).contains(seeds) else {
      throw error(
        "on a cluster the number of seeds lies in 2...\(SweepSpecification.mostSeeds)",
        "Give for example 5")
    }
    guard let seed = sides.first?.configuration.seed,
      sides.allSatisfy({ $0.configuration.seed == seed })
    else {
      throw error(
        "runs are compared in pairs with the same seed, and these differ in it",
        "Leave out seed in --versus")
    }
    guard !seed.addingReportingOverflow(UInt64(seeds - 1)).overflow else {
      throw error("the last seed would be above \(UInt64.max)", "Give a smaller --seed")
    }
    self.sides = sides
    self.seeds = seeds
  }

  /// What each is called beside the others: `A with dropout`.
  var titles: [String] { sides.enumerated().map { "\(RunID($0).letter) \($1.name)" } }

  /// The cells and runs on a training set of so many images.
  ///
  /// - Throws: `ConfigurationError` if no run can have the settings of a side.
  public func plan(trainingImages: Int) throws(ConfigurationError) -> SweepPlan {
    for side in sides {
      try side.configuration.validate()
      try side.configuration.validate(trainingImages: trainingImages)
    }
    return SweepPlan(self)
  }
}
