internal import Messages

/// Why text could not be written.
package enum WriteError: Error, Hashable {
  /// The reader closed its end of the pipe.
  case closedPipe
  /// The system refused, for example because the disk is full.
  case failed(stream: String, reason: String)
}

extension WriteError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .closedPipe: says("the reader of the output went away", "读取输出的程序已退出")
    case .failed(let stream, let reason):
      says("cannot write to \(stream): \(reason)", "无法写入“\(stream)”：\(reason)")
    }
  }
}

/// Standard output, standard error or a new file: all the program's writing goes through here.
package struct StandardStream: Sendable {
  /// Results.
  package static let output = StandardStream(
    descriptor: STDOUT_FILENO, name: Wording("standard output", "标准输出"))
  /// Progress and errors.
  package static let error = StandardStream(
    descriptor: STDERR_FILENO, name: Wording("standard error", "标准错误输出"))

  private let descriptor: Int32
  private let name: Wording

  /// Makes writing safe: a closed pipe and a file that has reached the limit become errors instead of signals, and a
  /// descriptor that was closed at the start is held by something that refuses, so that no file opened later takes its
  /// number.
  package static func prepare() {
    for number in [SIGPIPE, SIGXFSZ] { Signals.disarm(number) }
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// A new file, which is closed when the program ends.
  package static func file(_ path: String) throws(WriteError) -> StandardStream {
    do {
      let descriptor = try SystemError.check(path) {
        open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      }
      return StandardStream(descriptor: descriptor, name: Wording(path, path))
    } catch {
      throw .failed(stream: path, reason: error.description)
    }
  }

  /// Whether a person sees the stream on a terminal.
  package var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Whether a person types on a terminal.
  package static var isInputTerminal: Bool { isatty(STDIN_FILENO) == 1 }

  /// Makes the terminal that controls the process its standard input, so that keys come from there, and returns the
  /// descriptor under which what was piped in can be read from now on; `nil` if nothing is piped in, or there is no terminal.
  package static func giveInputToTerminal() -> Int32? {
    guard !isInputTerminal else { return nil }
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard terminal >= 0 else { return nil }
    defer { _ = close(terminal) }
    let piped = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
    guard piped >= 0 else { return nil }
    guard dup2(terminal, STDIN_FILENO) >= 0 else {
      _ = close(piped)
      return nil
    }
    return piped
  }

  /// Makes what was piped in standard input again.
  package static func takeInputBack(_ piped: Int32) {
    _ = dup2(piped, STDIN_FILENO)
  }

  /// Columns of the terminal behind the stream; 80 if it does not tell.
  package var columns: Int { terminalSize?.columns ?? 80 }

  /// The size of the terminal behind the stream; `nil` if there is none, or it does not tell.
  package var terminalSize: TerminalSize? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }

  /// Writes lines for people, each with a line break after it and without what is not printable.
  package func write(lines: [String]) throws(WriteError) {
    guard !lines.isEmpty else { return }
    try write(verbatim: lines.map { $0.printable + "\n" }.joined())
  }

  /// Writes lines with the colours of pictures; text beside these has to be printable already.
  package func write(pictures lines: [String]) throws(WriteError) {
    guard !lines.isEmpty else { return }
    try write(verbatim: lines.joined(separator: "\n") + "\n")
  }

  /// Writes all of `text` as it is: it must have nothing of a file, a name or the command line but what is printable.
  package func write(verbatim text: String) throws(WriteError) {
    // A terminal of another encoding would take parts of UTF-8 for commands.
    var text = !TextLocale.isUTF8 && isTerminal ? String(text.map { $0.isASCII ? $0 : "?" }) : text
    switch text.withUTF8({ Descriptor.write(UnsafeRawBufferPointer($0), to: descriptor) }) {
    case nil: return
    case let error? where error.code == EPIPE: throw .closedPipe
    case let error?: throw .failed(stream: name.text, reason: error.description)
    }
  }
}

/// The size of a terminal, in cells.
package struct TerminalSize: Hashable, Sendable {
  package var columns: Int
  package var rows: Int
}
