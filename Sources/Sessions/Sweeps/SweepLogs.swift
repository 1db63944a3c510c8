public import Experiment
internal import Messages
internal import Platform

/// What all attempts at a sweep's runs have kept, put together.
///
/// A run is over if and only if a whole line says so. The first line of a run counts, whoever wrote it; later ones, of
/// attempts that were believed dead, have to say the same in all but time.
public struct SweepLogs: Sendable {
  /// The first result of each run that is over.
  public private(set) var results: [SweepResult] = []
  /// The runs that went wrong in a way that is no result of their settings, and what happened, unless another attempt made
  /// them.
  public private(set) var failures: [SweepRunKey: String] = [:]
  /// What could not be read and is left out, a sentence each.
  public private(set) var notes: [String] = []
  /// Where two attempts disagree, a sentence each.
  public private(set) var conflicts: [String] = []
  /// The logs that were read, by name.
  public private(set) var names: [String] = []

  /// Where a run's first result is among all, and the log that told it.
  private struct First {
    let place: UInt32
    let log: UInt32
  }

  private let folder: SweepFolder
  private let record: SweepRecord
  private let identity: String
  private var firsts: SweepRunTable<First>

  /// Reads the logs in the folder of a sweep; of those that belong to a part of the runs only what can tell of `shard`.
  ///
  /// - Throws: `RunLogError` if the folder cannot be read.
  public init(
    _ folder: SweepFolder, record: SweepRecord, shard: SweepShard? = nil
  ) throws(RunLogError) {
    self.folder = folder
    self.record = record
    identity = record.identity
    firsts = SweepRunTable(record.plan)
    // A folder is listed, and no file asked for: a network's file system answers for a while from memory that there is none.
    for name in try Folder.names(in: folder.results).sorted(by: {
      $0.systemBytes.lexicographicallyPrecedes($1.systemBytes)
    })
    where name.endsWithBytes(of: ".jsonl") && !name.beginsWithBytes(of: ".") {
      if let shard, let other = SweepAttempt.shard(ofLog: name), other.count == shard.count,
        other.index != shard.index
      {
        continue
      }
      do {
        try read(name)
      } catch {
        guard error.kind == .invalid || error.kind == .unreadable else { throw error }
        notes.append(
          says("\(error.path): it is left out: \(error.problem).", "\(error.path)：已略过：\(error.problem)。"))
      }
    }
    failures = failures.filter { firsts[$0.key] == nil }
  }

  /// Checks that nothing contradicts.
  ///
  /// - Throws: `RunLogError` that names the first contradiction, or the first log that could not be used.
  public func expectAgreement() throws(RunLogError) {
    guard let problem = conflicts.first ?? notes.first else { return }
    let count = conflicts.count + notes.count
    throw RunLogError(
      .invalid, path: folder.results,
      problem: problem.trimmingDot
        + (count > 1 ? says(" (and \(count - 1) more of the kind)", "（另有 \(count - 1) 处同类问题）") : ""),
      remedy: says("Find out which one is wrong, and take it out of the folder", "请查明哪一个有误，并把它移出文件夹"))
  }

  private mutating func read(_ name: String) throws(RunLogError) {
    let path = "\(folder.results)/\(name)"
    let (bytes, lines) = try LineFile.contents(path)
    // Whoever begins a log has not written a line yet.
    guard let first = lines.first else { return }
    let header = try JSONText.decode(SweepLogHeader.self, Array(bytes[first]), path: path)
    guard header.created == identity else {
      throw RunLogError(.invalid, path: path, problem: says("it belongs to another sweep", "它属于另一个扫描"))
    }
    guard header.probe == record.probe else {
      throw RunLogError(
        .invalid, path: path,
        problem:
          says(
            "it was made on a machine that computes other bits (\(header.probe) instead of \(record.probe))",
            "生成它的机器算出的比特不同（\(header.probe)，应为 \(record.probe)）"))
    }
    let log = names.count
    names.append(name)
    var leftOut = LeftOutLines(of: path, consequence: says(", its run is made again", "，它的运行会重新训练"))
    for (index, line) in lines.enumerated().dropFirst() {
      if let result = bytes.withUnsafeBufferPointer({
        SweepLineScanner.result(.init(rebasing: $0[line]))
      }) {
        take(.result(result), from: log)
        continue
      }
      do {
        take(
          try JSONText.decode(RecordedSweepResult.self, Array(bytes[line]), path: path), from: log)
      } catch {
        leftOut.add(index, error.problem)
      }
    }
    notes += leftOut.notes
  }

  private mutating func take(_ line: RecordedSweepResult, from log: Int) {
    switch line {
    case .failure(let key, let message): failures[key] = message
    case .result(let result):
      guard record.plan.has(result.key) else {
        notes.append(
          says(
            "\(folder.results)/\(names[log]): the sweep has no cell \(result.key.cell) with seed \(result.key.seed).",
            "\(folder.results)/\(names[log])：扫描中没有种子为 \(result.key.seed) 的单元 \(result.key.cell)。")
        )
        return
      }
      guard let first = firsts[result.key] else {
        firsts[result.key] = First(place: UInt32(results.count), log: UInt32(log))
        results.append(result)
        return
      }
      guard !results[Int(first.place)].agrees(with: result) else { return }
      let phrase = record.plan.phrase(of: result.key.cell)
      conflicts.append(
        says(
          "\(names[Int(first.log)]) and \(names[log]) disagree on the run \(phrase.isEmpty ? "" : phrase + ", ")seed \(result.key.seed).",
          "\(names[Int(first.log)]) 与 \(names[log]) 对运行\(phrase.isEmpty ? "" : "（\(phrase)）")、种子 \(result.key.seed) 的结果不一致。"
        )
      )
    }
  }
}

extension SweepResult {
  /// Whether both are of the same bits; how long they took does not matter.
  fileprivate func agrees(with other: SweepResult) -> Bool {
    let (own, others) = (metrics?.all ?? [], other.metrics?.all ?? [])
    return key == other.key && step == other.step && epoch == other.epoch && divergence == other.divergence
      && own.elementsEqual(others) { $0.figure == $1.figure && $0.value.bitPattern == $1.value.bitPattern }
  }
}

extension String {
  fileprivate var trimmingDot: String { hasSuffix(".") || hasSuffix("。") ? String(dropLast()) : self }
}
