internal import Platform

/// Says that this program writes in a folder, until the lock is given up or the program ends in whatever way.
final class FolderLock: Sendable {
  private let folder: OpenFile

  /// Locks the folder at `path`.
  ///
  /// - Throws: `RunLogError` if another program holds the lock, or there is no such folder.
  init(_ path: String) throws(RunLogError) {
    let folder = try OpenFile(path, flags: O_RDONLY | O_DIRECTORY, failure: .unreadable)
    var attempts = 0
    while try folder.isRefused(lock: LOCK_EX) {
      // Whoever asks whether the folder is locked holds a lock for an instant.
      attempts += 1
      guard attempts < 100 else {
        throw RunLogError(
          .taken, path: path, problem: "another program is writing this run",
          remedy: "Wait until it has ended, or stop it")
      }
      usleep(1000)
    }
    self.folder = folder
  }

  /// Whether a program writes in the folder at `path` now.
  static func isHeld(_ path: String) -> Bool {
    guard let folder = try? OpenFile(path, flags: O_RDONLY | O_DIRECTORY, failure: .unreadable) else {
      return false
    }
    return (try? folder.isRefused(lock: LOCK_SH)) == true
  }
}
