internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Files that are there completely or not at all, whenever the program or the machine stops.
public enum DurableFile {
  private static let suffix = ".incomplete"
  private static let count = Atomic(0)

  /// Makes `bytes` the contents of the file at `path`; until that is certain the file is what it was before.
  ///
  /// The bytes are written to a new file beside it, which then takes the name.
  ///
  /// - Throws: `RunLogError` if the system refuses; nothing is left behind then.
  public static func write(_ bytes: [UInt8], to path: String) throws(RunLogError) {
    let (folder, name) = split(path)
    let number = count.add(1, ordering: .relaxed).newValue
    let incomplete = "\(folder)/.\(name).\(getpid())-\(number)\(suffix)"
    do throws(RunLogError) {
      let file = try OpenFile(incomplete, flags: O_WRONLY | O_CREAT | O_TRUNC, failure: .unwritable)
      try file.put(bytes)
      try file.synchronize()
      guard rename(incomplete, path) == 0 else {
        throw RunLogError.system(.unwritable, path, "cannot be replaced", code: errno)
      }
    } catch {
      _ = unlink(incomplete)
      throw RunLogError(error.kind, path: path, problem: error.problem, remedy: error.remedy)
    }
    try Folder.synchronize(folder)
  }

  /// The contents of the file at `path`.
  ///
  /// - Throws: `RunLogError` if it is no file or cannot be read.
  public static func read(_ path: String) throws(RunLogError) -> [UInt8] {
    // Opening a named pipe would otherwise wait for somebody to write.
    let file = try OpenFile(path, flags: O_RDONLY | O_NONBLOCK, failure: .missing)
    return try file.bytes(at: 0, count: file.size)
  }

  /// Removes the file at `path`, if there is one.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public static func remove(_ path: String) throws(RunLogError) {
    guard unlink(path) == 0 || errno == ENOENT else {
      throw .system(.unwritable, path, "cannot be removed", code: errno)
    }
  }

  /// Removes what writers left in `folder` when they were killed; nobody may be writing there now.
  static func removeLeftovers(in folder: String) throws(RunLogError) {
    for name in try Folder.names(in: folder) where name.hasPrefix(".") && name.hasSuffix(suffix) {
      _ = unlink("\(folder)/\(name)")
    }
  }

  /// A path's folder and its last name.
  static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }
}
