/// Reads the IDX format: a magic number, the size of each dimension, and one byte for each element.
///
/// The magic number's last two bytes are the element type (8, unsigned byte) and the number of dimensions; all numbers
/// are big-endian (LeCun, Cortes and Burges, *The MNIST database*).
enum IDXFile {
  /// A file of images, three dimensions, or of labels, one.
  enum Contents: UInt32 {
    case images = 0x0803
    case labels = 0x0801

    var dimensions: Int { Int(rawValue & 0xFF) }
    var name: String { self == .images ? "images" : "labels" }
  }

  /// The sizes of the dimensions and the bytes of a file with the wanted contents.
  static func read(
    _ path: String, contents: Contents
  ) throws(DatasetError) -> (sizes: [Int], bytes: [UInt8]) {
    let headerSize = 4 + 4 * contents.dimensions
    let (header, bytes) = try GzipFile.read(path, headerSize: headerSize) {
      (header, available) throws(DatasetError) in
      try check(magic: number(header, at: 0), contents: contents, path: path)
      let sizes = dimensions(in: header)
      let (size, overflows) = product(sizes)
      guard !overflows, size <= available else {
        let shape = sizes.map(String.init).joined(separator: " × ")
        throw .invalid(
          path, found: "a header that declares \(shape) bytes",
          expected: "at most \(available) from its length")
      }
      return size
    }
    return (dimensions(in: header), bytes)
  }

  /// What a file of images (three dimensions) or labels (one) begins with.
  static func header(dimensions: [Int]) -> [UInt8] {
    let magic: Contents = dimensions.count == 3 ? .images : .labels
    return ([Int(magic.rawValue)] + dimensions).flatMap { number in
      (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
    }
  }

  private static func check(magic: UInt32, contents: Contents, path: String) throws(DatasetError) {
    guard magic != contents.rawValue else { return }
    let found =
      Contents(rawValue: magic).map { "a file of \($0.name) (magic number \(magic))" }
      ?? "the magic number \(magic)"
    throw .invalid(
      path, found: found, expected: "an IDX file of \(contents.name) (magic number \(contents.rawValue))")
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

  private static func number(_ bytes: [UInt8], at offset: Int) -> UInt32 {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }
}
