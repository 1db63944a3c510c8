package import Datasets
package import Experiment
import Messages
import NeuralNetwork
package import Platform
import Training

/// A sweep and the folder that keeps it.
package struct KeptSweep {
  /// The folder.
  package let folder: SweepFolder
  /// What was asked for.
  package let record: SweepRecord
  /// What attempts have kept before.
  package let logs: SweepLogs
  /// Whether somebody began it before.
  package let isResumed: Bool
  /// Held where one program makes all runs; workers need none.
  private let lock: FolderLock?

  /// What is to be said beforehand, a sentence each.
  package var notes: [String] { logs.notes + logs.conflicts }

  /// How far the sweep is.
  package var progress: SweepProgress {
    SweepProgress(record.plan, trainingImages: record.trainingImages, results: logs.results)
  }

  /// Begins a folder for a new sweep.
  ///
  /// - Throws: `Failure` if the name is taken or the system refuses.
  package init(
    beginning sweep: PlannedSweep, in directory: String, name: String?, shards: Int = 1, dataset: Dataset
  ) throws(Failure) {
    record = SweepRecord(
      sweep, provenance: .now(dataset), shards: shards, probe: sweep.plan.probe(on: dataset))
    do throws(RunLogError) {
      folder = try SweepFolder.claim(in: directory, name: name)
      lock = try FolderLock(folder.path)
      try record.write(to: folder.record)
      logs = try SweepLogs(folder, record: record)
    } catch {
      throw Failure(error)
    }
    isResumed = false
  }

  /// Goes on with a sweep: to make all that is missing, or a `shard` of it beside others.
  ///
  /// - Throws: `Failure` if it is damaged, or this machine would not come to the same bits.
  package init(resuming sweep: FoundSweep, dataset: Dataset, shard: SweepShard? = nil) throws(Failure) {
    (folder, record) = (sweep.folder, sweep.record)
    do throws(RunLogError) {
      lock = shard == nil ? try FolderLock(folder.path) : nil
      try record.provenance.dataSource.check(dataset, folder: folder.path)
      if shard != nil { try record.expectSameVersion(folder: folder) }
      try record.expectSameBits(on: dataset, folder: folder)
      if shard == nil { try DurableFile.removeLeftovers(in: folder.path) }
      logs = try SweepLogs(folder, record: record, shard: shard)
    } catch {
      throw Failure(error)
    }
    isResumed = true
  }

  /// Reads what has become of a sweep, and writes nothing.
  ///
  /// - Throws: `Failure` if it is damaged.
  package init(reading sweep: FoundSweep) throws(Failure) {
    (folder, record) = (sweep.folder, sweep.record)
    do throws(RunLogError) {
      logs = try SweepLogs(folder, record: record)
    } catch {
      throw Failure(error)
    }
    (isResumed, lock) = (true, nil)
  }

  /// Begins a log of what is made now.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  package func openLog(
    shard: SweepShard = .all, environment: [String: String] = [:]
  ) throws(RunLogError) -> SweepLog {
    try SweepLog(folder, record: record, shard: shard, environment: environment)
  }
}

extension SweepRecord {
  /// Checks that workers are of one version: what a few steps of one run do not show may differ between two.
  fileprivate func expectSameVersion(folder: SweepFolder) throws(RunLogError) {
    guard provenance.programVersion != ProgramVersion.text else { return }
    throw RunLogError(
      .invalid, path: folder.path,
      problem:
        says(
          "the sweep was planned by fmnist-tui \(provenance.programVersion), and this is \(ProgramVersion.text)",
          "扫描由 fmnist-tui \(provenance.programVersion) 规划，而这是 \(ProgramVersion.text)"),
      remedy: says(
        "Let all its workers be of the version that planned it, or plan it anew", "请让所有工作进程用规划它的版本，或重新规划"))
  }

  /// Checks that this machine computes the bits that the sweep began with.
  fileprivate func expectSameBits(on dataset: Dataset, folder: SweepFolder) throws(RunLogError) {
    let probe = plan.probe(on: dataset)
    guard probe != self.probe else { return }
    throw RunLogError(
      .invalid, path: folder.path,
      problem:
        says(
          "this machine computes other bits: a few steps end with \(probe) here (kernels \(Kernels.name)) and with "
            + "\(self.probe) where the sweep was begun (kernels \(provenance.kernels))",
          "本机算出的比特不同：几步之后这里得到 \(probe)（内核 \(Kernels.name)），扫描开始处得到 \(self.probe)（内核 \(provenance.kernels)）"),
      remedy: says(
        "Make its runs with FMNIST_KERNELS=\(provenance.kernels), on machines that have these kernels",
        "请在有这些内核的机器上用 FMNIST_KERNELS=\(provenance.kernels) 训练它的运行"))
  }
}
