internal import Messages

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
        says(
          "there are 1 to \(RunID.largestCount) sides, here \(sides.count)",
          "可有 1 到 \(RunID.largestCount) 方，这里有 \(sides.count) 方"), says("Give fewer --versus", "减少 --versus"))
    }
    guard (2...SweepSpecification.mostSeeds).contains(seeds) else {
      throw error(
        says(
          "on a cluster the number of seeds lies in 2...\(SweepSpecification.mostSeeds)",
          "在集群上种子数在 2...\(SweepSpecification.mostSeeds) 内"),
        says("Give for example 5", "例如用 5"))
    }
    guard let seed = sides.first?.configuration.seed,
      sides.allSatisfy({ $0.configuration.seed == seed })
    else {
      throw error(
        says("runs are compared in pairs with the same seed, and these differ in it", "运行按相同的种子成对比较，而这些种子不同"),
        says("Leave out seed in --versus", "去掉 --versus 中的 seed"))
    }
    guard !seed.addingReportingOverflow(UInt64(seeds - 1)).overflow else {
      throw error(
        says("the last seed would be above \(UInt64.max)", "最后一个种子会超过 \(UInt64.max)"),
        says("Give a smaller --seed", "用较小的 --seed"))
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
