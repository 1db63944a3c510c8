internal import Platform

/// A text file with one writer that only ever grows by whole lines.
///
/// Whoever reads it at any moment, also after a kill or a power failure, finds whole lines and at most one
/// incomplete line at the end.
public struct LineFile: ~Copyable {
  /// Far more than any session writes in a day.
  public static let mostBytes = 1 << 30

  private let file: OpenFile

  /// Opens the file at `path` for writing, or makes it.
  ///
  /// An incomplete last line, which nobody could read, is cut off so that the next line stands alone.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public init(appendingTo path: String) throws(RunLogError) {
    // Never through a link: a session's folder may come from anybody.
    let file = try OpenFile(
      path, flags: O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW, failure: .unwritable)
    let size = try file.size(upTo: Self.mostBytes)
    let complete = try Self.endOfLastLine(in: file, size: size)
    if complete < size { try file.truncate(to: complete) }
    self.file = file
  }

  /// Makes a file at `path`, where there is none.
  ///
  /// - Throws: `RunLogError` if there is one, or the system refuses.
  public init(beginning path: String) throws(RunLogError) {
    file = try OpenFile(
      path, flags: O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW, failure: .unwritable)
  }

  /// Writes lines, given without their line breaks, in one piece.
  ///
  /// - Throws: `RunLogError` if the system refuses, for example because the disk is full; the file is as before then.
  public func append(_ lines: [String]) throws(RunLogError) {
    guard !lines.isEmpty else { return }
    try file.append(lines.flatMap { Array($0.utf8) + [Self.lineBreak] })
  }

  /// Waits until all lines would survive a power failure; a kill of the program they survive anyway.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public func synchronize() throws(RunLogError) { try file.synchronize() }

  /// The complete lines of the file at `path`, and whether an incomplete one follows, which is left out.
  ///
  /// - Throws: `RunLogError` if there is no such file or it cannot be read.
  public static func read(_ path: String) throws(RunLogError) -> (lines: [[UInt8]], isCutOff: Bool) {
    let (bytes, lines) = try contents(path)
    return (lines.map { Array(bytes[$0]) }, (lines.last.map { $0.upperBound + 1 } ?? 0) < bytes.count)
  }

  /// The file at `path`, and where its complete lines are in it, without their line breaks.
  ///
  /// - Throws: `RunLogError` if there is no such file or it cannot be read.
  static func contents(_ path: String) throws(RunLogError) -> (bytes: [UInt8], lines: [Range<Int>]) {
    let bytes = try DurableFile.read(path, limit: mostBytes)
    var (lines, start): ([Range<Int>], Int) = ([], 0)
    for index in bytes.indices where bytes[index] == lineBreak {
      lines.append(start..<index)
      start = index + 1
    }
    return (bytes, lines)
  }

  private static let lineBreak = UInt8(ascii: "\n")

  /// Where the line after the last line break begins, searched from the end.
  private static func endOfLastLine(in file: borrowing OpenFile, size: Int) throws(RunLogError) -> Int {
    var end = size
    while end > 0 {
      let start = max(0, end - 4096)
      if let index = try file.bytes(at: start, count: end - start).lastIndex(of: lineBreak) {
        return start + index + 1
      }
      end = start
    }
    return 0
  }
}
