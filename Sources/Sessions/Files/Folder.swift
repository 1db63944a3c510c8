internal import Messages
internal import Platform

/// Folders of the file system.
public enum Folder {
  /// Makes the folder at `path` and those above it, as far as they are missing.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public static func make(_ path: String) throws(RunLogError) {
    var refusal = refusal(toMake: path)
    let parent = path.folderAndName.folder
    if refusal?.code == ENOENT, parent != path {
      // What is wrong with the one above is what is wrong.
      try make(parent)
      refusal = Self.refusal(toMake: path)
    }
    guard let refusal, refusal.code != EEXIST else { return }
    throw .system(.uncreatable, path, says("cannot be made", "无法建立"), refusal)
  }

  private static func refusal(toMake path: String) -> SystemError? {
    do {
      try Files.makeFolder(path)
      return nil
    } catch {
      return error
    }
  }

  /// The names in the folder at `path`, in no order; none if there is no such folder.
  ///
  /// - Throws: `RunLogError` if it cannot be read.
  public static func names(in path: String) throws(RunLogError) -> [String] {
    do {
      return try Files.names(in: path)
    } catch {
      guard error.code != ENOENT else { return [] }
      throw .system(.unreadable, path, says("cannot be read", "无法读取"), error)
    }
  }

  /// Makes new names in the folder at `path`, and the lack of removed ones, survive a power failure.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public static func synchronize(_ path: String) throws(RunLogError) {
    try OpenFile(path, flags: O_RDONLY | O_DIRECTORY, failure: .unwritable).synchronize()
  }
}
