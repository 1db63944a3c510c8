#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why text could not be written.
enum WriteError: Error, Hashable {
  /// The reader closed its end of the pipe.
  case closedPipe
  /// The system refused, for example because the disk is full.
  case failed(stream: String, reason: String)
}

extension WriteError: CustomStringConvertible {
  var description: String {
    switch self {
    case .closedPipe: "the reader of the output went away"
    case .failed(let stream, let reason): "cannot write to \(stream): \(reason)"
    }
  }
}

/// Standard output, standard error or a new file: all the program's writing goes through here.
struct StandardStream: Sendable {
  /// Results.
  static let output = StandardStream(descriptor: STDOUT_FILENO, name: "standard output")
  /// Progress and errors.
  static let error = StandardStream(descriptor: STDERR_FILENO, name: "standard error")

  private let descriptor: Int32
  private let name: String

  /// Makes writing safe: a closed pipe becomes an error instead of a signal, and a descriptor that was closed
  /// at the start is held by something that refuses, so that no file opened later takes its number.
  static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// A new file, which is closed when the program ends.
  static func file(_ path: String) throws(WriteError) -> StandardStream {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw .failed(stream: path, reason: String(cString: strerror(errno)))
    }
    return StandardStream(descriptor: descriptor, name: path)
  }

  /// Whether a person sees the stream on a terminal.
  var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Whether a person types on a terminal.
  static var isInputTerminal: Bool { isatty(STDIN_FILENO) == 1 }

  /// Columns of the terminal behind the stream; 80 if it does not tell.
  var columns: Int { terminalSize?.columns ?? 80 }

  /// The size of the terminal behind the stream; `nil` if there is none, or it does not tell.
  var terminalSize: TerminalSize? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }

  /// Writes all of `text`, or fails.
  func write(_ text: String) throws(WriteError) {
    var text = text
    let failure: Int32? = text.withUTF8 { bytes in
      var offset = 0
      repeat {
        let written = systemWrite(descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
        if written >= 0 {
          offset += written
        } else if errno == EAGAIN {
          var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&waiting, 1, -1)
        } else if errno != EINTR {
          return errno
        }
      } while offset < bytes.count
      return nil
    }
    switch failure {
    case nil: return
    case EPIPE: throw .closedPipe
    case .some(let number): throw .failed(stream: name, reason: String(cString: strerror(number)))
    }
  }

  /// Writes each line with a line break after it.
  func write(lines: [String]) throws(WriteError) {
    guard !lines.isEmpty else { return }
    try write(lines.joined(separator: "\n") + "\n")
  }
}

/// The size of a terminal, in cells.
struct TerminalSize: Hashable, Sendable {
  var columns: Int
  var rows: Int
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
