internal import Messages

/// A program that this one has started and waits for.
///
/// It is asked nothing: it reads `/dev/null`, and has nothing open that this process has.
package struct ChildProcess {
  /// How it ended.
  package struct Ending: Sendable {
    /// Its exit status, or -1 if it did not end by itself.
    package var status: Int32
    /// The first line of what it said on standard error.
    package var message: String
  }

  /// Longer messages are read, so that the program can end, and not kept.
  private static let mostSaid = 1000
  /// The most that Linux lets a pipe hold.
  private static let mostLeft = 1 << 20

  private let output: Pipe
  private let errors: Pipe
  private let process: pid_t

  /// Starts the program of the first of `arguments`, which is looked up as a shell does it.
  ///
  /// - Throws: `SystemError` if the system refuses.
  package init(_ arguments: [String]) throws(SystemError) {
    (output, errors) = try (Pipe(), Pipe())
    process = try Self.start(arguments, output: output, errors: errors)
    output.closeWriting()
    errors.closeWriting()
  }

  /// Reads what it writes, waits until it has ended, and returns how it did.
  ///
  /// `receive` is given each piece as it comes, and no bytes some ten times a second while none come. If it throws, the
  /// program is ended first.
  ///
  /// - Throws: What `receive` throws.
  package func finish<Problem: Error>(
    _ receive: (UnsafeRawBufferPointer) throws(Problem) -> Void
  ) throws(Problem) -> Ending {
    var ended: Int32?
    do {
      let said = try drain(receive, &ended)
      let text = String(decoding: said, as: UTF8.self)
      let status = ended ?? Self.wait(for: process)
      return Ending(
        status: Self.isExit(status) ? status >> 8 & 0xFF : -1,
        message: text.split(whereSeparator: \.isNewline).first.map(String.init) ?? Self.ending(status))
    } catch {
      if ended == nil { Self.end(process) }
      throw error
    }
  }

  /// Reads both pipes to their ends, so that neither can fill up, until it has `ended`; returns what came from `errors`.
  ///
  /// What the program has started may hold them open for longer than it lives, and go on writing: once it has ended, what
  /// is in them is all, and a pipe holds no more than `mostLeft`.
  private func drain<Problem: Error>(
    _ receive: (UnsafeRawBufferPointer) throws(Problem) -> Void, _ ended: inout Int32?
  ) throws(Problem) -> [UInt8] {
    var streams = [output, errors].map { pollfd(fd: $0.reading, events: Int16(POLLIN), revents: 0) }
    var said: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    var left = [Self.mostLeft, Self.mostLeft]
    while true {
      // Asked before the pipes are: all that it wrote is in them then.
      if ended == nil { ended = Self.status(of: process) }
      let isOpen = streams.contains { $0.fd >= 0 }
      if ended != nil, !isOpen { break }
      let patience: Int32 = ended != nil ? 0 : isOpen ? 100 : 10
      guard poll(&streams, nfds_t(streams.count), patience) > 0 else {
        if ended != nil { break }
        try receive(UnsafeRawBufferPointer(rebasing: buffer[..<0]))
        continue
      }
      for index in streams.indices where streams[index].fd >= 0 && streams[index].revents != 0 {
        let count = read(streams[index].fd, buffer.baseAddress, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          // Poll passes over negative numbers.
          streams[index].fd = -1
          continue
        }
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        if index == 0 {
          try receive(bytes)
        } else if said.count < Self.mostSaid {
          said += bytes
        }
        if ended != nil {
          left[index] -= count
          if left[index] <= 0 { streams[index].fd = -1 }
        }
      }
    }
    return said
  }

  private static func start(
    _ arguments: [String], output: Pipe, errors: Pipe
  ) throws(SystemError) -> pid_t {
    var actions = SpawnActions()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.writing, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, errors.writing, STDERR_FILENO)
    // It has no use for what this process has open, or was started with.
    for name in (try? Files.names(in: "/dev/fd")) ?? [] {
      if let number = Int32(name), number > STDERR_FILENO {
        posix_spawn_file_actions_addclose(&actions, number)
      }
    }
    var attributes = SpawnAttributes()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // This process ignores SIGPIPE for itself, and may have been started with signals blocked.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    // Where a parent had SIGCHLD ignored, nobody could tell how it ended.
    signal(SIGCHLD, SIG_DFL)

    var copies = arguments.map { strdup($0) } + [nil]
    defer { for copy in copies { free(copy) } }
    var process: pid_t = 0
    guard let name = copies[0] else { throw SystemError(code: EINVAL) }
    let status = posix_spawnp(&process, name, &actions, &attributes, &copies, environ)
    guard status == 0 else { throw SystemError(code: status) }
    return process
  }

  /// The status of a process if it has ended, or nobody can tell how it did.
  private static func status(of process: pid_t) -> Int32? {
    var status: Int32 = 0
    let found = waitpid(process, &status, WNOHANG)
    return found == process ? status : found == 0 || errno == EINTR ? nil : -1
  }

  /// The status of a process that ends, as the system tells it.
  private static func wait(for process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return -1 }
    }
    return status
  }

  /// Whether that is the status of a process that ended by itself; another way to end is a failure too.
  private static func isExit(_ status: Int32) -> Bool { status & 0x7F == 0 }

  /// How a program ended that said nothing.
  private static func ending(_ status: Int32) -> String {
    isExit(status)
      ? says("no reason given, exit status \(status >> 8 & 0xFF)", "未说明原因，退出状态 \(status >> 8 & 0xFF)")
      : says("ended by signal \(status & 0x7F)", "被信号 \(status & 0x7F) 结束")
  }

  /// Ends the process, in order if it does so within a second, and waits until it is gone.
  private static func end(_ process: pid_t) {
    kill(process, SIGTERM)
    for _ in 0..<100 {
      guard waitpid(process, nil, WNOHANG) == 0 else { return }
      usleep(10_000)
    }
    kill(process, SIGKILL)
    _ = wait(for: process)
  }
}

#if canImport(Darwin)
  private typealias SpawnActions = posix_spawn_file_actions_t?
  private typealias SpawnAttributes = posix_spawnattr_t?
#else
  private typealias SpawnActions = posix_spawn_file_actions_t
  private typealias SpawnAttributes = posix_spawnattr_t
#endif

/// A pipe whose ends no other program inherits, closed with its owner.
private final class Pipe {
  let reading: Int32
  private(set) var writing: Int32

  init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw SystemError.last }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (reading, writing) = (ends[0], ends[1])
  }

  func closeWriting() {
    guard writing >= 0 else { return }
    close(writing)
    writing = -1
  }

  deinit {
    closeWriting()
    close(reading)
  }
}
