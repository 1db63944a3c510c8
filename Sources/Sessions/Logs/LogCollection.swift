internal import Messages
internal import Platform

/// The logs below some paths: found, read in parts as they grow, and put together.
struct LogCollection {
  /// Bytes that are read of a log in one go.
  private static let partSize = 1 << 19
  private static let mostLogs = 10_000
  private static let mostFolders = 100_000
  private static let deepest = 64

  /// What is read, and what a person called it.
  private let roots: [(path: String, name: String)]
  private var logs: [FollowedLog] = []
  /// The places of what was found below folders.
  private var known: [String: Int] = [:]
  private var scanNotes: [String] = []
  private var turn = 0
  private var isFull = false

  /// The logs at `paths`: files, folders, pipes, or `-` for standard input.
  ///
  /// - Throws: `RunLogError` if there is nothing at one of them, or nothing that can be read.
  init(_ paths: [String], standardInput: Int32 = 0) throws(RunLogError) {
    let names = paths.map { RunFolder(path: $0).name }
    roots = zip(paths, names).map { path, name in
      let isOnly = names.count { $0 == name } == 1
      return (RunFolder(path: path).path, isOnly ? name : RunFolder(path: path).path)
    }
    for (path, name) in roots { try open(path, name, standardInput) }
  }

  private mutating func open(_ path: String, _ name: String, _ standardInput: Int32) throws(RunLogError) {
    if path == "-" {
      return logs.append(FollowedLog(stream: StreamInput(number: standardInput), name: "standard input"))
    }
    let status = try status(path)
    switch status.kind {
    case .file:
      // Whether it may be read is told at once, since a person named it.
      _ = try OpenFile(path, flags: O_RDONLY | O_NONBLOCK, failure: .unreadable)
      logs.append(FollowedLog(files: [path], name: name))
    case .folder:
      _ = try Folder.names(in: path)
      scan(path, name)
    case .pipe:
      let descriptor: Descriptor
      do {
        descriptor = try Descriptor(path, flags: O_RDONLY | O_NONBLOCK)
      } catch {
        throw .system(.unreadable, path, says("cannot be opened", "无法打开"), error)
      }
      logs.append(FollowedLog(stream: StreamInput(descriptor), name: name))
    case .link, .other:
      throw RunLogError(
        .invalid, path: path, problem: says("it is a device or a socket, and no log", "它是设备或套接字，不是日志"),
        remedy: says("Give a file, a folder, a pipe, or - for standard input", "请给出文件、文件夹、管道，或表示标准输入的 -"))
    }
  }

  private func status(_ path: String) throws(RunLogError) -> Files.Status {
    do {
      if let status = try Files.status(path) { return status }
    } catch {
      throw .system(.unreadable, path, says("cannot be examined", "无法查看"), error)
    }
    throw RunLogError(
      .missing, path: path, problem: says("there is no such file or folder", "没有这个文件或文件夹"),
      remedy: says(
        "Give a file of events, a CSV or JSON Lines file, or a folder that has some",
        "请给出事件文件、CSV 或 JSON Lines 文件，或含有它们的文件夹"))
  }

  // MARK: Finding

  /// Looks for logs that are new since the last time.
  mutating func scan() {
    scanNotes = []
    for (path, name) in roots where path != "-" && (try? Files.status(path))?.kind == .folder {
      scan(path, name)
    }
  }

  private mutating func scan(_ root: String, _ name: String) {
    var visited: Set<String> = []
    scan(root, name, isNamed: roots.count > 1, below: "", &visited)
  }

  private mutating func scan(
    _ folder: String, _ root: String, isNamed: Bool, below path: String, _ visited: inout Set<String>
  ) {
    // A link may lead back to a folder above.
    guard let resolved = try? Files.resolved(folder), visited.insert(resolved).inserted,
      visited.count <= Self.mostFolders, path.pathComponents.count < Self.deepest
    else { return }
    let run = path.isEmpty ? root : isNamed ? "\(root)/\(path)" : path
    let session = RunFolder(path: folder)
    if Files.exists(session.runRecord) { return add(session.metrics, run, isSession: true) }
    // The logs of a sweep's cells have no curves.
    if Files.exists(SweepFolder(path: folder).record) { return }
    let names: [String]
    do {
      names = try Folder.names(in: folder).sorted(by: Self.naturalOrder)
    } catch {
      return scanNotes.append(error.description)
    }
    let events = names.filter { $0.contains(AnyLogReader.eventFileMark) && isFile("\(folder)/\($0)") }
    if !events.isEmpty { add(events.sorted().map { "\(folder)/\($0)" }, key: folder, run) }
    for name in names where Self.isLog(name) && isFile("\(folder)/\(name)") { add("\(folder)/\(name)", run) }
    for name in names where (try? Files.status("\(folder)/\(name)"))?.kind == .folder {
      scan(
        "\(folder)/\(name)", root, isNamed: isNamed, below: path.isEmpty ? name : "\(path)/\(name)", &visited)
    }
  }

