internal import NeuralNetwork

/// Reads CIFAR's binary format: records of a label, a byte, and an image, a plane of bytes for each channel, row by row.
enum RecordFile {
  /// Images whose channels lie side by side, and their labels.
  struct Contents {
    var labels: [UInt8] = []
    var pixels: [UInt8] = []
  }

  /// Reads a file of at most `limit` bytes behind what `contents` has already.
  ///
  /// - Throws: `DatasetError` if the file is not there, has no whole number of records, or a label is none of `classes`.
  static func read(
    _ path: String, shape: Shape, classes: Int, limit: Int, into contents: inout Contents
  ) throws(DatasetError) {
    let bytes = try FileBytes.read(path, limit: limit)
    guard !bytes.starts(with: [0x1F, 0x8B]) else {
      throw DatasetError(
        .invalid, path: path, found: "a file compressed with gzip", expected: "the file itself",
        remedy: "Unpack it with 'gunzip' or, if it is an archive, with 'tar -xzf'.")
    }
    let size = 1 + shape.count
    guard !bytes.isEmpty, bytes.count.isMultiple(of: size) else {
      throw .invalid(
        path, found: bytes.isEmpty ? "an empty file" : "\(bytes.count) bytes",
        expected: "records of \(size) bytes, a label and \(shape.count) numbers of an image")
    }
    let records = bytes.count / size
    for record in 0..<records where bytes[record * size] >= classes {
      throw .invalid(
        path, found: "the label \(bytes[record * size]) in record \(record)",
        expected: "labels in 0...\(classes - 1)")
    }
    contents.labels += (0..<records).map { bytes[$0 * size] }
    let (channels, plane) = (shape.channels, shape.height * shape.width)
    contents.pixels += [UInt8](unsafeUninitializedCapacity: records * shape.count) { pixels, count in
      bytes.withUnsafeBufferPointer { bytes in
        for record in 0..<records {
          for channel in 0..<channels {
            let source = record * size + 1 + channel * plane
            let target = record * shape.count + channel
            for place in 0..<plane { pixels[target + place * channels] = bytes[source + place] }
          }
        }
      }
      count = records * shape.count
    }
  }

  /// The names of `count` classes in a file that has one in each line.
  ///
  /// - Throws: `DatasetError` if the file is not there, too long, or has another number of names.
  static func readNames(_ path: String, count: Int, limit: Int) throws(DatasetError) -> [String] {
    let text = String(decoding: try FileBytes.read(path, limit: limit), as: UTF8.self)
    var names = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      String(line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
    while names.last?.isEmpty == true { names.removeLast() }
    guard names.count == count, names.allSatisfy({ !$0.isEmpty && $0.count <= 100 }) else {
      throw .invalid(
        path, found: "\(names.count) lines" + (names.contains("") ? ", some of them empty" : ""),
        expected: "\(count) names of classes, one in each line, of at most 100 characters")
    }
    return names
  }
}
