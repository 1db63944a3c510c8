#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The program `curl`, fetching one file: it knows HTTPS, redirects, proxies and certificates.
struct CurlProcess: ~Copyable {
  private let identifier: pid_t
  private let errorPipe: Int32

  /// Starts to append to the file at `path` what of `url` is missing there.
  ///
  /// - Throws: `DownloadError` if `curl` cannot be started.
  init(url: String, appendingTo path: String) throws(DownloadError) {
    var pipeEnds: [Int32] = [-1, -1]
    guard pipe(&pipeEnds) == 0 else {
      throw DownloadError(.unavailable, "no pipe to curl: \(String(cString: strerror(errno)))")
    }
    let arguments = [
      "curl", "--silent", "--show-error", "--fail", "--location", "--connect-timeout", "15", "--speed-limit",
      "1",
      "--speed-time", "30", "--continue-at", "-", "--output", path, "--url", url,
    ]
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, pipeEnds[1], 2)
    posix_spawn_file_actions_addclose(&actions, pipeEnds[0])
    defer { posix_spawn_file_actions_destroy(&actions) }
    var copies = arguments.map { strdup($0) } + [nil]
    defer { for copy in copies { free(copy) } }
    var identifier: pid_t = 0
    let status = posix_spawnp(&identifier, "curl", &actions, nil, &copies, environ)
    close(pipeEnds[1])
    guard status == 0 else {
      close(pipeEnds[0])
      throw DownloadError(
        .unavailable,
        "curl cannot be started (\(String(cString: strerror(status)))). Install the program curl.")
    }
    self.identifier = identifier
    errorPipe = pipeEnds[0]
  }

  deinit { close(errorPipe) }

  /// The exit status once the process has ended, or `nil` while it runs.
  func exitStatus() -> Int32? {
    var status: Int32 = 0
    guard waitpid(identifier, &status, WNOHANG) == identifier else { return nil }
    // The exit code's place in the status of a process that ended by itself; another way to end is a failure too.
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -1
  }

  /// Ends the process and waits until it is gone.
  func end() {
    kill(identifier, SIGTERM)
    waitpid(identifier, nil, 0)
  }

  /// What it said on standard error; to be read once it has ended.
  func message() -> String {
    var bytes = [UInt8](repeating: 0, count: 1000)
    let count = read(errorPipe, &bytes, bytes.count)
    let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    return text.split(separator: "\n").first.map(String.init) ?? "no reason given"
  }
}
