internal import Messages
internal import Platform

/// The folder that holds everything about one sweep, usually `runs/sweepN`.
public struct SweepFolder: Hashable, Sendable {
  /// Where it is.
  public let path: String

  private static let prefix = "sweep"

  /// The folder at `path`, which need not exist.
  public init(path: String) {
    self.path = RunFolder(path: path).path
  }

  /// What was asked for: lists, data, program and machine.
  public var record: String { path + "/sweep.json" }
  /// The folder of logs: the runs that are over, a line each, in a file for each attempt.
  public var results: String { path + "/results" }
  /// The results as a table, once a session has ended.
  public var table: String { path + "/results.csv" }
  /// How long each run took, once a session has ended.
  public var timings: String { path + "/timings.csv" }
  /// The folder of small files by which those at work tell so.
  package var heartbeats: String { path + "/alive" }
  /// The folder of checkpoints of long runs.
  package var checkpoints: String { path + "/checkpoints" }
  /// The folder of what Slurm's jobs print.
  package var output: String { path + "/slurm" }
  /// The folder of files that name the jobs that were sent.
  package var jobs: String { path + "/jobs" }
  /// The job array, where one was sent.
  package var script: String { path + "/submit.sbatch" }
  /// The cells with their means, once a session has ended.
  public var summary: String { path + "/results.json" }

  /// Makes a new folder within `directory`: of the given name, or `sweepN` with the next free number.
  ///
  /// - Throws: `RunLogError` if the name is taken or cannot be one, or the system refuses.
  public static func claim(in directory: String, name: String? = nil) throws(RunLogError) -> SweepFolder {
    try SweepFolder(path: RunFolder.claim(in: directory, name: name, prefix: prefix).path)
  }

  /// The folder that a person means: a path, a name within `directory`, or `latest` for the sweep there that began last.
  ///
  /// - Throws: `RunLogError` if there is none.
  public static func find(_ name: String, in directory: String) throws(RunLogError) -> SweepFolder {
    let directory = RunFolder(path: directory).path
    guard name != "latest" else {
      // Of numbered ones the one with the highest number, whatever the clock said.
      var latest: (folder: SweepFolder, record: SweepRecord, number: Int?)?
      for (number, name) in try Folder.names(in: directory)
        .map({ (RunFolder.number(of: $0, prefix: prefix), $0) }).sorted(by: {
          ($0.0 ?? -1, $0.1) > ($1.0 ?? -1, $1.1)
        })
      {
        if number != nil, latest?.number != nil { continue }
        let folder = SweepFolder(path: "\(directory)/\(name)")
        guard Files.mayExist(folder.record) else { continue }
        let record: SweepRecord
        do {
          record = try SweepRecord(readFrom: folder)
        } catch {
          // What cannot be read may be the one that is meant.
          guard error.kind != .unreadable else { throw error }
          continue
        }
        if let latest, record.provenance.created <= latest.record.provenance.created { continue }
        latest = (folder, record, number)
      }
      guard let latest else {
        throw RunLogError(
          .missing, path: directory, problem: says("there is no sweep here", "这里没有扫描"),
          remedy: says(
            "Name another folder with --runs-dir, or begin one without --resume",
            "请用 --runs-dir 指定另一个文件夹，或去掉 --resume 开始一个"))
      }
      return latest.folder
    }
    let isName = !name.hasFolder && Files.mayExist("\(directory)/\(name)")
    let folder = SweepFolder(path: isName ? "\(directory)/\(name)" : name)
    guard Files.mayExist(folder.record) else {
      throw RunLogError(
        .missing, path: folder.path,
        problem: says("there is no sweep (no sweep.json)", "没有扫描（没有 sweep.json）"),
        remedy: says(
          "Give the folder of a sweep, its name within --runs-dir, or latest",
          "请给出扫描的文件夹、它在 --runs-dir 中的名字，或 latest"))
    }
    return folder
  }
}
