import CZlib

/// An IDX file's bytes.
func idx(magic: UInt32, sizes: [Int], _ bytes: [UInt8]) -> [UInt8] {
  ([magic] + sizes.map { UInt32($0) }).flatMap { number in
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32($0))) }
  } + bytes
}

/// `bytes` as one member of a gzip file.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  deflateInit2_(
    &stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  var input = bytes
  var output = [UInt8](repeating: 0, count: bytes.count + 1000)
  let capacity = output.count
  return input.withUnsafeMutableBufferPointer { input in
    output.withUnsafeMutableBufferPointer { output in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(capacity)
      deflate(&stream, Z_FINISH)
      deflateEnd(&stream)
      return Array(output.prefix(capacity - Int(stream.avail_out)))
    }
  }
}
