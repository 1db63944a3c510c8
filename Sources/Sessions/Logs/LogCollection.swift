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
  private var known: [ExactName: Int] = [:]
  /// Files that are no logs, with the size that they had.
  private var refused: [ExactName: Int] = [:]
  private var scanNotes: [String] = []
  private var turn = 0
  private var isFull = false

  /// The logs at `paths`: files, folders, pipes, or `-` for standard input.
  ///
  /// - Throws: `RunLogError` if there is nothing at one of them, or nothing that can be read.
  init(_ paths: [String], standardInput: Int32 = 0) throws(RunLogError) {
    let names = paths.map { RunFolder(path: $0).name }
    roots = zip(paths, names).map { path, name in
      let isOnly = names.count { $0.hasSameBytes(as: name) } == 1
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
    var visited: Set<ExactName> = []
    scan(root, name, isNamed: roots.count > 1, below: "", &visited)
  }

  private mutating func scan(
    _ folder: String, _ root: String, isNamed: Bool, below path: String, _ visited: inout Set<ExactName>
  ) {
    // A link may lead back to a folder above.
    guard let resolved = try? Files.resolved(folder), visited.insert(ExactName(resolved)).inserted,
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
    let usual = names.filter { LogNames.areUsual($0) && isFile("\(folder)/\($0)") }
    let others = names.filter { LogNames.mayBeLog($0) && !LogNames.areUsual($0) && isLog("\(folder)/\($0)") }
    for name in usual + others {
      // A folder is a run if it has one log.
      let isRun = usual.count + others.count == 1
      add("\(folder)/\(name)", isRun ? run : path.isEmpty && !isNamed ? name : "\(run)/\(name)")
    }
    for name in names where (try? Files.status("\(folder)/\(name)"))?.kind == .folder {
      scan(
        "\(folder)/\(name)", root, isNamed: isNamed, below: path.isEmpty ? name : "\(path)/\(name)", &visited)
    }
  }

  private func isFile(_ path: String) -> Bool { (try? Files.status(path))?.kind == .file }

  /// Whether a table or lines of JSON among other files are a log, and not for example data.
  private mutating func isLog(_ path: String) -> Bool {
    guard known[ExactName(path)] == nil else { return true }
    guard let status = try? Files.status(path), status.kind == .file, status.size != refused[ExactName(path)]
    else {
      return false
    }
    let start =
      (try? Descriptor(path, flags: O_RDONLY | O_NONBLOCK).bytes(at: 0, count: LogNames.firstBytes)) ?? []
    if LogNames.tellSteps(start) { return true }
    refused[ExactName(path)] = status.size
    return false
  }

  private mutating func add(_ path: String, _ name: String, isSession: Bool = false) {
    add([path], key: path, name, isSession: isSession)
  }

  private mutating func add(_ files: [String], key: String, _ name: String, isSession: Bool = false) {
    if let index = known[ExactName(key)] { return logs[index].add(files) }
    guard logs.count < Self.mostLogs else {
      isFull = true
      return
    }
    known[ExactName(key)] = logs.count
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
