package import Datasets
package import Experiment
import NeuralNetwork
package import Platform
package import Training

/// A session that has ended, as it can be made again.
package struct RepeatedSession {
  /// What the session was asked to do.
  package let record: RunRecord
  /// Its runs, with every live change at its step.
  package let plans: [RunPlan]
  private let hashes: [(run: RunID, hash: String)]

  /// What a replay has shown of one run.
  package struct Verdict {
    /// Whether the weights have the same bits.
    package let isSame: Bool
    /// The result in words.
    package let sentence: String
  }

  /// Reads the session's folder, its name within `directory`, or the latest one there.
  ///
  /// - Throws: `Failure` if there is no such session, it has not ended, it is damaged, or it was made with other data.
  package init(_ name: String, in directory: String, dataset: Dataset) throws(Failure) {
    do throws(RunLogError) {
      let folder = try ResumedSession.find(name, in: directory)
      let reader = RunReader(folder)
      record = try reader.record()
      try record.check(dataset, folder: folder)
      let events = try reader.events().events.map(\.event)
      let summary = try reader.summary()
      let kept = zip(record.runs, summary.runs).filter { !$0.0.isRemoved }.map(\.1)
      hashes = kept.compactMap { run in run.weightsSHA256.map { (run.run, $0) } }
      guard hashes.count == kept.count else {
        throw RunLogError(
          .invalid, path: folder.path,
          problem: "the session has not come to its end, so there is nothing to compare",
          remedy: "Go on with it first: --resume \(folder.path)")
      }
      let initial = try folder.initialBeginning
      plans = record.runs.enumerated().map { index, run in
        Self.plan(run, initial: initial, events: events.filter { $0.run == RunID(index) })
      }
    } catch {
      throw Failure(saving: error)
    }
  }

  /// What the runs of a recorded session learned from; `nil` if there is no session that could be read.
  package static func dataset(of name: String, in directory: String) -> DatasetDescription? {
    guard let folder = try? ResumedSession.find(name, in: directory) else { return nil }
    return try? RunReader(folder).record().runs.first?.configuration.dataset
  }

  /// What is to be said beforehand.
  package var note: String? {
    record.provenance.kernels == Kernels.name
      ? nil
      : "Recorded with the kernels \(record.provenance.kernels), made again with \(Kernels.name): the bits may differ."
  }

  /// Compares the hashes of the final weights.
  package func verdicts(on found: [RunID: String]) -> [Verdict] {
    hashes.map { id, expected in
      let name = "\(id.letter) (\(record.runs[id.index].name))"
      guard let hash = found[id] else {
        return Verdict(
          isSame: false, sentence: "\(name): made no checkpoint, so there is nothing to compare.")
      }
      return hash == expected
        ? Verdict(isSame: true, sentence: "\(name): the same weights, SHA-256 \(hash).")
        : Verdict(isSame: false, sentence: "\(name): other weights, SHA-256 \(hash) instead of \(expected).")
    }
  }

  private static func plan(_ run: RunRecord.Run, initial: RunPlan.Beginning, events: [TrainingEvent])
    -> RunPlan
  {
    var configuration = run.configuration
    var schedule = RunPlan.Schedule()
    for event in events {
      switch event {
      // A restart may have had another seed than was planned.
      case .runStarted(let start): configuration = start.configuration
      case .settingChanged(let change): schedule.changes.append(change)
      case .runEnded(let end): schedule.stop = end.reason == .stopped ? end.position.step : nil
      default: break
      }
    }
    var plan = RunPlan(
      name: run.name, configuration: configuration, beginning: run.beginning(initial), schedule: schedule,
      forkedFrom: run.forkedFrom)
    plan.isRemoved = run.isRemoved
    return plan
  }
}

extension RunRecord {
  /// Checks that the session was made with these data.
  package func check(_ dataset: Dataset, folder: RunFolder) throws(RunLogError) {
    try provenance.dataSource.check(dataset, folder: folder.path)
  }
}

extension Provenance.DataSource {
  /// Checks that these are the data with which what is in `folder` was made.
  package func check(_ dataset: Dataset, folder: String) throws(RunLogError) {
    for (file, expected) in zip(dataset.files, files) where file.sha256 != expected.sha256 {
      throw RunLogError(
        .invalid, path: folder,
        problem: "the session was made with other data: \(file.name) of \(dataset.source) differs",
        remedy: "Give the same data with --data; it was found at \(directory)")
    }
  }
}
