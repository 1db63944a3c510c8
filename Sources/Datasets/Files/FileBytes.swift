internal import Messages
internal import Platform

/// The bytes of files that anybody may have made.
enum FileBytes {
  /// More than any file of images or labels has; a file with holes can claim more than there is memory.
  static let most = 1 << 30

  /// The first `count` bytes of a file, or all where it has fewer.
  ///
  /// - Throws: `DatasetError` if there is no such file, or it is a pipe, device or folder.
  static func readBeginning(_ path: String, count: Int) throws(DatasetError) -> [UInt8] {
    do throws(SystemError) {
      let file = try Descriptor(path, flags: O_RDONLY | O_NONBLOCK)
      if try file.status.kind == .file { return try file.bytes(at: 0, count: count) }
    } catch {
      throw DatasetError(
        .missing, path: path, found: "\(error)", expected: says("a readable file", "可读的文件"),
        remedy: says("Check the path and its permissions.", "请检查路径及其权限。"))
    }
    throw DatasetError(
      .missing, path: path, found: says("not a file", "不是文件"), expected: says("a file", "文件"),
      remedy: says("Give another path.", "请给出另一个路径。"))
  }

  /// A file's bytes as they are.
  ///
  /// - Throws: `DatasetError` if there is no such file, it is a pipe, device or folder, or has more than `limit` bytes.
  static func read(_ path: String, limit: Int = most) throws(DatasetError) -> [UInt8] {
    let status: Files.Status
    let bytes: [UInt8]
    do throws(SystemError) {
      // A pipe that nobody writes to would otherwise be waited for.
      let file = try Descriptor(path, flags: O_RDONLY | O_NONBLOCK)
      status = try file.status
      let isWanted = status.kind == .file && status.size <= limit
      bytes = isWanted ? try file.bytes(at: 0, count: status.size) : []
    } catch {
      throw DatasetError(
        .missing, path: path, found: "\(error)", expected: says("a readable file", "可读的文件"),
        remedy: says("Check the path and its permissions.", "请检查路径及其权限。"))
    }
    guard status.kind == .file else {
      throw DatasetError(
        .missing, path: path, found: says("not a file", "不是文件"), expected: says("a file", "文件"),
        remedy: says("Give another path.", "请给出另一个路径。"))
    }
    guard status.size <= limit else {
      throw .invalid(
        path, found: says("\(status.size) bytes", "\(status.size) 字节"),
        expected: says("at most \(limit)", "至多 \(limit)"))
    }
    return bytes
  }
}
