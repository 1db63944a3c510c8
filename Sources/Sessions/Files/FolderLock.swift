internal import Messages
internal import Platform

/// Says that this program writes in a folder, until the lock is given up or the program ends in whatever way.
///
/// What is locked is a file in the folder, opened for writing: a folder, or a file opened for reading, can be locked on one
/// machine only, and on a network's file system each machine would believe itself alone.
final class FolderLock: Sendable {
  private let file: OpenFile

  /// Locks the folder at `path`.
  ///
  /// - Throws: `RunLogError` if another program holds the lock, or there is no such folder.
  init(_ path: String) throws(RunLogError) {
    guard Files.exists(path) else {
      throw RunLogError(.missing, path: path, problem: says("there is no such folder", "没有这个文件夹"))
    }
    let file = try Self.open(path)
    var attempts = 0
    while try file.isRefused(lock: LOCK_EX) {
      // Whoever asks whether the folder is locked holds a lock for an instant.
      attempts += 1
      guard attempts < 100 else {
        throw RunLogError(
          .taken, path: path, problem: says("another program is writing this run", "另一个程序正在写这个运行"),
          remedy: says("Wait until it has ended, or stop it", "请等它结束，或停止它"))
      }
      usleep(1000)
    }
    self.file = file
  }

  private static func open(_ folder: String) throws(RunLogError) -> OpenFile {
    let path = file(of: folder)
    // Another user's: what may be read can be locked on this machine, and what may not be written is told when it is.
    let isOthers = Files.exists(path) && !Files.isAccessible(path, W_OK)
    return try OpenFile(
      path, flags: (isOthers ? O_RDONLY : O_RDWR | O_CREAT) | O_NOFOLLOW | O_NONBLOCK, failure: .unwritable)
  }

  /// Whether a program writes in the folder at `path` now.
  static func isHeld(_ path: String) -> Bool {
    guard
      let file = try? OpenFile(
        Self.file(of: path), flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK, failure: .unreadable)
    else { return false }
    return (try? file.isRefused(lock: LOCK_SH)) == true
  }

  private static func file(of folder: String) -> String { folder + "/.lock" }
}
