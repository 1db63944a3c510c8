package import Experiment
import Messages
import NeuralNetwork
package import Platform
import TerminalUI
import Training

/// Whether runs that are made at once have room in the memory.
package struct MemoryCheck {
  /// The settings of the runs.
  private let runs: [RunConfiguration]
  private let trainingImages: Int
  private let threads: Int
  private let isSaved: Bool

  /// A check of runs that share so many threads, of which checkpoints are written or not.
  package init(_ runs: [RunConfiguration], trainingImages: Int, threads: Int, isSaved: Bool) {
    self.runs = runs
    self.trainingImages = trainingImages
    self.threads = max(1, threads / max(1, runs.count))
    self.isSaved = isSaved
  }

  /// A check of as many runs of a sweep as are made at a time, each on one thread: of those that take most.
  package init(_ plan: SweepPlan, trainingImages: Int, threads: Int) {
    func check(_ runs: [RunConfiguration]) -> MemoryCheck {
      MemoryCheck(runs, trainingImages: trainingImages, threads: runs.count, isSaved: false)
    }
    let cells = plan.cells.map(\.configuration).map { ($0, check([$0]).bytes) }.sorted { $0.1 > $1.1 }
    self = check(Array(cells.lazy.flatMap { Array(repeating: $0.0, count: plan.seeds) }.prefix(threads)))
  }

  /// About how many bytes all runs take beside the data.
  package var bytes: Double { bytes(batchSize: nil) }

  /// The same with another batch size.
  private func bytes(batchSize: Int?) -> Double {
    runs.reduce(0) { sum, run in
      var run = run
      if let batchSize { run.batchSize = min(run.batchSize, batchSize) }
      return sum + run.trainingBytes(trainingImages: trainingImages, threads: threads, isSaved: isSaved)
    }
  }

  /// Checks that there is as much.
  ///
  /// - Throws: `ConfigurationError` with both figures if there is less.
  package func run(available: AvailableMemory = .current) throws(ConfigurationError) {
    let needed = bytes
    guard needed > available.bytes, let first = runs.first else { return }
    let batchSize = min(
      runs.map(\.batchSize).max() ?? 1, trainingImages)
    throw ConfigurationError(
      setting: .batchSize,
      given: runs.count > 1
        ? says("\(runs.count) runs at once", "同时 \(runs.count) 个运行")
        : "\(Setting.batchSize.option) \(first.batchSize)",
      problem:
        says(
          "training \(first.networkTitle) needs about \(NumberText.bytes(needed)) of memory, and "
            + "\(NumberText.bytes(available.bytes)) are \(available.limit)",
          "训练 \(first.networkTitle) 约需 \(NumberText.bytes(needed)) 内存，而\(available.limit)为 \(NumberText.bytes(available.bytes))"
        ),
      remedy: remedy(below: batchSize, available: available.bytes))
  }

  /// What would have room: smaller batches if any, halved as often as it takes.
  private func remedy(below largest: Int, available: Double) -> String {
    var batchSize = largest / 2
    while batchSize > 0 {
      let needed = bytes(batchSize: batchSize)
      if needed <= available {
        return says(
          "Give \(Setting.batchSize.option) \(batchSize), which needs about \(NumberText.bytes(needed))",
          "请给出 \(Setting.batchSize.option) \(batchSize)（约需 \(NumberText.bytes(needed))）")
          + (runs.count > 1 ? says(", or fewer runs", "，或减少运行") : says(", or a smaller network", "，或用更小的网络"))
      }
      batchSize /= 2
    }
    return runs.count > 1
      ? says("Give fewer runs at once, or a smaller network", "请减少同时的运行，或用更小的网络")
      : says("Give a smaller network, or use another machine", "请用更小的网络，或换一台机器")
  }
}
