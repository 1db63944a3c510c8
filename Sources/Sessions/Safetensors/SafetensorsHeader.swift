/// The header of a safetensors file, checked as far as it can be without the numbers.
struct SafetensorsHeader {
  /// One tensor's description.
  struct Entry {
    var name: String
    var type: TensorType
    var shape: [Int]
    var offsets: Range<Int>

    var count: Int { offsets.count / type.size }
  }

  /// The tensors in the order of their numbers.
  private(set) var entries: [Entry] = []
  private(set) var metadata: [String: String] = [:]

  /// Reads a header.
  init(_ bytes: ArraySlice<UInt8>) throws(SafetensorsFault) {
    guard bytes.first == UInt8(ascii: "{") else { throw SafetensorsFault("its header is not a JSON object") }
    var scanner = SafetensorsScanner(bytes)
    var names: Set<String> = []
    try scanner.object { scanner, name throws(SafetensorsFault) in
      guard names.insert(name).inserted else { throw SafetensorsFault("'\(name)' is there twice") }
      if name == SafetensorsFile.metadataName {
        metadata = try Self.texts(&scanner)
      } else {
        try entries.append(Self.entry(name, &scanner))
      }
    }
    try scanner.end()
    entries.sort {
      ($0.offsets.lowerBound, $0.offsets.upperBound) < ($1.offsets.lowerBound, $1.offsets.upperBound)
    }
  }

  private static func texts(_ scanner: inout SafetensorsScanner) throws(SafetensorsFault) -> [String: String]
  {
    var texts: [String: String] = [:]
    // Some writers say so that there are none.
    guard !scanner.null() else { return texts }
    try scanner.object { scanner, name throws(SafetensorsFault) in
      guard texts[name] == nil else { throw SafetensorsFault("its metadata have '\(name)' twice") }
      texts[name] = try scanner.string()
    }
    return texts
  }

  private static func entry(
    _ name: String, _ scanner: inout SafetensorsScanner
  ) throws(SafetensorsFault) -> Entry {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try scanner.object { scanner, key throws(SafetensorsFault) in
      switch key {
      case "dtype" where type == nil: type = try scanner.string()
      case "shape" where shape == nil: shape = try scanner.integers()
      case "data_offsets" where offsets == nil: offsets = try scanner.integers()
      case "dtype", "shape", "data_offsets": throw SafetensorsFault("'\(name)' has its \(key) twice")
      // What other writers add is theirs.
      default: try scanner.skip()
      }
    }
    guard let type, let shape, let offsets else {
      throw SafetensorsFault("'\(name)' lacks its dtype, shape or data_offsets")
    }
    guard let type = TensorType(rawValue: type) else {
      throw SafetensorsFault("'\(name)' has numbers of type \(type); F32, I64 and U64 can be read")
    }
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw SafetensorsFault("'\(name)' has the data_offsets \(offsets), which are no range")
    }
    guard let count = StoredTensor.count(of: shape), count <= Int.max / type.size else {
      throw SafetensorsFault("the shape \(shape) of '\(name)' is too large")
    }
    let (size, room) = (count * type.size, offsets[1] - offsets[0])
    guard size == room else {
      throw SafetensorsFault(
        "the shape \(shape) of '\(name)' needs \(size) bytes, its data_offsets hold \(room)")
    }
    return Entry(name: name, type: type, shape: shape, offsets: offsets[0]..<offsets[1])
  }
}
