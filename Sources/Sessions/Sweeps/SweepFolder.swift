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

  /// What was asked for: cells, data, program and machine.
  public var record: String { path + "/sweep.json" }
  /// The runs that are over, a line each.
  public var results: String { path + "/results.jsonl" }
  /// The results as a table, once a session has ended.
  public var table: String { path + "/results.csv" }
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
      var latest: (folder: SweepFolder, record: SweepRecord, number: Int)?
      for name in try Folder.names(in: directory) {
        let folder = SweepFolder(path: "\(directory)/\(name)")
        guard Files.exists(folder.record) else { continue }
        let record: SweepRecord
        do {
          record = try SweepRecord(readFrom: folder)
        } catch {
          // What cannot be read may be the one that is meant.
          guard error.kind != .unreadable else { throw error }
          continue
        }
        let number = RunFolder.number(of: name, prefix: prefix) ?? 0
        // Of sweeps that began in the same second, the one with the highest number.
        if let latest, (record.provenance.created, number) < (latest.record.provenance.created, latest.number)
        {
          continue
        }
        latest = (folder, record, number)
      }
      guard let latest else {
        throw RunLogError(
          .missing, path: directory, problem: "there is no sweep here",
          remedy: "Name another folder with --runs-dir, or begin one without --resume")
      }
      return latest.folder
    }
    let isName = !name.contains("/") && Files.exists("\(directory)/\(name)")
    let folder = SweepFolder(path: isName ? "\(directory)/\(name)" : name)
    guard Files.exists(folder.record) else {
      throw RunLogError(
        .missing, path: folder.path, problem: "there is no sweep (no sweep.json)",
        remedy: "Give the folder of a sweep, its name within --runs-dir, or latest")
    }
    return folder
  }
}
