#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// An open file or folder, closed with its owner; errors name its path and the system's reason.
struct OpenFile: ~Copyable {
  let descriptor: Int32
  let path: String

  /// Opens `path`; a file that has to be made gets the permissions that the user's mask leaves.
  init(_ path: String, flags: Int32, failure kind: RunLogError.Kind) throws(RunLogError) {
    var result: Int32
    repeat { result = open(path, flags | O_CLOEXEC, 0o666) } while result < 0 && errno == EINTR
    guard result >= 0 else {
      throw .system(
        errno == ENOENT && flags & O_CREAT == 0 ? .missing : kind, path, "cannot be opened", code: errno)
    }
    descriptor = result
    self.path = path
  }

  deinit { _ = close(descriptor) }

  /// Bytes of the file.
  var size: Int {
    get throws(RunLogError) {
      var status = stat()
      guard fstat(descriptor, &status) == 0 else {
        throw .system(.missing, path, "cannot be examined", code: errno)
      }
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw RunLogError(.invalid, path: path, problem: "it is not a file")
      }
      return Int(status.st_size)
    }
  }

  /// Writes all `bytes` where the file stands.
  func put(_ bytes: [UInt8]) throws(RunLogError) {
    let code: Int32? = bytes.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count {
        let written = write(descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
        if written >= 0 { offset += written } else if errno != EINTR { return errno }
      }
      return nil
    }
    if let code { throw .system(.unwritable, path, "cannot be written", code: code) }
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
    // The one empty array that all share would be written to, which thread sanitizers report.
    guard count > 0 else { return [] }
    var code: Int32?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let read = pread(
          descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
        if read > 0 {
          filled += read
        } else if read == 0 {
          return
        } else if errno != EINTR {
          code = errno
          return
        }
      }
    }
    if let code { throw .system(.missing, path, "cannot be read", code: code) }
    return bytes
  }

  /// Shortens the file.
  func truncate(to size: Int) throws(RunLogError) {
    guard ftruncate(descriptor, off_t(size)) == 0 else {
      throw .system(.unwritable, path, "cannot be shortened", code: errno)
    }
  }

  /// Waits until what was written would survive a power failure.
  func synchronize() throws(RunLogError) {
    // EINVAL: a file system that has no such promise to give.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw .system(.unwritable, path, "cannot be written", code: errno)
    }
  }
}

extension RunLogError {
  /// A failure with the system's words for the error number `code`.
  static func system(_ kind: Kind, _ path: String, _ problem: String, code: Int32) -> RunLogError {
    RunLogError(kind, path: path, problem: "\(problem): \(String(cString: strerror(code)))")
  }
}
