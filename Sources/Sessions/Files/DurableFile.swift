internal import Messages
internal import Platform
internal import Synchronization

/// Files that are there completely or not at all, whenever the program or the machine stops.
public enum DurableFile {
  /// More than a record, settings, or any other text but a growing one has.
  public static let mostBytes = 1 << 26

  private static let suffix = ".incomplete"
  private static let count = Atomic(0)

  /// Makes `bytes` the contents of the file at `path`; until that is certain the file is what it was before.
  ///
  /// The bytes are written to a new file beside it, which then takes the name, and the permissions of a file that has it.
  /// With `throughLinks` a symbolic link stays one, and the file behind it gets the bytes: for files that a person named,
  /// not for those of a session, whose folder may come from anybody.
  ///
  /// - Throws: `RunLogError` if the system refuses, or the name is that of something other than a file; nothing is left
  ///   behind then.
  public static func write(
    _ bytes: [UInt8], to path: String, throughLinks: Bool = false
  ) throws(RunLogError) {
    let file = try PreparedFile.write(bytes, for: path, throughLinks: throughLinks)
    let folder = file.target.folderAndName.folder
    try file.takeName()
    try Folder.synchronize(folder)
  }

  /// Checks that a file that a person named can be written or replaced, before anything is done for it.
  ///
  /// - Throws: `RunLogError` if the name is that of something other than a file, or the system would refuse.
  public static func demandWritable(_ path: String) throws(RunLogError) {
    let target = try behindLinks(path)
    _ = try replaceable(target, for: path)
    let folder = target.folderAndName.folder
    do throws(SystemError) {
      guard let status = try Files.status(folder) else { throw SystemError(code: ENOENT) }
      guard status.kind == .folder else { throw SystemError(code: ENOTDIR) }
      guard Files.isAccessible(folder, W_OK | X_OK) else { throw SystemError(code: EACCES) }
    } catch {
      throw .making(path, says("cannot be written", "无法写入"), error)
    }
  }

  /// Whether what is written to both paths comes to one place, though nothing may be there yet.
  public static func areSame(_ first: String, _ second: String) -> Bool {
    guard let first = place(first), let second = place(second) else { return first.hasSameBytes(as: second) }
    return first.hasSameBytes(as: second)
  }

  /// The path of what is written to `path`, behind all links; `nil` where there can be nothing.
  static func place(_ path: String) -> String? {
    guard let (folder, name) = try? behindLinks(path).folderAndName, let folder = try? Files.resolved(folder)
    else {
      return nil
    }
    return "\(folder)/\(name)"
  }

  /// The name of a new file beside `target`, which nobody else has.
  static func incomplete(_ target: String) -> String {
    let (folder, name) = target.folderAndName
    let number = count.add(1, ordering: .relaxed).newValue
    // A name may be as long as the system allows; this one is not longer.
    return "\(folder)/.\(name.systemPrefix(100)).\(Writer.current.name)-\(number)\(suffix)"
  }

  /// The contents of the file at `path`, which has at most `limit` bytes: one with holes can claim more than there is memory.
  ///
  /// - Throws: `RunLogError` if it is no file, too large, or cannot be read.
  public static func read(_ path: String, limit: Int = mostBytes) throws(RunLogError) -> [UInt8] {
    // Opening a named pipe would otherwise wait for somebody to write.
    let file = try OpenFile(path, flags: O_RDONLY | O_NONBLOCK, failure: .unreadable)
    return try file.bytes(at: 0, count: file.size(upTo: limit))
  }

  /// Removes the file at `path`, if there is one.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public static func remove(_ path: String) throws(RunLogError) {
    do {
      try Files.remove(path)
    } catch {
      guard error.code == ENOENT else {
        throw .system(.unwritable, path, says("cannot be removed", "无法删除"), error)
      }
    }
  }

  /// Gives the file at `path`, if there is one, another name in its folder, and with it the place of a file of that name.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public static func move(_ path: String, to newPath: String) throws(RunLogError) {
    do {
      try Files.rename(path, to: newPath)
    } catch {
      guard error.code != ENOENT else { return }
      throw .system(.unwritable, newPath, says("cannot be replaced", "无法替换"), error)
    }
  }

  /// Removes what writers left in `folder` when they were killed; what another one may still be writing stays.
  static func removeLeftovers(in folder: String) throws(RunLogError) {
    for name in try Folder.names(in: folder)
    where name.beginsWithBytes(of: ".") && name.endsWithBytes(of: suffix)
      && Writer(ofIncomplete: name)?.mayBeWriting != true
    {
      try? Files.remove("\(folder)/\(name)")
    }
  }

  /// As many links in a row as the system follows.
  private static let mostLinks = 40

  /// Where the links at `path` lead, though nothing may be there yet.
  static func behindLinks(_ path: String) throws(RunLogError) -> String {
    var target = path
    do throws(SystemError) {
      for _ in 0..<mostLinks {
        guard try Files.status(target, followingLinks: false)?.kind == .link else { return target }
        let destination = try Files.destination(ofLink: target)
        target =
          destination.isAbsolutePath ? destination : "\(target.folderAndName.folder)/\(destination)"
      }
      throw SystemError(code: ELOOP)
    } catch {
      throw .making(path, says("cannot be written", "无法写入"), error)
    }
  }

  /// What is known of the file at `target` that is to be replaced; `nil` if there is none.
  static func replaceable(
    _ target: String, for path: String
  ) throws(RunLogError) -> Files.Status? {
    var status: Files.Status?
    do {
      status = try Files.status(target, followingLinks: false)
      // What a descriptor's own link leads to has no name where it is a pipe.
      if status == nil { status = try Files.status(path) }
    } catch {
      throw .making(path, says("cannot be written", "无法写入"), error)
    }
    switch status?.kind {
    case nil: return nil
    // Its own permissions mean nothing.
    case .link: return nil
    case .file:
      guard Files.isAccessible(target, W_OK) else {
        throw .making(path, says("cannot be replaced", "无法替换"), SystemError(code: EACCES))
      }
      return status
    case .folder: throw .making(path, says("cannot be replaced", "无法替换"), SystemError(code: EISDIR))
    case .pipe, .other:
      throw RunLogError(
        .taken, path: path, problem: says("it is there and no file", "它已存在但不是文件"),
        remedy: says("Give the name of a file", "请给出文件的名字"))
    }
  }
}

extension String {
  /// The beginning of a name, of at most `count` bytes.
  fileprivate func systemPrefix(_ count: Int) -> String {
    String(systemBytes: Array(systemBytes.prefix(count)))
  }
}
