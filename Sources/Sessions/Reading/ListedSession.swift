import Dispatch
import Platform
import Synchronization

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

  package init(_ folder: RunFolder) {
    self.folder = folder
    let reader = RunReader(folder)
    contents = Result { () throws(RunLogError) -> Contents in
      try Contents(record: reader.record(), summary: reader.summary())
    }
  }

  /// Reads many folders on all processors.
  package static func read(_ folders: [RunFolder]) -> [ListedSession] {
    let sessions = Mutex<[Int: ListedSession]>([:])
    DispatchQueue.concurrentPerform(iterations: folders.count) { index in
      let session = ListedSession(folders[index])
      sessions.withLock { $0[index] = session }
    }
    return sessions.withLock { sessions in folders.indices.compactMap { sessions[$0] } }
  }

  /// The file at fault and what is wrong with it, if something is.
  package var problem: String? {
    guard case .failure(let error) = contents else { return nil }
    let file =
      error.path.beginsWithBytes(of: folder.path + "/")
      ? String(Substring(error.path.utf8.dropFirst(folder.path.utf8.count + 1))) : error.path
    return "\(file): \(error.problem)".shortened
  }
}
