internal import Messages
internal import Platform

/// An open file or folder, closed with its owner; errors name its path and the system's reason.
struct OpenFile: ~Copyable {
  private let descriptor: Descriptor
  let path: String

  /// Opens `path`; a file that has to be made gets `permissions` as far as the user's mask leaves them.
  init(
    _ path: String, flags: Int32, failure kind: RunLogError.Kind, permissions: mode_t = 0o666
  ) throws(RunLogError) {
    do {
      descriptor = try Descriptor(path, flags: flags, permissions: permissions)
    } catch {
      guard flags & O_CREAT != 0 else {
        throw .system(error.code == ENOENT ? .missing : kind, path, says("cannot be opened", "无法打开"), error)
      }
      throw .system(error.isOfName ? .uncreatable : kind, path, says("cannot be opened", "无法打开"), error)
    }
    self.path = path
  }

  /// Bytes of the file.
  var size: Int {
    get throws(RunLogError) {
      let status = try attempt(.unreadable, says("cannot be examined", "无法查看")) { () throws(SystemError) in
        try descriptor.status
      }
      guard status.kind == .file else {
        throw RunLogError(
          .invalid, path: path, problem: says("it is not a file", "不是文件"),
          remedy: says(
            "Give the path of a file; what comes out of a pipe can be kept in one", "请给出文件的路径；从管道来的内容可先存成文件"))
      }
      return status.size
    }
  }

  /// Bytes of the file, which are at most `limit`.
  func size(upTo limit: Int) throws(RunLogError) -> Int {
    let size = try size
    guard size <= limit else {
      throw RunLogError(
        .invalid, path: path,
        problem: says(
          "it has \(size) bytes, and at most \(limit) are read", "它有 \(size) 字节，而至多读 \(limit) 字节"),
        remedy: says("Replace it by one that is not damaged", "请换成没有损坏的文件"))
    }
    return size
  }

  /// Writes all `bytes` where the file stands.
  func put(_ bytes: [UInt8]) throws(RunLogError) {
    try attempt(.unwritable, says("cannot be written", "无法写入")) { () throws(SystemError) in
      try descriptor.write(bytes)
    }
  }

  /// Adds all `bytes` at the end of the file, which has no other writer, or leaves it as it is.
  func append(_ bytes: [UInt8]) throws(RunLogError) {
    let size = try size
    do {
      try put(bytes)
    } catch {
      try truncate(to: size)
      throw error
    }
  }

  /// Up to `count` bytes from `offset` on; fewer at the end of the file.
  func bytes(at offset: Int, count: Int) throws(RunLogError) -> [UInt8] {
    try attempt(.unreadable, says("cannot be read", "无法读取")) { () throws(SystemError) in
      try descriptor.bytes(at: offset, count: count)
    }
  }

  /// Shortens the file.
  func truncate(to size: Int) throws(RunLogError) {
    try attempt(.unwritable, says("cannot be shortened", "无法缩短")) { () throws(SystemError) in
      try descriptor.truncate(to: size)
    }
  }

  /// Waits until what was written would survive a power failure.
  func synchronize() throws(RunLogError) {
    try attempt(.unwritable, says("cannot be written", "无法写入")) { () throws(SystemError) in
      try descriptor.synchronize()
    }
  }

  /// Gives the file the permissions of `former`, and its owner as far as the system allows it.
  func take(_ former: Files.Status) throws(RunLogError) {
    try attempt(.unwritable, says("cannot get its permissions", "无法设置它的权限")) { () throws(SystemError) in
      try descriptor.take(former)
    }
  }

  /// Asks for the lock `operation` as `flock` does; whether somebody else has one.
  func isRefused(lock operation: Int32) throws(RunLogError) -> Bool {
    try attempt(.unwritable, says("cannot be locked", "无法加锁")) { () throws(SystemError) in
      try descriptor.isRefused(lock: operation)
    }
  }

  private func attempt<Result>(
    _ kind: RunLogError.Kind, _ problem: String, _ body: () throws(SystemError) -> Result
  ) throws(RunLogError) -> Result {
    do {
      return try body()
    } catch {
      throw .system(kind, path, problem, error)
    }
  }
}

extension SystemError {
  /// Whether there can be no file of such a name, or not for this user: more room or another try would not help.
  fileprivate var isOfName: Bool {
    [ENOENT, ENOTDIR, EISDIR, ENAMETOOLONG, ELOOP, EACCES, EPERM, EROFS].contains(code)
  }
}

extension RunLogError {
  /// A failure with the system's words.
  static func system(_ kind: Kind, _ path: String, _ problem: String, _ error: SystemError) -> RunLogError {
    RunLogError(kind, path: path, problem: says("\(problem): \(error)", "\(problem)：\(error)"))
  }

  /// A failure to make the file at `path`, or to give it its name.
  static func making(_ path: String, _ problem: String, _ error: SystemError) -> RunLogError {
    .system(error.isOfName ? .uncreatable : .unwritable, path, problem, error)
  }
}
