package import Datasets
package import Experiment
internal import Messages
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
        problem: says(
          "runs are compared in pairs with the same seed, and these differ in it", "运行按相同的随机种子成对比较，而这些运行的种子不同"
        ),
        remedy: says(
          "Leave out seed in --versus; --no-compare \(given) shows what seeds alone do",
          "请在 --versus 中去掉 seed；--no-compare \(given) 会显示仅种子的影响"))
    }
    let most = RunID.largestCount / runs.count
    guard count <= most else {
      throw ConfigurationError(
        setting: .seed, given: given,
        problem:
          says(
            "a session has at most \(RunID.largestCount) runs, here \(runs.count) for each seed",
            "一个会话至多有 \(RunID.largestCount) 个运行，这里每个种子有 \(runs.count) 个"),
        remedy: says(
          "Give at most \(most), and other seeds to another session with --seed",
          "请至多给出 \(most)，其余种子用 --seed 放进另一个会话"))
    }
    let (last, overflows) = seed.addingReportingOverflow(UInt64(count - 1))
    guard !overflows else {
      throw ConfigurationError(
        setting: .seed, given: "--seed \(seed) \(given)",
        problem: says("the last seed would be above \(UInt64.max)", "最后一个种子会超过 \(UInt64.max)"),
        remedy: says("Give a smaller seed", "请给出更小的种子"))
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
        problem: says(
          "on a cluster runs begin anew, and '\(fork.name)' goes on from another one",
          "在集群上运行都从头开始，而 '\(fork.name)' 要从另一个运行接着训练"),
        remedy: says("Leave it out, or train here without --on", "请去掉它，或去掉 --on 在本机训练"))
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
