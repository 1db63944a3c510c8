package import Datasets
package import Experiment
import Messages
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
    /// The run.
    package let run: RunID
    /// Whether the weights have the same bits.
    package let isSame: Bool
    /// The result in words.
    package var sentence: String { sentences.text }
    let sentences: Wording

    /// The result for a program.
    package var json: JSONObject {
      var object = JSONObject(event: "weights_compared")
      object.add("run", run.letter)
      object.add("same", isSame)
      object.add("message", sentences.english)
      return object
    }
  }

  /// Reads the session's folder, its name within `directory`, or the latest one there.
  ///
  /// - Throws: `Failure` if there is no such session, it has not ended, it is damaged, or it was made with other data.
  package init(_ name: String, in directory: String, dataset: Dataset) throws(Failure) {
    do throws(RunLogError) {
      let folder = try RunFolder.find(name, in: directory)
      let reader = RunReader(folder)
      record = try reader.record()
      try record.check(dataset, folder: folder)
      let session = try reader.events().session(record)
      let summary = try reader.summary()
      let kept = zip(record.runs, summary.runs).filter { !$0.0.isRemoved }.map(\.1)
      hashes = kept.compactMap { run in run.weightsSHA256.map { (run.run, $0) } }
      guard hashes.count == kept.count else {
        throw RunLogError(
          .invalid, path: folder.path,
          problem: says(
            "the session has not come to its end, so there is nothing to compare", "会话尚未结束，因此没有可比较的"),
          remedy: says("Go on with it first: --resume \(folder.path)", "请先继续它：--resume \(folder.path)"))
      }
      let initial = try folder.initialBeginning
      plans = zip(record.runs, session.runs).map { Self.plan($0, history: $1, initial: initial) }
    } catch {
      throw Failure(saving: error)
    }
  }

  /// What the runs of a recorded session learned from.
  ///
  /// - Throws: `Failure` if there is none or it is damaged.
  package static func dataset(of name: String, in directory: String) throws(Failure) -> DatasetDescription? {
    do throws(RunLogError) {
      let folder = try RunFolder.find(name, in: directory)
      return try RunReader(folder).record().runs.first?.configuration.dataset
    } catch {
      throw Failure(saving: error)
    }
  }

  /// What is to be said beforehand.
  package var note: String? {
    record.provenance.kernels == Kernels.name
      ? nil
      : says(
        "Recorded with the kernels \(record.provenance.kernels), made again with \(Kernels.name): the bits may differ.",
        "记录时用内核 \(record.provenance.kernels)，重做时用 \(Kernels.name)：比特可能不同。")
  }

  /// Compares the hashes of the final weights.
  package func verdicts(on found: [RunID: String]) -> [Verdict] {
    hashes.map { id, expected in
      let name = "\(id.letter) (\(record.runs[id.index].name))"
      guard let hash = found[id] else {
        return Verdict(
          run: id, isSame: false,
          sentences: Wording(
            "\(name): made no checkpoint, so there is nothing to compare.", "\(name)：没有检查点，因此没有可比较的。"))
      }
      return hash == expected
        ? Verdict(
          run: id, isSame: true,
          sentences: Wording(
            "\(name): the same weights, SHA-256 \(hash).", "\(name)：权重相同，SHA-256 \(hash)。"))
        : Verdict(
          run: id, isSame: false,
          sentences: Wording(
            "\(name): other weights, SHA-256 \(hash) instead of \(expected).",
            "\(name)：权重不同，SHA-256 是 \(hash)，应为 \(expected)。"))
    }
  }

  private static func plan(
    _ run: RunRecord.Run, history: RunHistory, initial: RunPlan.Beginning
  ) -> RunPlan {
    var plan = RunPlan(
      // A restart may have had another seed than was planned.
      name: run.name, configuration: history.initialConfiguration, beginning: run.beginning(initial),
      schedule: RunPlan.Schedule(
        changes: history.changes,
        stop: history.ended.flatMap { $0.reason == .stopped ? $0.position.step : nil }),
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
    guard files.count == dataset.files.count else {
      throw RunLogError(
        .invalid, path: folder,
        problem:
          says(
            "the session names \(files.count) files of data, and \(dataset.source) has \(dataset.files.count)",
            "会话指明了 \(files.count) 个数据文件，而 \(dataset.source) 有 \(dataset.files.count) 个"),
        remedy: says(
          "Give the same data with --data; it was found at \(directory)", "请用 --data 给出同样的数据；当时在 \(directory)"
        ))
    }
    for (file, expected) in zip(dataset.files, files) where file.sha256 != expected.sha256 {
      throw RunLogError(
        .invalid, path: folder,
        problem: says(
          "the session was made with other data: \(file.name) of \(dataset.source) differs",
          "会话用的是别的数据：\(dataset.source) 的 \(file.name) 不同"),
        remedy: says(
          "Give the same data with --data; it was found at \(directory)", "请用 --data 给出同样的数据；当时在 \(directory)"
        ))
    }
  }
}
