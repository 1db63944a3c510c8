package import Datasets
package import Experiment
package import Training

extension RunPlans {
  /// Each run with so many seeds, pair after pair: its own and the next ones.
  ///
  /// - Throws: `ConfigurationError` if the runs do not share a seed, or there were too many runs or too large seeds.
  package func replicated(_ count: Int) throws(ConfigurationError) -> RunPlans {
    guard count > 1 else { return self }
    let given = "--replicates \(count)"
    guard let seed = runs.first?.configuration.seed, runs.allSatisfy({ $0.configuration.seed == seed }) else {
      throw ConfigurationError(
        setting: .seed, given: given,
        problem: "runs are compared in pairs with the same seed, and these differ in it",
        remedy: "Leave out seed in --versus; --no-compare \(given) shows what seeds alone do")
    }
    let most = RunID.largestCount / runs.count
    guard count <= most else {
      throw ConfigurationError(
        setting: .seed, given: given,
        problem:
          "a session has at most \(RunID.largestCount) runs, here \(runs.count) for each seed",
        remedy: "Give at most \(most), and other seeds to another session with --seed")
    }
    let (last, overflows) = seed.addingReportingOverflow(UInt64(count - 1))
    guard !overflows else {
      throw ConfigurationError(
        setting: .seed, given: "--seed \(seed) \(given)",
        problem: "the last seed would be above \(UInt64.max)",
        remedy: "Give a smaller seed")
    }
    var plans = self
    plans.runs = (seed...last).flatMap { seed in runs.map { $0.withSeed(seed) } }
    return plans
  }
}

extension RunPlans {
  /// The runs as sides of a sweep, each to be made with so many seeds, with what only the data tell.
  ///
  /// - Throws: `ConfigurationError` as `SweepSides` does.
  package func sides(seeds: Int, on dataset: Dataset? = nil) throws(ConfigurationError)
    -> SweepSides
  {
    if let fork = runs.first(where: { $0.forkedFrom != nil }) {
      throw ConfigurationError(
        setting: nil, given: "--replicates \(seeds)",
        problem: "on a cluster runs begin anew, and '\(fork.name)' goes on from another one",
        remedy: "Leave it out, or train here without --on")
    }
    return try SweepSides(
      runs.map { run in
        var configuration = run.configuration
        if let dataset { configuration.learn(from: dataset) }
        return SweepSides.Side(name: run.name, configuration: configuration)
      }, seeds: seeds)
  }
}

extension RunPlan {
  /// The same run with another seed.
  package func withSeed(_ seed: UInt64) -> RunPlan {
    var plan = self
    plan.configuration.seed = seed
    return plan
  }
}
