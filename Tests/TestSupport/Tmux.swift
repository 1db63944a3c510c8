import Foundation
package import Testing

/// A real terminal: tmux runs a shell in it, and shows what a person would see.
package final class Tmux {
  package static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/tmux")

  private let socket = FileManager.default.temporaryDirectory.appending(path: "tmux-\(UUID())").path(
    percentEncoded: false)
  private let server: Process

  package init(width: Int = 100, height: Int = 30, environment: [String: String] = [:]) throws {
    // The report of a crash takes seconds, waits for a key, and is about the program's inside.
    let settings = [
      "LC_ALL": "C.UTF-8", "NO_COLOR": "", "SWIFT_BACKTRACE": "enable=no",
      "XDG_CONFIG_HOME": socket + "-settings",
    ]
    .merging(["FMNIST_DATA": ProcessInfo.processInfo.environment["FMNIST_DATA"] ?? Executable.sample]) {
      $1
    }
    .merging(environment) { $1 }.flatMap { ["-e", "\($0.key)=\($0.value)"] }
    // A server that made itself a daemon would keep Foundation waiting for the process that started it.
    server = try Self.process(["-S", socket, "-f", "/dev/null", "-D"], output: FileHandle.nullDevice)
    for _ in 0..<200 where !FileManager.default.fileExists(atPath: socket) { usleep(20_000) }
    try tmux(
      [
        "new-session", "-d", "-c", Executable.folder.path(percentEncoded: false), "-x", "\(width)", "-y",
        "\(height)",
      ] + settings
        + ["env", "PS1=ready> ", "sh"])
    try wait(for: "ready>")
  }

  deinit {
    try? tmux(["kill-server"])
    // Without its sessions a server in the foreground lives on, and it does not heed SIGTERM.
    kill(server.processIdentifier, SIGKILL)
    try? FileManager.default.removeItem(atPath: socket)
    try? FileManager.default.removeItem(atPath: socket + "-settings")
  }

  private static func process(_ arguments: [String], output: Any) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/tmux")
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func tmux(_ arguments: [String]) throws {
    try Self.process(["-S", socket] + arguments, output: FileHandle.nullDevice).waitUntilExit()
  }

  private func capture(_ arguments: [String]) throws -> String {
    let output = Pipe()
    let process = try Self.process(["-S", socket, "capture-pane", "-p"] + arguments, output: output)
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  /// What the terminal shows.
  package func screen() throws -> String { try capture([]) }

  /// Whether the program asked the terminal for reports of the mouse.
  package func reportsMouse() throws -> Bool {
    let output = Pipe()
    let process = try Self.process(
      ["-S", socket, "display-message", "-p", "#{mouse_any_flag}"], output: output)
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).hasPrefix("1")
  }

  /// What the terminal shows and has shown, with the escape sequences of its styles.
  package func styledScreen() throws -> String { try capture(["-e"]) }

  /// Types keys by their names in tmux.
  package func press(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

  /// Types a command line.
  package func type(_ line: String) throws {
    try tmux(["send-keys", "-l", line])
    try press("Enter")
  }

  /// Starts the program with the given arguments; `$?` tells its status afterwards.
  package func start(_ arguments: String) throws {
    try type("'\(Executable.path)' \(arguments); echo status=$?")
  }

  package func resize(width: Int, height: Int) throws {
    try tmux(["resize-window", "-x", "\(width)", "-y", "\(height)"])
  }

  /// Waits until the terminal shows a text and returns the screen; gives up after half a minute.
  @discardableResult
  package func wait(for text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    for _ in 0..<1000 {
      let screen = try screen()
      if screen.contains(text) {
        // The picture may have been taken in the middle of a frame; what is gone soon was seen all the same.
        usleep(60_000)
        let settled = try self.screen()
        return settled.contains(text) ? settled : screen
      }
      usleep(30_000)
    }
    Issue.record("never shown: \(text)\n\(try screen())", sourceLocation: sourceLocation)
    return try screen()
  }

  /// Waits until the terminal no longer shows a text.
  package func waitUntilGone(_ text: String) throws {
    for _ in 0..<1000 {
      guard try screen().contains(text) else { return }
      usleep(30_000)
    }
    Issue.record("still shown: \(text)")
  }

  /// The terminal's modes, as the shell's `stty` tells them.
  package func modes(_ mark: String) throws -> String {
    // What is typed must not look like what is printed.
    try type("clear; stty -g; echo \(mark)''=")
    return try wait(for: "\(mark)=\n").split(separator: "\n").first { $0.contains(":") }.map(String.init)
      ?? ""
  }
}
