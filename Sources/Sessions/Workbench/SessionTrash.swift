internal import Messages
internal import Platform

/// Sessions within a directory that were deleted, and can be had back until the trash is emptied.
package struct SessionTrash: Sendable {
  private static let name = ".trash"

  /// The directory of the sessions' folders.
  private let directory: String

  /// The trash of the sessions in `directory`.
  package init(of directory: String) {
    self.directory = RunFolder(path: directory).path
  }

  /// Where deleted sessions are kept.
  package var path: String { "\(directory)/\(Self.name)" }

  /// The deleted sessions.
  ///
  /// - Throws: `RunLogError` if the trash cannot be read.
  package func folders() throws(RunLogError) -> [RunFolder] { try RunFolder.all(in: path) }

  /// Takes a session out of its directory; returns where it is kept.
  ///
  /// - Throws: `RunLogError` if a program is writing it, it is no folder, or the system refuses.
  package static func delete(_ folder: RunFolder) throws(RunLogError) -> RunFolder {
    let trash = SessionTrash(of: folder.path.folderAndName.folder)
    try Folder.make(trash.path)
    // Another one of this name may lie there.
    var (name, number) = (folder.name, 1)
    while Files.exists("\(trash.path)/\(name)") {
      number += 1
      name = "\(folder.name)-\(number)"
    }
    return try folder.moved(to: "\(trash.path)/\(name)")
  }

  /// Puts a deleted session back, under another name if one is given.
  ///
  /// - Throws: `RunLogError` if there is none, the name is taken or cannot be one, or the system refuses.
  package func restore(_ name: String, as newName: String? = nil) throws(RunLogError) -> RunFolder {
    let folder = RunFolder(path: "\(path)/\(name)")
    guard !name.hasFolder, Files.exists(folder.path) else {
      throw RunLogError(
        .missing, path: folder.path, problem: says("no deleted session is called that", "没有这个名字的已删除会话"),
        remedy: says("'fmnist-tui runs trash' lists them", "'fmnist-tui runs trash' 会列出它们"))
    }
    try RunFolder.check(name: newName ?? name, in: directory)
    return try folder.moved(to: "\(directory)/\(newName ?? name)")
  }

  /// Removes the deleted sessions for good; returns how many there were.
  ///
  /// - Throws: `RunLogError` if the system refuses; what has been removed until then is gone.
  package func empty() throws(RunLogError) -> Int {
    let count = try folders().count
    guard let kind = try Self.kind(of: path) else { return 0 }
    guard kind == .folder else {
      throw RunLogError(
        .invalid, path: path, problem: says("it is no folder", "不是文件夹"),
        remedy: says("Remove it by hand", "请手动删除它"))
    }
    try Self.remove(path)
    return count
  }

  /// What is at `path`; `nil` if nothing is.
  fileprivate static func kind(of path: String) throws(RunLogError) -> Files.Kind? {
    do {
      // A link is removed as such: what it leads to is somebody else's.
      return try Files.status(path, followingLinks: false)?.kind
    } catch {
      throw .system(.unreadable, path, says("cannot be read", "无法读取"), error)
    }
  }

  fileprivate static func remove(_ path: String) throws(RunLogError) {
    let isFolder = try kind(of: path) == .folder
    if isFolder {
      for name in try Folder.names(in: path) { try remove("\(path)/\(name)") }
    }
    do {
      try isFolder ? Files.removeFolder(path) : Files.remove(path)
    } catch {
      throw .system(.unwritable, path, says("cannot be removed", "无法删除"), error)
    }
  }
}

extension RunFolder {
  /// Removes a folder that was claimed for a session that could not begin, as far as the system lets it.
  func discard() { try? SessionTrash.remove(path) }

  /// Gives the session another name in its directory.
  ///
  /// - Throws: `RunLogError` if the name is taken or cannot be one, a program is writing the session, or the system refuses.
  package func renamed(to name: String) throws(RunLogError) -> RunFolder {
    let directory = path.folderAndName.folder
    try Self.check(name: name, in: directory)
    return try moved(to: "\(directory)/\(name)")
  }

  /// Moves the folder to another place in the same file system, where nothing is.
  fileprivate func moved(to target: String) throws(RunLogError) -> RunFolder {
    guard try SessionTrash.kind(of: path) == .folder else {
      throw RunLogError(
        .invalid, path: path,
        problem: says("it is no folder, but perhaps a link to one", "不是文件夹，也许是指向文件夹的链接"),
        remedy: says("Move it by hand", "请手动移动它")
      )
    }
    // Held until the folder has moved: nobody begins to write in between.
    let lock = try FolderLock(path)
    defer { withExtendedLifetime(lock) {} }
    do {
      // To make a folder is one indivisible act, so that nobody's is replaced: of two who want a name one gets it.
      try Files.makeFolder(target)
    } catch {
      guard error.code == EEXIST else {
        throw .system(.uncreatable, target, says("cannot be made", "无法建立"), error)
      }
      throw RunLogError(
        .taken, path: target, problem: says("there is something of this name already", "已有这个名字的内容"),
        remedy: says("Give another name", "请给出另一个名字"))
    }
    do {
      try Files.rename(path, to: target)
    } catch {
      try? Files.removeFolder(target)
      throw .system(.unwritable, path, says("cannot be moved to \(target)", "无法移动到 \(target)"), error)
    }
    for folder in Set([path.folderAndName.folder, target.folderAndName.folder]) {
      try Folder.synchronize(folder)
    }
    return RunFolder(path: target)
  }
}
