import Experiment

extension SafetensorsFile {
  /// Writes the file at `path`, completely or not at all.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public func write(to path: String) throws(RunLogError) { try DurableFile.write(bytes, to: path) }

  /// The file's bytes, the same that the reference implementation writes.
  public var bytes: [UInt8] {
    var header = Array(headerText.utf8)
    // Spaces up to a multiple of 8 align the numbers.
    header += [UInt8](repeating: UInt8(ascii: " "), count: -header.count & 7)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + header.count + tensors.map(\.byteCount).reduce(0, +))
    Self.append([UInt64(header.count)], to: &bytes)
    bytes += header
    for tensor in tensors {
      switch tensor.values {
      case .float32(let values): Self.append(values.map(\.bitPattern), to: &bytes)
      case .int64(let values): Self.append(values, to: &bytes)
      case .uint64(let values): Self.append(values, to: &bytes)
      }
    }
    return bytes
  }

  private var headerText: String {
    var members: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }.map {
        "\(JSONObject.quoted($0.key)):\(JSONObject.quoted($0.value))"
      }
      members.append("\(JSONObject.quoted(Self.metadataName)):{\(texts.joined(separator: ","))}")
    }
    var offset = 0
    for tensor in tensors {
      let shape = tensor.shape.map { String($0) }.joined(separator: ",")
      let end = offset + tensor.byteCount
      members.append(
        "\(JSONObject.quoted(tensor.name)):{\"dtype\":\"\(tensor.type.rawValue)\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    return "{\(members.joined(separator: ","))}"
  }

  private static func append<Integer: FixedWidthInteger>(_ values: [Integer], to bytes: inout [UInt8]) {
    values.map(\.littleEndian).withUnsafeBytes { bytes.append(contentsOf: $0) }
  }
}
