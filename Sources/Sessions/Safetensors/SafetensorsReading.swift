internal import Messages

extension SafetensorsFile {
  /// Reads the file at `path`.
  ///
  /// - Throws: `RunLogError` if it cannot be read, or is not a complete, consistent file of known types.
  public init(path: String) throws(RunLogError) {
    self = try Self(DurableFile.read(path, limit: Self.mostBytes), path: path)
  }

  /// More than a checkpoint of the largest network has, with what an optimiser remembers and the best weights.
  static let mostBytes = 1 << 31

  /// Reads the bytes of a file whose `path` errors name.
  ///
  /// - Throws: `RunLogError` if the bytes are not a complete, consistent file of known types.
  public init(_ bytes: [UInt8], path: String) throws(RunLogError) {
    do {
      (tensors, metadata) = try Self.read(bytes)
    } catch {
      throw RunLogError(
        .invalid, path: path,
        problem: says(
          "not a usable safetensors file: \(error.problem)", "不是可用的 safetensors 文件：\(error.problem)"),
        remedy: error.remedy)
    }
  }

  private static func read(_ bytes: [UInt8]) throws(SafetensorsFault) -> ([StoredTensor], [String: String]) {
    guard bytes.count >= 8 else {
      throw SafetensorsFault(
        says(
          "it ends after \(bytes.count) bytes, within the length of its header",
          "它在 \(bytes.count) 字节后结束，文件头的长度尚未读完"))
    }
    let declared = bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    guard declared <= UInt64(largestHeader) else {
      throw SafetensorsFault(
        says(
          "its header is declared to be \(declared) bytes, more than \(largestHeader)",
          "声明的文件头有 \(declared) 字节，超过 \(largestHeader)"))
    }
    let start = 8 + Int(declared)
    guard start <= bytes.count else {
      throw SafetensorsFault(
        says(
          "it ends after \(bytes.count) bytes, but its header to byte \(start)",
          "它在 \(bytes.count) 字节后结束，而文件头到第 \(start) 字节"))
    }
    let header = try SafetensorsHeader(bytes[8..<start])
    try checkPlaces(header.entries, size: bytes.count - start)
    let tensors = header.entries.map { entry in
      StoredTensor(
        entry.name, shape: entry.shape,
        values(entry.type, in: bytes, at: start + entry.offsets.lowerBound, count: entry.count))
    }
    return (tensors, header.metadata)
  }

  /// Checks that the entries, which are in the order of their places, cover the numbers without gap or overlap.
  private static func checkPlaces(
    _ entries: [SafetensorsHeader.Entry], size: Int
  ) throws(SafetensorsFault) {
    var end = 0
    for entry in entries {
      guard entry.offsets.upperBound <= size else {
        throw SafetensorsFault(
          says(
            "the numbers of '\(entry.name)' end at byte \(entry.offsets.upperBound) of \(size) (cut off, or damaged)",
            "'\(entry.name)' 的数到第 \(entry.offsets.upperBound) 字节，而只有 \(size) 字节（被截断或已损坏）"))
      }
      guard entry.offsets.lowerBound == end else {
        let fault =
          entry.offsets.lowerBound < end
          ? says("overlap those before", "与前面的重叠") : says("leave a gap before them", "与前面的之间有空隙")
        throw SafetensorsFault(says("the numbers of '\(entry.name)' \(fault)", "'\(entry.name)' 的数\(fault)"))
      }
      end = entry.offsets.upperBound
    }
    guard end == size else {
      throw SafetensorsFault(
        says("\(size - end) bytes follow the last tensor", "最后一个张量之后还有 \(size - end) 字节"))
    }
  }

  private static func values(_ type: TensorType, in bytes: [UInt8], at start: Int, count: Int)
    -> StoredTensor.Values
  {
    switch type {
    case .float32:
      .float32(integers(UInt32.self, in: bytes, at: start, count: count).map(Float.init(bitPattern:)))
    case .int64: .int64(integers(Int64.self, in: bytes, at: start, count: count))
    case .uint64: .uint64(integers(UInt64.self, in: bytes, at: start, count: count))
    }
  }

  private static func integers<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ type: Integer.Type, in bytes: [UInt8], at start: Int, count: Int
  ) -> [Integer] {
    bytes.withUnsafeBytes { bytes in
      (0..<count).map { index in
        Integer(
          littleEndian: bytes.loadUnaligned(
            fromByteOffset: start + index * MemoryLayout<Integer>.size, as: Integer.self))
      }
    }
  }
}

/// What is wrong with a file in the safetensors format.
struct SafetensorsFault: Error {
  let problem: String
  /// What can be done about it, where that is more than to take another file.
  let remedy: String?

  init(_ problem: String, remedy: String? = nil) { (self.problem, self.remedy) = (problem, remedy) }
}
