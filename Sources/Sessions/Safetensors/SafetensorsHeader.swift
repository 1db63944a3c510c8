internal import Messages

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
    guard bytes.first == UInt8(ascii: "{") else {
      throw SafetensorsFault(says("its header is not a JSON object", "文件头不是 JSON 对象"))
    }
    var scanner = SafetensorsScanner(bytes)
    var names: Set<String> = []
    try scanner.object { scanner, name throws(SafetensorsFault) in
      guard names.insert(name).inserted else {
        throw SafetensorsFault(says("'\(name)' is there twice", "'\(name)' 出现了两次"))
      }
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
      guard texts[name] == nil else {
        throw SafetensorsFault(says("its metadata have '\(name)' twice", "元数据中 '\(name)' 出现了两次"))
      }
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
      case "dtype", "shape", "data_offsets":
        throw SafetensorsFault(says("'\(name)' has its \(key) twice", "'\(name)' 的 \(key) 出现了两次"))
      // What other writers add is theirs.
      default: try scanner.skip()
      }
    }
    guard let type, let shape, let offsets else {
      throw SafetensorsFault(
        says("'\(name)' lacks its dtype, shape or data_offsets", "'\(name)' 缺少 dtype、shape 或 data_offsets"))
    }
    guard let type = TensorType(rawValue: type) else {
      throw SafetensorsFault(
        says(
          "'\(name)' has numbers of type \(type); F32, I64 and U64 can be read",
          "'\(name)' 的数的类型是 \(type)；可读的是 F32、I64 和 U64"),
        remedy: says("Save the weights as single-precision floats", "请把权重存为单精度浮点数"))
    }
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw SafetensorsFault(
        says(
          "'\(name)' has the data_offsets \(offsets), which are no range",
          "'\(name)' 的 data_offsets \(offsets) 不是区间"))
    }
    guard let count = StoredTensor.count(of: shape), count <= Int.max / type.size else {
      throw SafetensorsFault(
        says("the shape \(shape) of '\(name)' is too large", "'\(name)' 的形状 \(shape) 太大"))
    }
    let (size, room) = (count * type.size, offsets[1] - offsets[0])
    guard size == room else {
      throw SafetensorsFault(
        says(
          "the shape \(shape) of '\(name)' needs \(size) bytes, its data_offsets hold \(room)",
          "'\(name)' 的形状 \(shape) 需要 \(size) 字节，而 data_offsets 有 \(room) 字节"))
    }
    return Entry(name: name, type: type, shape: shape, offsets: offsets[0]..<offsets[1])
  }
}
