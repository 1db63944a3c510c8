internal import Messages
internal import Platform

/// A log that may grow: the files of one run that follow each other, or a pipe.
struct FollowedLog {
  private struct File {
    let path: String
    var reader: AnyLogReader
    var offset = 0
    var size = 0
    var identity: [UInt64]?
  }

  let name: String
  private let isSession: Bool
  private var files: [File]
  private let stream: StreamInput?
  private var streamReader = AnyLogReader(name: "")
  private(set) var isOpenStream = false
  private(set) var readBytes = 0
  private(set) var contents = LogContents()
  private var failure: String?

  init(files: [String], name: String, isSession: Bool = false) {
    (self.name, self.isSession, stream) = (name, isSession, nil)
    self.files = []
    add(files)
  }

  init(stream: StreamInput, name: String) {
    (self.name, isSession, files, self.stream) = (name, false, [], stream)
    isOpenStream = true
  }

  private func reader(of path: String) -> AnyLogReader {
    isSession
      ? AnyLogReader(JSONLinesLogReader(isSession: true)) : AnyLogReader(name: path.folderAndName.name)
  }

  /// Takes in those files that are new.
  mutating func add(_ paths: [String]) {
    for path in paths where !files.contains(where: { $0.path.hasSameBytes(as: path) }) {
      files.append(File(path: path, reader: reader(of: path)))
    }
  }

  var size: Int { files.reduce(0) { $0 + $1.size } }
  var hasMore: Bool { isOpenStream || files.contains { $0.size > $0.offset } }
  func isOnlyStream(among count: Int) -> Bool { stream != nil && count == 1 }
  var notes: [String] {
    let place = files.count == 1 ? files[0].path : files.first.map { $0.path.folderAndName.folder } ?? name
    return contents.notes(of: place) + [failure].compactMap(\.self)
  }

  /// Reads up to `count` bytes of the first file that has more; whether something is new.
  mutating func read(_ count: Int) -> Bool {
    if let stream { return read(stream, count) }
    do throws(SystemError) {
      for index in files.indices {
        let path = files[index].path
        guard let status = try Files.status(path) else { continue }
        guard status.kind == .file else { throw SystemError(code: EINVAL) }
        if status.size < files[index].offset || files[index].identity.map({ $0 != status.identity }) ?? false
          || AnyLogReader.isDocument(path) && files[index].offset > 0 && status.size != files[index].size
        {
          readAnew()
          return true
        }
        (files[index].size, files[index].identity) = (status.size, status.identity)
        guard status.size > files[index].offset else { continue }
        let bytes = try Descriptor(path, flags: O_RDONLY | O_NONBLOCK).bytes(
          at: files[index].offset, count: count)
        guard !bytes.isEmpty else { continue }
        contents.part = index
        files[index].offset += bytes.count
        readBytes += bytes.count
        files[index].reader.read(bytes, into: &contents)
        failure = nil
        return true
      }
    } catch {
      let path = files.first?.path ?? name
      let message = says("\(path): it cannot be read: \(error).", "\(path)：无法读取：\(error)。")
      defer { failure = message }
      return failure != message
    }
    return false
  }

  private mutating func read(_ stream: StreamInput, _ count: Int) -> Bool {
    guard isOpenStream else { return false }
    do throws(SystemError) {
      guard let bytes = try stream.bytes(count) else {
        isOpenStream = false
        finish()
        return true
      }
      readBytes += bytes.count
      streamReader.read(bytes, into: &contents)
      return !bytes.isEmpty
    } catch {
      (isOpenStream, failure) = (
        false, says("\(name): it cannot be read: \(error).", "\(name)：无法读取：\(error)。")
      )
      return true
    }
  }

  /// Begins with the first file again: one of them is no longer what it was.
  private mutating func readAnew() {
    (contents, readBytes) = (LogContents(), 0)
    contents.note(.replaced, at: "")
    files = files.map { File(path: $0.path, reader: reader(of: $0.path)) }
  }

  mutating func finish() {
    for index in files.indices {
      contents.part = index
      files[index].reader.finish(into: &contents)
    }
    streamReader.finish(into: &contents)
  }
}

/// The reading end of a pipe, or standard input.
final class StreamInput: Sendable {
  private let descriptor: Descriptor?
  private let number: Int32

  init(_ descriptor: consuming Descriptor) {
    number = descriptor.number
    self.descriptor = consume descriptor
  }

  /// A descriptor that somebody else closes.
  init(number: Int32) {
    self.number = number
    descriptor = nil
  }

  /// What is there now, up to `count` bytes: none if nothing is; `nil` at the end.
  func bytes(_ count: Int) throws(SystemError) -> [UInt8]? { try Descriptor.available(count, from: number) }
}
