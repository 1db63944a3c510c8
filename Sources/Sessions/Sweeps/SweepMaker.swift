package import Datasets
package import Experiment
import Messages
import Training

/// Makes runs of a sweep that are missing, and keeps each result at once.
///
/// It belongs to one thread, which asks it again and again to go on.
package final class SweepMaker {
  /// How far the sweep is, as far as this process knows.
  package private(set) var progress: SweepProgress
  /// The runs that it began with.
  package let wanted: [SweepRun]
  private let engine: SweepEngine
  private let log: SweepLog
  private let problems = WritingProblems()
  /// Of a worker; who makes all runs alone is seen at work.
  private var heartbeat: SweepHeartbeat?
  private var made = 0

  /// For the runs of `shard` that no log tells of, or all of them; those that went wrong before are tried again if `retriesFailed`.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  package init(
    _ kept: KeptSweep, dataset: Dataset, shard: SweepShard? = nil, threads: Int, retriesFailed: Bool = true,
    checkpointInterval: Duration = .seconds(60), environment: [String: String] = [:]
  ) throws(RunLogError) {
    let progress = kept.progress
    let failures = retriesFailed ? [:] : kept.logs.failures
    wanted = (shard ?? .all).runs(of: progress.runs).filter {
      progress.results[$0.key] == nil && failures[$0.key] == nil
    }
    self.progress = progress
    engine = SweepEngine(
      progress.plan, runs: wanted, dataset: dataset, limit: threads,
      store: SweepCheckpoints(kept, interval: checkpointInterval, problems: problems).store)
    log = try kept.openLog(shard: shard ?? .all, environment: environment)
    heartbeat = shard.map { [name = log.name, count = wanted.count, problems] in
      SweepHeartbeat(kept.folder, log: name, shard: $0, wanted: count, problems: problems)
    }
    heartbeat?.beat(made: 0)
  }

  /// Whether nothing is left to do.
  package var isIdle: Bool { engine.isIdle }

  /// Whether the runs that are being made wait, and no other begins.
  package var isPaused: Bool {
    get { engine.isPaused }
    set { engine.isPaused = newValue }
  }

  /// The runs that went wrong in a way that is no result of their settings, and what happened.
  package var failures: [(run: SweepRun, message: String)] { engine.failures }

  /// Sentences about what went wrong beside the results since this was asked the last time.
  package func takeWarnings() -> [String] {
    problems.takeUntold().map {
      says("Warning: \($0.description) No result depends on it.", "警告：\($0.description)没有结果取决于它。")
    }
  }

  /// Waits until a run may have ended: its processor is not to be idle, nor another one busy with looking.
  ///
  /// It ends soon, so that signals are heard of.
  package func wait() { engine.wait(seconds: 0.02) }

  /// Takes in what has happened; returns the results of the runs that have ended, which are kept by then.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  package func advance() throws(RunLogError) -> [SweepResult] {
    let known = engine.failures.count
    let results = engine.advance()
    progress.running = engine.running
    try log.record(results)
    for result in results {
      engine.forget(result.key)
      progress.record(result)
      made += 1
    }
    for failure in engine.failures[known...] { try log.record(failureOf: failure.run.key, failure.message) }
    heartbeat?.beat(made: made)
    return results
  }

  /// Stops the runs that are being made, and begins no other.
  package func stop() { engine.stop() }

  /// Says that this attempt is over.
  package func end() { heartbeat?.end() }
}
