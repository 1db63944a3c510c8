internal import Platform

/// What has come of a file, beside the place where the whole one will be.
///
/// One process at a time can have it.
final class PartFile {
  let path: String
  private let descriptor: Descriptor

  /// Opens the part, waiting for whoever fetches the same file; `isWanted` is asked some ten times a second.
  ///
  /// - Returns: `nil` if it is not wanted any more.
  /// - Throws: `SystemError`; EEXIST for what is no file.
  static func open(_ path: String, while isWanted: () -> Bool) throws(SystemError) -> PartFile? {
    while true {
      // Never through a link, and never waiting for the other end of a pipe.
      let descriptor = try Descriptor(path, flags: O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK)
      guard try descriptor.status.kind == .file else { throw SystemError(code: EEXIST) }
      while try descriptor.isRefused(lock: LOCK_EX) {
        guard isWanted() else { return nil }
        usleep(100_000)
      }
      // Whoever had it may have given it its final name, or removed it.
      if isNamed(path, descriptor) { return PartFile(path: path, descriptor: descriptor) }
    }
  }

  private init(path: String, descriptor: consuming Descriptor) {
    self.path = path
    self.descriptor = descriptor
  }

  private static func isNamed(_ path: String, _ descriptor: borrowing Descriptor) -> Bool {
    var (named, opened) = (stat(), stat())
    guard fstat(descriptor.number, &opened) == 0,
      (try? SystemError.check(path) { lstat($0, &named) }) != nil
    else { return false }
    return named.st_ino == opened.st_ino && named.st_dev == opened.st_dev
  }

  /// Bytes that have come.
  var size: Int { (try? descriptor.status.size) ?? 0 }

  func append(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
    if let error = Descriptor.write(bytes, to: descriptor.number) { throw error }
  }

  func append(_ bytes: [UInt8]) throws(SystemError) {
    if let error = bytes.withUnsafeBytes({ Descriptor.write($0, to: descriptor.number) }) { throw error }
  }

  func empty() throws(SystemError) { try descriptor.truncate(to: 0) }

  /// Gives the whole file its name, and the permissions of the one that it replaces.
  func become(_ target: String) throws(SystemError) {
    try descriptor.synchronize()
    if let permissions = try Files.status(target)?.permissions {
      try SystemError.check { fchmod(descriptor.number, permissions) }
    }
    try Files.rename(path, to: target)
  }

  func remove() { try? Files.remove(path) }

  /// Removes it if there is nothing in it to go on from.
  func removeIfEmpty() {
    if size == 0 { remove() }
  }
}
