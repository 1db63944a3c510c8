/// An open file, folder, pipe or device, which is closed with its owner.
package struct Descriptor: ~Copyable, Sendable {
  /// The system's number for it.
  package let number: Int32

  /// Opens `path` for this process alone; a file that has to be made gets `permissions` as far as the mask leaves them.
  ///
  /// - Throws: `SystemError` if the system refuses.
  package init(_ path: String, flags: Int32, permissions: mode_t = 0o666) throws(SystemError) {
    number = try SystemError.check(path) { open($0, flags | O_CLOEXEC, permissions) }
  }

  deinit { _ = close(number) }

  /// What the system tells of it.
  package var status: Files.Status {
    get throws(SystemError) {
      var status = stat()
      try SystemError.check { fstat(number, &status) }
      return Files.Status(status)
    }
  }

  /// Writes all `bytes` where the file stands.
  package func write(_ bytes: [UInt8]) throws(SystemError) {
    if let error = bytes.withUnsafeBytes({ Self.write($0, to: number) }) { throw error }
  }

  /// Writes all `bytes` to the descriptor `number`; returns why that failed, if it did.
  package static func write(_ bytes: UnsafeRawBufferPointer, to number: Int32) -> SystemError? {
    var offset = 0
    // Nothing is written, too, so that a descriptor that refuses is known.
    repeat {
      let written = systemWrite(number, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
      if written >= 0 {
        offset += written
      } else if errno == EAGAIN {
        var waiting = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, -1)
      } else if errno != EINTR {
        return .last
      }
    } while offset < bytes.count
    return nil
  }

  /// Up to `count` bytes from `offset` on; fewer at the end of the file.
  package func bytes(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    // The one empty array that all share would be written to, which thread sanitizers report.
    guard count > 0 else { return [] }
    var problem: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let read = pread(
          number, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
        if read > 0 {
          filled += read
        } else if read == 0 {
          return
        } else if errno != EINTR {
          problem = .last
          return
        }
      }
    }
    if let problem { throw problem }
    return bytes
  }

  /// What can be read from the descriptor `number` without waiting, up to `count` bytes; none if nothing is there now,
  /// `nil` at the end.
  package static func available(_ count: Int, from number: Int32) throws(SystemError) -> [UInt8]? {
    var waiting = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    guard try SystemError.check({ poll(&waiting, 1, 0) }) > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: count)
    do throws(SystemError) {
      let read = try SystemError.check { systemRead(number, &bytes, count) }
      return read == 0 ? nil : Array(bytes[..<read])
    } catch {
      guard error.code == EAGAIN else { throw error }
      return []
    }
  }

  /// Shortens the file.
  package func truncate(to size: Int) throws(SystemError) {
    try SystemError.check { ftruncate(number, off_t(size)) }
  }

  /// Gives the file the permissions of another one, and its owner and group as far as the system allows it.
  package func take(_ other: Files.Status) throws(SystemError) {
    // Changing the owner takes some permissions away.
    _ = fchown(number, other.owner, other.group)
    try SystemError.check { fchmod(number, other.permissions) }
  }

  /// Waits until what was written would survive a power failure.
  package func synchronize() throws(SystemError) {
    do {
      try SystemError.check { fsync(number) }
    } catch {
      // EINVAL: a file system that has no such promise to give.
      guard error.code == EINVAL else { throw error }
    }
  }

  /// Takes or refuses a lock on the file at once, as `flock` does with `operation`; whether somebody else has one.
  ///
  /// - Throws: `SystemError` if the system cannot tell.
  package func isRefused(lock operation: Int32) throws(SystemError) -> Bool {
    do throws(SystemError) {
      try SystemError.check { flock(number, operation | LOCK_NB) }
      return false
    } catch {
      switch error.code {
      case EWOULDBLOCK: return true
      // A file system without locks refuses nobody.
      case ENOLCK, ENOSYS, ENOTSUP, EINVAL: return false
      default: throw error
      }
    }
  }
}

private func systemRead(_ number: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(number, bytes, count)
}

private func systemWrite(_ number: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(number, bytes, count)
}
