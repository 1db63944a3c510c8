internal import Messages

/// Reads the IDX format: a magic number, the size of each dimension, and the elements.
///
/// The magic number's last two bytes are the element type (8, unsigned byte; 12, integer of 32 bits) and the number of
/// dimensions; all numbers are big-endian (LeCun, Cortes and Burges, *The MNIST database*).
enum IDXFile {
  /// A file of images, three dimensions, or of labels, one, or two where each is a row of integers.
  enum Contents: UInt32 {
    case images = 0x0803
    case labels = 0x0801
    case labelRows = 0x0C02

    var dimensions: Int { Int(rawValue & 0xFF) }
    var bytesPerElement: Int { self == .labelRows ? 4 : 1 }
    var name: String {
      switch self {
      case .images: says("images", "图像")
      case .labels: says("labels", "标签")
      case .labelRows: says("rows of labels", "成行的标签")
      }
    }
  }

  /// Bytes of a row of labels: eight integers, the class, the writer and what else is known of a digit.
  static let labelRowSize = 8 * 4

  /// The sizes of the dimensions and the bytes of a file with the wanted contents, and with samples of the wanted size.
  static func read(
    _ path: String, contents: Contents, sampleSizes: [Int]? = nil
  ) throws(DatasetError) -> (sizes: [Int], bytes: [UInt8]) {
    let headerSize = headerSize(dimensions: contents.dimensions)
    let (header, bytes) = try GzipFile.read(path, headerSize: headerSize) {
      (header, available) throws(DatasetError) in
      try check(magic: number(header, at: 0), contents: contents, path: path)
      let sizes = dimensions(in: header)
      if let sampleSizes, sampleSizes != Array(sizes.dropFirst()) {
        throw .invalid(
          path,
          found:
            says(
              "\(contents.name) of \(text(sizes.dropFirst())) \(contents == .images ? "pixels" : "numbers")",
              "\(contents.name)为 \(text(sizes.dropFirst())) \(contents == .images ? "像素" : "个数")"),
          expected: says(text(sampleSizes[...]), " \(text(sampleSizes[...]))"))
      }
      let (size, overflows) = product(sizes + [contents.bytesPerElement])
      guard !overflows, size <= available else {
        throw .invalid(
          path,
          found: says("a header that declares \(text(sizes[...])) bytes", "文件头声明有 \(text(sizes[...])) 字节"),
          expected: says("at most \(available) from its length", "至多 \(available)（按文件长度）"))
      }
      return size
    }
    return (dimensions(in: header), bytes)
  }

  /// Bytes before the elements: the magic number and the size of each dimension.
  static func headerSize(dimensions: Int) -> Int { 4 + 4 * dimensions }

  /// What a file of bytes in so many dimensions begins with: of images three, in colour four, of labels one.
  static func header(dimensions: [Int]) -> [UInt8] {
    ([0x0800 | dimensions.count] + dimensions).flatMap { number in
      (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }
  }

  /// The labels in a file of rows of labels: the first number of each row.
  ///
  /// - Throws: `DatasetError` if the file is not what it should be, or a class is no byte.
  static func readLabelRows(_ path: String) throws(DatasetError) -> [UInt8] {
    let bytes = try read(path, contents: .labelRows, sampleSizes: [labelRowSize / 4]).bytes
    var labels: [UInt8] = []
    labels.reserveCapacity(bytes.count / labelRowSize)
    for start in stride(from: 0, to: bytes.count, by: labelRowSize) {
      let number = number(bytes, at: start)
      guard let label = UInt8(exactly: number) else {
        throw .invalid(
          path,
          found: says(
            "the label \(Int32(bitPattern: number)) at position \(labels.count)",
            "位置 \(labels.count) 的标签 \(Int32(bitPattern: number))"),
          expected: says("labels of at most 255", "不超过 255 的标签"))
      }
      labels.append(label)
    }
    return labels
  }

  private static func check(magic: UInt32, contents: Contents, path: String) throws(DatasetError) {
    guard magic != contents.rawValue else { return }
    let found =
      Contents(rawValue: magic).map {
        says("a file of \($0.name) (magic number \(magic))", "\($0.name)文件（魔数 \(magic)）")
      }
      ?? says("the magic number \(magic)", "魔数 \(magic)")
    throw .invalid(
      path, found: found,
      expected: says(
        "an IDX file of \(contents.name) (magic number \(contents.rawValue))",
        "\(contents.name)的 IDX 文件（魔数 \(contents.rawValue)）"))
  }

  private static func dimensions(in header: [UInt8]) -> [Int] {
    stride(from: 4, to: header.count, by: 4).map { Int(number(header, at: $0)) }
  }

  private static func product(_ sizes: [Int]) -> (size: Int, overflows: Bool) {
    sizes.reduce((1, false)) { partial, size in
      let (product, overflows) = partial.0.multipliedReportingOverflow(by: size)
      return (product, partial.1 || overflows)
    }
  }

  private static func text(_ sizes: ArraySlice<Int>) -> String {
    sizes.map(String.init).joined(separator: " × ")
  }

  private static func number(_ bytes: [UInt8], at offset: Int) -> UInt32 {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}
