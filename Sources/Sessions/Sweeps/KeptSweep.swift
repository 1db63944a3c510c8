package import Datasets
package import Experiment
import NeuralNetwork
package import Platform

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A sweep and the folder that keeps it.
package struct KeptSweep {
  /// The folder.
  package let folder: SweepFolder
  /// What was asked for.
  package let record: SweepRecord
  /// The runs that were over before.
  package private(set) var results: [SweepResult] = []
  /// What is to be said beforehand, a sentence each.
  package private(set) var notes: [String] = []
  /// Held since before the folder was read, if somebody began it before.
  private let lock: FolderLock?

  /// Whether somebody began it before.
  package var isResumed: Bool { lock != nil }

  /// Begins a folder for a new sweep.
  ///
  /// - Throws: `Failure` if the name is taken or the system refuses.
  package init(beginning plan: SweepPlan, in directory: String, name: String?, dataset: Dataset)
    throws(Failure)
  {
    do throws(RunLogError) {
      folder = try SweepFolder.claim(in: directory, name: name)
    } catch {
      throw Failure(error)
    }
    record = SweepRecord(provenance: .now(dataset), plan: plan)
    lock = nil
  }

  /// Reads the folder of a sweep that was left.
  ///
  /// - Throws: `Failure` if there is none, it is damaged, or it was made with other data.
  package init(resuming name: String, in directory: String, dataset: Dataset) throws(Failure) {
    do throws(RunLogError) {
      folder = try SweepFolder.find(name, in: directory)
      lock = try FolderLock(folder.path)
      record = try SweepRecord(readFrom: folder)
      try record.provenance.dataSource.check(dataset, folder: folder.path)
      (results, notes) = try SweepLog.results(in: folder)
    } catch {
      throw Failure(error)
    }
    if record.provenance.kernels != Kernels.name {
      notes.append(
        "Begun with the kernels \(record.provenance.kernels), gone on with \(Kernels.name): the bits may differ."
      )
    }
  }

  /// What the runs of a recorded sweep learn from.
  ///
  /// - Throws: `Failure` if there is none or it is damaged.
  package static func dataset(of name: String, in directory: String) throws(Failure) -> DatasetDescription? {
    do throws(RunLogError) {
      let folder = try SweepFolder.find(name, in: directory)
      return try SweepRecord(readFrom: folder).plan.cells.first?.configuration.dataset
    } catch {
      throw Failure(error)
    }
  }

  /// Opens the folder for writing.
  ///
  /// - Throws: `RunLogError` if somebody else writes there or the system refuses.
  package func openLog() throws(RunLogError) -> SweepLog {
    guard let lock else { return try SweepLog(folder, record: record) }
    return try SweepLog(continuing: folder, lock: lock)
  }
}
