/// Names in the file system.
package enum Files {
  /// What a name stands for.
  package enum Kind: Hashable, Sendable {
    case file, folder, link
    /// A pipe, with a name or without.
    case pipe
    /// A device or a socket.
    case other
  }

  /// What the system tells of a name.
  package struct Status: Hashable, Sendable {
    package var kind: Kind
    /// Bytes.
    package var size: Int
    /// The lowest twelve bits of the mode.
    package var permissions: mode_t
    package var owner: uid_t
    package var group: gid_t
    /// The file system's numbers, which one file has under all its names.
    package var identity: [UInt64]

    init(_ status: stat) {
      kind =
        switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        case S_IFLNK: .link
        case S_IFIFO: .pipe
        default: .other
        }
      size = Int(status.st_size)
      permissions = mode_t(status.st_mode & 0o7777)
      (owner, group) = (status.st_uid, status.st_gid)
      identity = [UInt64(truncatingIfNeeded: status.st_dev), UInt64(status.st_ino)]
    }
  }

  /// What is at `path`, behind a link if `followingLinks`; `nil` if nothing is.
  ///
  /// - Throws: `SystemError` if the system does not tell.
  package static func status(_ path: String, followingLinks: Bool = true) throws(SystemError) -> Status? {
    var status = stat()
    do {
      try SystemError.check(path) { followingLinks ? stat($0, &status) : lstat($0, &status) }
      return Status(status)
    } catch {
      guard error.code == ENOENT else { throw error }
      return nil
    }
  }

  /// Whether there is something at `path`, behind a link if it is one.
  package static func exists(_ path: String) -> Bool { isAccessible(path, F_OK) }

  /// Whether there is something at `path`, or the system does not tell: who opens it learns why.
  package static func mayExist(_ path: String) -> Bool {
    do {
      return try status(path) != nil
    } catch {
      return error.code != ENOTDIR
    }
  }

  /// Lets what this process makes from now on have the permissions of the folder at `path`, whoever it is that made it.
  package static func followPermissions(of path: String) throws(SystemError) {
    if let status = try status(path) { _ = umask(~status.permissions & 0o777) }
  }

  /// Whether this process may do with `path` what `mode` says: `R_OK`, `W_OK`, `X_OK`.
  package static func isAccessible(_ path: String, _ mode: Int32) -> Bool {
    (try? SystemError.check(path) { access($0, mode) }) != nil
  }

  /// Makes a folder.
  package static func makeFolder(_ path: String) throws(SystemError) {
    try SystemError.check(path) { mkdir($0, 0o777) }
  }

  /// Gives what is at `path` another name, in place of what has that name.
  package static func rename(_ path: String, to target: String) throws(SystemError) {
    var problem: SystemError?
    try SystemError.check(path) { path in
      do throws(SystemError) {
        try SystemError.check(target) { systemRename(path, $0) }
      } catch {
        problem = error
      }
      return 0
    }
    if let problem { throw problem }
  }

  /// Removes a name.
  package static func remove(_ path: String) throws(SystemError) {
    try SystemError.check(path) { unlink($0) }
  }

  /// Removes an empty folder.
  package static func removeFolder(_ path: String) throws(SystemError) {
    try SystemError.check(path) { rmdir($0) }
  }

  /// The names in a folder, in no order, without `.` and `..`.
  package static func names(in path: String) throws(SystemError) -> [String] {
    guard let folder = try path.withSystemName({ opendir($0) }) else { throw .last }
    defer { closedir(folder) }
    // An entry is shorter than its type says, so it must not be copied.
    guard let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) else { return [] }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(folder) else { break }
      let name = String(
        system: (UnsafeRawPointer(entry) + offset).assumingMemoryBound(to: CChar.self))
      if name != ".", name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw .last }
    return names
  }

  /// `path` from the root on, without links.
  package static func resolved(_ path: String) throws(SystemError) -> String {
    guard let pointer = try path.withSystemName({ realpath($0, nil) }) else { throw .last }
    defer { free(pointer) }
    return String(system: pointer)
  }

  /// What the link at `path` points to.
  package static func destination(ofLink path: String) throws(SystemError) -> String {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    let room = bytes.count
    let count = try SystemError.check(path) { readlink($0, &bytes, room) }
    return String(systemBytes: bytes[..<count].map(UInt8.init(bitPattern:)))
  }
}

private func systemRename(_ path: UnsafePointer<CChar>, _ target: UnsafePointer<CChar>) -> Int32 {
  rename(path, target)
}
