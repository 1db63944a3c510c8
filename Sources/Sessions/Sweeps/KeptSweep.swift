package import Datasets
package import Experiment
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

  /// Begins a folder for a new sweep.
  ///
  /// - Throws: `Failure` if no run can have the settings, the name is taken or the system refuses.
  package init(
    beginning specification: SweepSpecification, of description: DatasetDescription, in directory: String,
    name: String?, shards: Int = 1, dataset: Dataset
  ) throws(Failure) {
    do throws(ConfigurationError) {
      let specification = try specification.known(from: dataset)
      let plan = try specification.plan(for: description, trainingImages: dataset.train.count)
      record = try SweepRecord(
        provenance: .now(dataset), specification: specification, dataset: description,
        trainingImages: dataset.train.count, shards: shards, probe: plan.probe(on: dataset))
    } catch {
      throw Failure(status: .usage, message: error.description)
    }
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

  /// Reads the folder of a sweep that was begun before: to make all that is missing, or a `shard` of it beside others.
  ///
  /// - Throws: `Failure` if there is none, it is damaged, or this machine would not come to the same bits.
  package init(
    resuming name: String, in directory: String, dataset: Dataset, shard: SweepShard? = nil
  ) throws(Failure) {
    do throws(RunLogError) {
      folder = try SweepFolder.find(name, in: directory)
      lock = shard == nil ? try FolderLock(folder.path) : nil
      record = try SweepRecord(readFrom: folder)
      try record.provenance.dataSource.check(dataset, folder: folder.path)
      try record.expectSameBits(on: dataset, folder: folder)
      if shard == nil { try DurableFile.removeLeftovers(in: folder.path) }
      logs = try SweepLogs(folder, record: record, shard: shard)
    } catch {
      throw Failure(error)
    }
    isResumed = true
  }

  /// Reads a sweep's folder and writes nothing.
  ///
  /// - Throws: `Failure` if there is none or it is damaged.
  package init(reading name: String, in directory: String) throws(Failure) {
    do throws(RunLogError) {
      folder = try SweepFolder.find(name, in: directory)
      record = try SweepRecord(readFrom: folder)
      logs = try SweepLogs(folder, record: record)
    } catch {
      throw Failure(error)
    }
    (isResumed, lock) = (true, nil)
  }

  /// What was asked for of a recorded sweep.
  ///
  /// - Throws: `Failure` if there is none or it is damaged.
  package static func record(of name: String, in directory: String) throws(Failure) -> SweepRecord {
    do throws(RunLogError) {
      return try SweepRecord(readFrom: SweepFolder.find(name, in: directory))
    } catch {
      throw Failure(error)
    }
  }

  /// The results of all attempts.
  ///
  /// - Throws: `RunLogError` if attempts contradict each other, or a log cannot be used.
  package func merged() throws(RunLogError) -> SweepProgress {
    try logs.expectAgreement()
    return SweepProgress(record.plan, trainingImages: record.trainingImages, results: logs.results)
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
  /// By what logs know the sweep that they belong to.
  var identity: String { String(SHA256.hash(Array(json.file.utf8)).prefix(16)) }

  /// Checks that this machine computes the bits that the sweep began with.
  fileprivate func expectSameBits(on dataset: Dataset, folder: SweepFolder) throws(RunLogError) {
    let probe = plan.probe(on: dataset)
    guard probe != self.probe else { return }
    throw RunLogError(
      .invalid, path: folder.path,
      problem:
        "this machine computes other bits: a few steps end with \(probe) here (kernels \(Kernels.name)) and with "
        + "\(self.probe) where the sweep was begun (kernels \(provenance.kernels))",
      remedy: "Make its runs with FMNIST_KERNELS=\(provenance.kernels), on machines that have these kernels")
  }
}
