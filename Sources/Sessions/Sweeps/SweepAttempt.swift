public import Experiment
internal import Platform

/// A part of a sweep's runs: those whose place in the order leaves the remainder `index` when divided by `count`.
public struct SweepShard: Hashable, Sendable, CustomStringConvertible {
  /// Which part, from 0.
  public let index: Int
  /// How many there are.
  public let count: Int

  /// All runs.
  public static let all = SweepShard(index: 0, count: 1)

  /// The part `index` of `count`, which has to be among them.
  public init(index: Int, count: Int) {
    precondition((0..<count).contains(index), "there is no such shard")
    (self.index, self.count) = (index, count)
  }

  /// Reads `I/N`; `nil` if it is none.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1], count <= SweepPlan.mostRuns,
      index >= 0, index < count
    else { return nil }
    self.init(index: index, count: count)
  }

  /// Where launchers give a task its number: Slurm's arrays and steps, MPI, Kubernetes, PBS and LSF.
  public static let variables = [
    "SLURM_ARRAY_TASK_ID", "SLURM_PROCID", "OMPI_COMM_WORLD_RANK", "PMI_RANK", "JOB_COMPLETION_INDEX",
    "PBS_ARRAY_INDEX", "LSB_JOBINDEX",
  ]

  /// The part of `count` whose number is in the `environment`; `nil` if none is, or there is no such part.
  ///
  /// Of several launchers the first counts, whatever it says: Slurm's steps number each task of an array 0. The number of parts
  /// is not the launcher's: sent again, an array has other tasks. LSF counts from 1.
  public static func given(_ environment: [String: String], of count: Int) -> SweepShard? {
    for name in variables {
      guard let text = environment[name], !text.isEmpty else { continue }
      guard let number = Int(text) else { return nil }
      let index = name == "LSB_JOBINDEX" ? number - 1 : number
      return (0..<count).contains(index) ? SweepShard(index: index, count: count) : nil
    }
    return nil
  }

  /// `3/200`.
  public var description: String { "\(index)/\(count)" }

  /// Its runs among all in their order: the long ones, which come first, are spread over all parts.
  public func runs(of runs: [SweepRun]) -> [SweepRun] {
    stride(from: index, to: runs.count, by: count).map { runs[$0] }
  }
}

/// One process that makes runs of a sweep, as its log names it: `3of200-JOB-RESTART-HOST-PROCESS-NONCE`.
struct SweepAttempt: Hashable {
  let shard: SweepShard
  /// The launcher's number for the job, and how often it began it anew.
  private let job: String

  /// An attempt of this process, whose launcher tells of its job in the `environment`.
  init(_ shard: SweepShard, environment: [String: String]) {
    self.shard = shard
    let names = [["SLURM_JOB_ID", "PBS_JOBID", "LSB_JOBID"], ["SLURM_RESTART_COUNT"]]
    job = zip(names, ["local", "0"]).map { names, otherwise in
      let text = names.lazy.compactMap { environment[$0] }.first ?? otherwise
      return String(
        text.unicodeScalars.prefix(40)
          .map { $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) ? Character($0) : "_" })
    }.joined(separator: "-")
  }

  /// The beginning of the names of a shard's logs.
  static func prefix(of shard: SweepShard) -> String { "\(shard.index)of\(shard.count)-" }

  /// What its files are called, without what follows a dot.
  var name: String { Self.prefix(of: shard) + "\(job)-\(Writer.current.name)" }

  /// The shard that a log's name tells, if it is such a name.
  static func shard(ofLog name: String) -> SweepShard? {
    guard let parts = name.split(separator: "-").first?.split(separator: "o", maxSplits: 1), parts.count == 2,
      parts[1].first == "f"
    else { return nil }
    return SweepShard("\(parts[0])/\(parts[1].dropFirst())")
  }
}
