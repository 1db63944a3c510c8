import Experiment
internal import Messages
internal import Platform
import Training

/// The checkpoints of a sweep's long runs, from which any machine goes on, to the same bits.
///
/// A run that takes less than the interval keeps none: a session a run would be many files. If two attempts keep one of the
/// same run, either is right, and the later one stays.
final class SweepCheckpoints: Sendable {
  private let folder: SweepFolder
  private let plan: SweepPlan
  private let trainingImages: Int
  private let interval: Duration
  private let problems: WritingProblems
  /// Seconds that runs had been trained for when they were kept last.
  private let latest = Guarded<[SweepRunKey: Double]>([:])

  /// Those of a sweep, kept as often as the `interval` says, and when the program is asked to end.
  ///
  /// What cannot be kept or used is noted in `problems`: it costs time, and no result.
  init(_ kept: KeptSweep, interval: Duration, problems: WritingProblems) {
    folder = kept.folder
    plan = kept.record.plan
    trainingImages = kept.record.trainingImages
    self.interval = interval
    self.problems = problems
  }

  /// Where `SweepEngine` keeps and finds them.
  var store: SweepEngine.Store {
    SweepEngine.Store(
      interval: interval, find: { self.checkpoint(of: $0) }, keep: { self.keep($1, of: $0) },
      remove: { self.remove($0) })
  }

  private func path(of key: SweepRunKey) -> String {
    "\(folder.checkpoints)/\(key.cell)-\(key.seed).safetensors"
  }

  /// What stays behind is read by nobody, as its run is over.
  private func remove(_ key: SweepRunKey) {
    problems.attempt(.checkpoints) { () throws(RunLogError) in try DurableFile.remove(path(of: key)) }
  }

  /// One that cannot be used is none: the run is made from its beginning.
  private func checkpoint(of key: SweepRunKey) -> Checkpoint? {
    var checkpoint: Checkpoint?
    problems.attempt(.checkpoints) { () throws(RunLogError) in
      checkpoint = try readCheckpoint(path(of: key), configuration: plan.sweptConfiguration(of: key))
    }
    return checkpoint
  }

  private func readCheckpoint(
    _ path: String, configuration: RunConfiguration
  ) throws(RunLogError) -> Checkpoint? {
    // The folder is listed: of a file that another machine has just made, a network's file system may say that there is none.
    guard try Folder.names(in: folder.checkpoints).contains(path.folderAndName.name) else { return nil }
    let checkpoint = try CheckpointFile.read(path)
    guard checkpoint.progress.configuration == configuration else {
      throw RunLogError(
        .invalid, path: path,
        problem: says("the checkpoint is of a run with other settings", "检查点属于另一组设置的运行"))
    }
    try checkpoint.check(checkpoint.progress.position.run, path: path, images: trainingImages)
    return checkpoint
  }

  private func keep(_ checkpoint: Checkpoint, of key: SweepRunKey) {
    let (seconds, least) = (checkpoint.progress.trainingSeconds, interval.inSeconds)
    let isDue = latest.withLock { latest in
      guard seconds >= least, Interruption.signal != nil || seconds - (latest[key] ?? 0) >= least else {
        return false
      }
      latest[key] = seconds
      return true
    }
    guard isDue else { return }
    problems.attempt(.checkpoints) { () throws(RunLogError) in
      try Folder.make(folder.checkpoints)
      try DurableFile.write(CheckpointFile.complete(checkpoint).bytes, to: path(of: key))
    }
  }
}
