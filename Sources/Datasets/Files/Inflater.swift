internal import CZlib
internal import Messages

/// Inflates the contents of a gzip file (RFC 1952), one or more members, piece by piece.
final class Inflater {
  /// deflate cannot compress better than this (zlib's technical notes), which bounds what a file can hold.
  static let largestRatio = 1032

  /// What shrinks further than this is no data, and could ask for any memory; up to `freeBytes`, which anybody has, it may.
  private static let usualRatio = 32
  private static let freeBytes = 1 << 26
  private static let smallPiece = 1 << 16

  private let contents: [UInt8]
  private let path: String
  /// On the heap, because zlib demands that its address never changes.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var position = 0
  private var status = Z_OK

  /// Begins with the contents of the file at `path`, which errors name.
  init(_ contents: [UInt8], path: String) throws(DatasetError) {
    self.contents = contents
    self.path = path
    stream.initialize(to: z_stream())
    // 15 bits of window, and 16 more ask for gzip's header and check sum.
    guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw .invalid(
        path, found: says("no memory to inflate it", "没有解压所需的内存"), expected: says("a gzip file", "gzip 文件"))
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// The most bytes that are read of the file.
  var largestSize: Int {
    min(contents.count * Self.largestRatio, Self.freeBytes + contents.count * Self.usualRatio)
  }

  /// The next `size` bytes.
  func read(_ size: Int) throws(DatasetError) -> [UInt8] {
    let bytes = readUp(to: size)
    guard bytes.count == size else { throw failure }
    return bytes
  }

  /// Everything up to the end, at most `limit` bytes.
  func readAll(limit: Int) throws(DatasetError) -> [UInt8] {
    let most = min(limit, largestSize)
    let bytes = readUp(to: most)
    guard bytes.count < most || readUp(to: 1).isEmpty else {
      throw .invalid(
        path,
        found: says(
          "more than \(most) bytes uncompressed from \(contents.count)",
          "由 \(contents.count) 字节解压出超过 \(most) 字节"),
        expected: says("at most so many", "不超过此数"))
    }
    try expectEnd(after: bytes.count)
    return bytes
  }

  /// Expects that nothing follows the `size` bytes that were read.
  ///
  /// Asking for one more byte makes zlib check the sum, and shows contents that nobody declared.
  func expectEnd(after size: Int) throws(DatasetError) {
    guard readUp(to: 1).isEmpty else {
      throw .invalid(
        path, found: says("more than \(size) bytes uncompressed", "解压后超过 \(size) 字节"),
        expected: says("exactly \(size)", "恰好 \(size) 字节"))
    }
    guard status == Z_STREAM_END else { throw failure }
    guard position == contents.count else {
      throw .invalid(
        path,
        found: says(
          "\(contents.count - position) bytes after the compressed data",
          "压缩数据之后还有 \(contents.count - position) 字节"), expected: says("none", "没有"))
    }
  }

  /// As many of the next `size` bytes as there are, without memory for what only a header promises: images shrink to an
  /// eighth at the best, and from there on there is room for no more than twice of what has come.
  private func readUp(to size: Int) -> [UInt8] {
    var bytes = piece(min(size, 8 * contents.count + Self.smallPiece))
    while bytes.count < size {
      let next = piece(min(size - bytes.count, max(bytes.count, Self.smallPiece)))
      guard !next.isEmpty else { break }
      bytes += next
    }
    return bytes
  }

  private func piece(_ size: Int) -> [UInt8] {
    guard size > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in count = fill(buffer) }
  }

  /// Fills `buffer`, across members, as far as the contents go; returns the bytes written.
  private func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    // zlib counts in 32 bits.
    let chunk = Int(Int32.max)
    var written = 0
    contents.withUnsafeBufferPointer { input in
      guard let source = input.baseAddress, let target = buffer.baseAddress else { return }
      while written < buffer.count {
        if status == Z_STREAM_END {
          // Tapes and object stores fill up their last block with zeros, which gzip ignores too.
          while position < input.count, input[position] == 0 { position += 1 }
          guard input[position...].starts(with: [0x1F, 0x8B]) else { return }
          inflateReset(stream)
        }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: source + position)
        stream.pointee.avail_in = UInt32(min(input.count - position, chunk))
        stream.pointee.next_out = target + written
        stream.pointee.avail_out = UInt32(min(buffer.count - written, chunk))
        let (availableIn, availableOut) = (stream.pointee.avail_in, stream.pointee.avail_out)
        status = inflate(stream, Z_NO_FLUSH)
        position += Int(availableIn - stream.pointee.avail_in)
        written += Int(availableOut - stream.pointee.avail_out)
        guard status == Z_OK || status == Z_STREAM_END else { return }
      }
    }
    return written
  }

  private var failure: DatasetError {
    switch status {
    case Z_DATA_ERROR:
      let reason = stream.pointee.msg.map { String(cString: $0) } ?? says("damaged data", "数据已损坏")
      return .invalid(
        path, found: says("corrupt gzip data (\(reason))", "gzip 数据已损坏（\(reason)）"),
        expected: says("an intact gzip file", "完好的 gzip 文件"))
    case Z_STREAM_END:
      return .invalid(
        path, found: says("fewer bytes than its header declares", "字节数比文件头声明的少"),
        expected: says("all of them", "全部字节"))
    default:
      return .invalid(
        path, found: says("gzip data that end too early", "gzip 数据过早结束"),
        expected: says("the whole file", "完整的文件"))
    }
  }
}
