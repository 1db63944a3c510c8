#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Folders of the file system.
public enum Folder {
  /// Makes the folder at `path` and those above it, as far as they are missing.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public static func make(_ path: String) throws(RunLogError) {
    if mkdir(path, 0o777) == 0 { return }
    var code = errno
    let parent = DurableFile.split(path).folder
    if code == ENOENT, parent != path {
      try make(parent)
      code = mkdir(path, 0o777) == 0 ? 0 : errno
    }
    guard code == 0 || code == EEXIST else { throw .system(.unwritable, path, "cannot be made", code: code) }
  }

  /// The names in the folder at `path`, in no order; none if there is no such folder.
  ///
  /// - Throws: `RunLogError` if it cannot be read.
  public static func names(in path: String) throws(RunLogError) -> [String] {
    guard let folder = opendir(path) else {
      guard errno != ENOENT else { return [] }
      throw .system(.missing, path, "cannot be read", code: errno)
    }
    defer { closedir(folder) }
    // An entry is shorter than its type says, so it must not be copied.
    guard let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) else { return [] }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = String(cString: (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self))
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Makes new names in the folder at `path`, and the lack of removed ones, survive a power failure.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public static func synchronize(_ path: String) throws(RunLogError) {
    try OpenFile(path, flags: O_RDONLY | O_DIRECTORY, failure: .unwritable).synchronize()
  }
}
