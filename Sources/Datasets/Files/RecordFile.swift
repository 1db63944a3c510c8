internal import Messages
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
        .invalid, path: path, found: says("a file compressed with gzip", "用 gzip 压缩的文件"),
        expected: says("the file itself", "文件本身"),
        remedy: says(
          "Unpack it with 'gunzip' or, if it is an archive, with 'tar -xzf'.",
          "请用 'gunzip' 解压；如果是归档文件，请用 'tar -xzf'。"))
    }
    let size = 1 + shape.count
    guard !bytes.isEmpty, bytes.count.isMultiple(of: size) else {
      throw .invalid(
        path,
        found: bytes.isEmpty
          ? says("an empty file", "空文件") : says("\(bytes.count) bytes", "\(bytes.count) 字节"),
        expected: says(
          "records of \(size) bytes, a label and \(shape.count) numbers of an image",
          "每条 \(size) 字节的记录：一个标签和一幅图像的 \(shape.count) 个数"))
    }
    let records = bytes.count / size
    for record in 0..<records where bytes[record * size] >= classes {
      throw .invalid(
        path,
        found: says(
          "the label \(bytes[record * size]) in record \(record)",
          "第 \(record) 条记录的标签 \(bytes[record * size])"),
        expected: says("labels in 0...\(classes - 1)", " 0...\(classes - 1) 的标签"))
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
        path,
        found: says("\(names.count) lines", "\(names.count) 行")
          + (names.contains("") ? says(", some of them empty", "，其中有空行") : ""),
        expected: says(
          "\(count) names of classes, one in each line, of at most 100 characters",
          " \(count) 个类别名，每行一个，至多 100 个字符"))
    }
    return names
  }
}
