internal import Messages

/// Reads files that may be compressed with gzip (RFC 1952).
public enum GzipFile {
  /// The uncompressed contents of a plain or gzip file of at most `limit` bytes.
  public static func read(_ path: String, limit: Int) throws(DatasetError) -> [UInt8] {
    let contents = try FileBytes.read(path)
    if isCompressed(contents) { return try Inflater(contents, path: path).readAll(limit: limit) }
    guard contents.count <= limit else {
      throw .invalid(
        path, found: says("\(contents.count) bytes", "\(contents.count) 字节"),
        expected: says("at most \(limit)", "至多 \(limit)"))
    }
    return contents
  }

  /// A file's first `headerSize` bytes and the rest, whose size `bodySize` tells from the header.
  ///
  /// `bodySize` is also given the most bytes that are read of the file, so that a header cannot ask for memory that the
  /// file does not fill.
  static func read(
    _ path: String, headerSize: Int,
    bodySize: (_ header: [UInt8], _ available: Int) throws(DatasetError) -> Int
  ) throws(DatasetError) -> (header: [UInt8], body: [UInt8]) {
    let contents = try FileBytes.read(path)
    if isCompressed(contents) {
      let inflater = try Inflater(contents, path: path)
      let header = try inflater.read(headerSize)
      let body = try inflater.read(bodySize(header, inflater.largestSize))
      try inflater.expectEnd(after: headerSize + body.count)
      return (header, body)
    }
    guard contents.count >= headerSize else {
      throw .invalid(
        path, found: says("\(contents.count) bytes", "\(contents.count) 字节"),
        expected: says("at least \(headerSize)", "至少 \(headerSize)"))
    }
    let header = Array(contents.prefix(headerSize))
    let size = try bodySize(header, contents.count - headerSize)
    guard contents.count == headerSize + size else {
      throw .invalid(
        path, found: says("\(contents.count) bytes", "\(contents.count) 字节"),
        expected: says("\(headerSize + size)", " \(headerSize + size)"))
    }
    return (header, Array(contents.dropFirst(headerSize)))
  }

  private static func isCompressed(_ contents: [UInt8]) -> Bool { contents.starts(with: [0x1F, 0x8B]) }
}
