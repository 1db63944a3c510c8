import Datasets
import NeuralNetwork
import RunLog
import TrainingEvents

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A sweep and the folder that keeps it.
struct KeptSweep {
  /// The folder.
  let folder: SweepFolder
  /// What was asked for.
  let record: SweepRecord
  /// The runs that were over before.
  private(set) var results: [SweepResult] = []
  /// What is to be said beforehand, a sentence each.
  private(set) var notes: [String] = []
  /// Whether somebody began it before.
  let isResumed: Bool

  /// Begins a folder for a new sweep.
  ///
  /// - Throws: `Failure` if the name is taken or the system refuses.
  init(beginning plan: SweepPlan, options: SweepSessionOptions, dataset: Dataset) throws(Failure) {
    do throws(RunLogError) {
      folder = try SweepFolder.claim(in: options.runsDir, name: options.name)
    } catch {
      throw Failure(error)
    }
    record = SweepRecord(provenance: .now(dataset), plan: plan)
    isResumed = false
  }

  /// Reads the folder of a sweep that was left.
  ///
  /// - Throws: `Failure` if there is none, it is damaged, or it was made with other data.
  init(resuming name: String, options: SweepSessionOptions, dataset: Dataset) throws(Failure) {
    do throws(RunLogError) {
      folder = try SweepFolder.find(name, in: options.runsDir)
      record = try SweepRecord(readFrom: folder)
      try record.provenance.dataSource.check(dataset, folder: folder.path)
      (results, notes) = try SweepLog.results(in: folder)
    } catch {
      throw Failure(error)
    }
    isResumed = true
    if record.provenance.kernels != Kernels.name {
      notes.append(
        "Begun with the kernels \(record.provenance.kernels), gone on with \(Kernels.name): the bits may differ."
      )
    }
  }

  /// Opens the folder for writing.
  ///
  /// - Throws: `RunLogError` if somebody else writes there or the system refuses.
  func openLog() throws(RunLogError) -> SweepLog {
    try isResumed ? SweepLog(continuing: folder) : SweepLog(folder, record: record)
  }
}
