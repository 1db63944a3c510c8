internal import Messages

/// Reads a tar archive that is compressed with gzip: the files that are asked for, and nothing else (POSIX.1-1988, ustar).
///
/// What the archive says of paths, links and owners has no effect: a member is a name to compare and bytes.
enum TarFile {
  private static let block = 512

  /// Calls `body` with the contents of each member that is a file of a name in `sizes`, which must have so many bytes.
  ///
  /// - Throws: `DatasetError` if the archive is damaged or a member has more bytes than it may, and what `body` throws.
  static func read(
    _ path: String, sizes: [String: Int],
    _ body: (_ name: String, _ contents: [UInt8]) throws(DatasetError) -> Void
  ) throws(DatasetError) {
    let contents = try FileBytes.read(path)
    guard contents.starts(with: [0x1F, 0x8B]) else {
      throw .invalid(
        path, found: says("no gzip file", "不是 gzip 文件"),
        expected: says("a tar archive compressed with gzip", "用 gzip 压缩的 tar 归档"))
    }
    let inflater = try Inflater(contents, path: path)
    while true {
      let header = try inflater.read(block)
      // The archive ends with blocks of zeros.
      guard header.contains(where: { $0 != 0 }) else { return }
      let member = try Member(header, path: path)
      guard let most = sizes[member.name], member.isFile else {
        try skip(member.paddedSize, of: inflater)
        continue
      }
      guard member.size <= most else {
        throw .invalid(
          path, found: says("\(member.name) with \(member.size) bytes", "\(member.name) 有 \(member.size) 字节"),
          expected: says("at most \(most)", "至多 \(most)"))
      }
      let contents = try inflater.read(member.size)
      try skip(member.paddedSize - member.size, of: inflater)
      try body(member.name, contents)
    }
  }

  private static func skip(_ size: Int, of inflater: Inflater) throws(DatasetError) {
    var left = size
    while left > 0 {
      let piece = min(left, 1 << 20)
      _ = try inflater.read(piece)
      left -= piece
    }
  }

  /// What the header of a member says.
  private struct Member {
    let name: String
    let size: Int
    /// Whether it is a file, and no link, folder or note of the archiver.
    let isFile: Bool

    /// Bytes up to the next header.
    var paddedSize: Int { (size + block - 1) / block * block }

    init(_ header: [UInt8], path: String) throws(DatasetError) {
      // The sum of all bytes, those of the sum itself counting as blanks.
      let sum = header.enumerated().reduce(0) {
        $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element))
      }
      guard let size = Self.number(header[124..<136]), size <= FileBytes.most,
        Self.number(header[148..<156]) == sum
      else {
        throw .invalid(
          path, found: says("a damaged header of a member", "成员的文件头已损坏"),
          expected: says("an intact tar archive", "完好的 tar 归档"))
      }
      self.size = size
      isFile = [0, UInt8(ascii: "0")].contains(header[156])
      let folder = header[257..<262].elementsEqual("ustar".utf8) ? Self.text(header[345..<500]) : ""
      name = (folder.isEmpty ? "" : folder + "/") + Self.text(header[0..<100])
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
      String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// A number in octal digits.
    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
      let digits = field.drop { $0 == 32 }.prefix { $0 != 32 && $0 != 0 }
      return Int(String(decoding: digits, as: UTF8.self), radix: 8).flatMap { $0 >= 0 ? $0 : nil }
    }
  }
}