  private func isFile(_ path: String) -> Bool { (try? Files.status(path))?.kind == .file }

  /// Whether a table or JSON Lines file among others is a log, and not for example data.
  private static func isLog(_ name: String) -> Bool {
    let words = ["metrics", "progress", "log", "history", "results"]
    return words.contains { word in [".csv", ".jsonl"].contains { name == word + $0 } }
  }

  private mutating func add(_ path: String, _ name: String, isSession: Bool = false) {
    add([path], key: path, name, isSession: isSession)
  }

  private mutating func add(_ files: [String], key: String, _ name: String, isSession: Bool = false) {
    if let index = known[key] { return logs[index].add(files) }
    guard logs.count < Self.mostLogs else {
      isFull = true
      return
    }
    known[key] = logs.count
    logs.append(FollowedLog(files: files, name: name, isSession: isSession))
  }

  /// Orders `run2` before `run10`.
  private static func naturalOrder(_ first: String, _ second: String) -> Bool {
    let (left, right) = (parts(first), parts(second))
    for (one, other) in zip(left, right) where one != other {
      if let number = Int(one), let otherNumber = Int(other), number != otherNumber {
        return number < otherNumber
      }
      return one < other
    }
    return left.count < right.count
  }

  /// A name cut where numbers begin and end.
  private static func parts(_ name: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = name[...]
    while let first = rest.first {
      let isNumber = first.isASCII && first.isNumber
      let part = rest.prefix { ($0.isASCII && $0.isNumber) == isNumber }
      parts.append(part)
      rest = rest.dropFirst(part.count)
    }
    return parts
  }

  // MARK: Reading

  /// Reads a part of each log that has more, until `isOver`; whether something was new.
  mutating func read(until isOver: () -> Bool = { false }) -> Bool {
    var isNew = false
    for _ in logs.indices {
      turn = (turn + 1) % logs.count
      if logs[turn].read(Self.partSize) { isNew = true }
      if isOver() { break }
    }
    return isNew
  }

  /// Whether a log has bytes that were not read yet, or may still get some from a pipe.
  var hasMore: Bool { logs.contains(where: \.hasMore) }

  /// Takes what was waited for as all there is.
  mutating func finish() {
    for index in logs.indices { logs[index].finish() }
  }

  /// What is known now.
  var found: FoundLogs {
    var found = FoundLogs()
    for log in logs {
      for var run in log.contents.runs.sorted(by: { Self.naturalOrder($0.name, $1.name) }) {
        run.name =
          run.name.isEmpty
          ? log.name : log.isOnlyStream(among: logs.count) ? run.name : "\(log.name)/\(run.name)"
        found.runs.append(run)
      }
      found.notes += log.notes
      found.bytes += log.size
      found.readBytes += log.readBytes
      found.isOpen = found.isOpen || log.isOpenStream
    }
    if isFull {
      found.notes.append(
        says(
          "There are more than \(Self.mostLogs) logs; the rest is left out.", "日志超过 \(Self.mostLogs) 个；其余已略过。"
        ))
    }
    found.notes += scanNotes
    found.logs = logs.count
    return found
  }
}

/// What was found in logs, as it is shown: a value.
package struct FoundLogs: Sendable {
  /// The runs in the order in which they were found.
  package internal(set) var runs: [LoggedRun] = []
  /// What is strange about the logs, a sentence each.
  package internal(set) var notes: [String] = []
  /// How many files, folders of event files, and pipes there are.
  package internal(set) var logs = 0
  /// The bytes of all files.
  package internal(set) var bytes = 0
  /// How many of them were read.
  package internal(set) var readBytes = 0
  /// Whether a pipe may still bring something.
  package internal(set) var isOpen = false
  /// Counts what is new.
  package internal(set) var version = 0

  package init() {}
}

extension FoundLogs: Hashable {
  /// What was found at different times differs.
  package static func == (first: FoundLogs, second: FoundLogs) -> Bool { first.version == second.version }

  /// Feeds when it was found.
  package func hash(into hasher: inout Hasher) { hasher.combine(version) }
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

/// A log that may grow: the files of one run that follow each other, or a pipe.
private struct FollowedLog {
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
