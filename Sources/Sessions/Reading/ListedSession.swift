import Dispatch
import Messages
import Platform

/// What the list of runs tells of one folder, without its figures of every epoch where a summary is there.
package struct ListedSession: Sendable {
  /// What can be read of a folder.
  package struct Contents: Sendable {
    package let record: RunRecord
    package let summary: RunSummary

    /// The runs' plans and how each went.
    package var runs: [(plan: RunRecord.Run, summary: RunSummary.Run)] {
      zip(record.runs, summary.runs).map { ($0, $1) }
    }
  }

  package let folder: RunFolder
  /// What was read, or why it could not be.
  package let contents: Result<Contents, RunLogError>
  /// What a person wrote on it, or why that cannot be read.
  package let labels: Result<SessionLabels, RunLogError>
  /// Bytes of its files, if they were to be counted.
  package let bytes: Int?

  package init(_ folder: RunFolder, countsBytes: Bool = false) {
    self.folder = folder
    bytes = countsBytes ? folder.bytes : nil
    labels = Result { () throws(RunLogError) -> SessionLabels in try folder.labels() }
    let reader = RunReader(folder)
    contents = Result { () throws(RunLogError) -> Contents in
      try Contents(record: reader.record(), summary: reader.summary())
    }
  }

  /// Reads many folders on all processors.
  package static func read(_ folders: [RunFolder], countsBytes: Bool = false) -> [ListedSession] {
    let sessions = Guarded<[Int: ListedSession]>([:])
    DispatchQueue.concurrentPerform(iterations: folders.count) { index in
      let session = ListedSession(folders[index], countsBytes: countsBytes)
      sessions.withLock { $0[index] = session }
    }
    return sessions.withLock { sessions in folders.indices.compactMap { sessions[$0] } }
  }

  /// What was read, if it could be.
  package var known: Contents? { try? contents.get() }

  /// The note on it; empty if there is none, or none that can be read.
  package var note: String { (try? labels.get().note) ?? "" }
  /// The tags on it.
  package var tags: [String] { (try? labels.get().tags) ?? [] }

  /// What a filter may ask of the state.
  static var states: [String] { RunSummary.State.allCases.map(\.rawValue) + ["older", "newer", "damaged"] }

  /// Instead of a state, where nothing could be read: as filters name it, and as people do.
  package var fault: (key: String, words: String)? {
    guard case .failure(let error) = contents else { return nil }
    return switch error.kind {
    case .older: ("older", says("older format", "旧格式"))
    case .newer: ("newer", says("newer format", "新格式"))
    default: ("damaged", says("damaged", "已损坏"))
    }
  }

  /// The file at fault and what is wrong with it, if something is.
  package var problem: String? {
    guard case .failure(let error) = contents else { return nil }
    let file =
      error.path.beginsWithBytes(of: folder.path + "/")
      ? String(Substring(error.path.utf8.dropFirst(folder.path.utf8.count + 1))) : error.path
    return says("\(file): \(error.problem)", "\(file)：\(error.problem)").shortened
  }
}

/// The sessions in a directory, of which only those are read again whose files have changed.
package struct ListedSessions: Sendable {
  /// The sessions, `exp2` before `exp10`.
  package private(set) var sessions: [ListedSession] = []
  private var stamps: [RunFolder: Stamp] = [:]

  /// What changes with a session's files.
  private struct Stamp: Equatable {
    let sizes: [Int?]
    let identities: [[UInt64]]
    let isBeingWritten: Bool

    init(_ folder: RunFolder) {
      let files = [folder.runRecord, folder.metrics, folder.commands, folder.summary, folder.labelsFile]
      let found = files.map { try? Files.status($0) }
      sizes = found.map { $0?.size }
      identities = found.map { $0?.identity ?? [] }
      isBeingWritten = folder.isBeingWritten
    }
  }

  /// Nothing read yet.
  package init() {}

  /// Reads what has changed in `directory`; returns whether anything has.
  ///
  /// - Throws: `RunLogError` if the directory cannot be read.
  package mutating func read(in directory: String) throws(RunLogError) -> Bool {
    let folders = try RunFolder.all(in: directory)
    // A stamp is older than what is read after it: what changes in between is read again.
    let stamps = Dictionary(uniqueKeysWithValues: folders.map { ($0, Stamp($0)) })
    let changed = folders.filter { stamps[$0] != self.stamps[$0] }
    guard !changed.isEmpty || folders.count != sessions.count else { return false }
    let known = (sessions + ListedSession.read(changed, countsBytes: true)).map { ($0.folder, $0) }
    let latest = Dictionary(known) { _, new in new }
    sessions = folders.compactMap { latest[$0] }
    self.stamps = stamps
    return true
  }
}
