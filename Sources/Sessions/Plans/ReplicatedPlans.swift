package import Experiment
import NeuralNetwork
import TerminalUI
package import Training

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

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

extension RunPlan {
  /// The same run with another seed.
  package func withSeed(_ seed: UInt64) -> RunPlan {
    var plan = self
    plan.configuration.seed = seed
    return plan
  }
}

extension [RunPlan] {
  /// Checks that many runs at once have room in the machine's memory.
  ///
  /// - Throws: `ConfigurationError` if they would need more than there is.
  package func checkMemory(
    available: UInt64 = ProcessInfo.processInfo.physicalMemory
  ) throws(ConfigurationError) {
    let needed = reduce(0.0) { sum, plan in
      let configuration = plan.configuration
      return sum + (configuration.networkEstimate?.bytes(batchSize: configuration.batchSize) ?? 0)
    }
    guard count > 1, needed > Double(available) else { return }
    func gigabytes(_ bytes: Double) -> String { NumberText.fixed(bytes / 1e9, decimals: 1) + " GB" }
    throw ConfigurationError(
      setting: nil, given: "\(count) runs at once",
      problem:
        "they need about \(gigabytes(needed)) of memory, and the machine has \(gigabytes(Double(available)))",
      remedy: "Give fewer --replicates, or a smaller network")
  }
}
