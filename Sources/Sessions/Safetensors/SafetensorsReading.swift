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
      throw RunLogError(.invalid, path: path, problem: "not a usable safetensors file: \(error.problem)")
    }
  }

  private static func read(_ bytes: [UInt8]) throws(SafetensorsFault) -> ([StoredTensor], [String: String]) {
    guard bytes.count >= 8 else {
      throw SafetensorsFault("it ends after \(bytes.count) bytes, within the length of its header")
    }
    let declared = bytes.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    guard declared <= UInt64(largestHeader) else {
      throw SafetensorsFault("its header is declared to be \(declared) bytes, more than \(largestHeader)")
    }
    let start = 8 + Int(declared)
    guard start <= bytes.count else {
      throw SafetensorsFault("it ends after \(bytes.count) bytes, but its header to byte \(start)")
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
          "the numbers of '\(entry.name)' end at byte \(entry.offsets.upperBound) of \(size)"
            + " (cut off, or damaged)")
      }
      guard entry.offsets.lowerBound == end else {
        let fault = entry.offsets.lowerBound < end ? "overlap those before" : "leave a gap before them"
        throw SafetensorsFault("the numbers of '\(entry.name)' \(fault)")
      }
      end = entry.offsets.upperBound
    }
    guard end == size else { throw SafetensorsFault("\(size - end) bytes follow the last tensor") }
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

  init(_ problem: String) { self.problem = problem }
}
