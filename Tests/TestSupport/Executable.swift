package import Foundation

/// The built program, run as a process of its own.
package struct Executable {
  /// Whether it runs under a sanitizer, which cannot do with the limits that some tests set.
  package static let isSanitized = ProcessInfo.processInfo.environment["LSAN_OPTIONS"] != nil

  /// What a process left behind.
  package struct Result {
    package var status: Int32
    package var output: String
    package var error: String
  }

  /// The program that `FMNIST_TUI_PROGRAM` names, for tests of the program as it is released.
  package static let chosen = ProcessInfo.processInfo.environment["FMNIST_TUI_PROGRAM"]
  /// The chosen program, or the one beside the test bundle.
  package static let path =
    chosen
    ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "fmnist-tui").path(percentEncoded: false)
  /// A few thousand images that come with the package.
  package static let sample = file("assets/fashion-mnist-sample")
  /// Arguments of a run that takes a moment.
  package static let short = [
    "--data", sample, "--train-size", "512", "--hidden", "16", "--epochs", "2", "--threads", "2",
  ]
  /// Arguments of a run that never ends by itself in a test's time.
  package static let long = [
    "--data", sample, "--train-size", "512", "--hidden", "16", "--epochs", "100000", "--threads", "2",
  ]

  /// Where a file or folder of the package is.
  package static func file(_ path: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../" + path)
      .standardizedFileURL.path(percentEncoded: false)
  }

  /// An empty folder in which the processes of the tests are started.
  package static let folder: URL = {
    let folder = FileManager.default.temporaryDirectory.appending(path: "fmnist-tui-tests-\(UUID())")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }()

  /// A process that has not been started.
  package static func process(_ arguments: [String], environment: [String: String] = [:]) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
      .merging(["LANG": "C.UTF-8", "LC_ALL": "", "NO_COLOR": "", "TERM": "xterm-256color"]) { _, new in new }
      .merging(environment) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    // Runs are kept in the folder where the program is started.
    process.currentDirectoryURL = folder
    return process
  }

  /// Runs the program to its end with pipes as standard output and standard error.
  package static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Result {
    try finish(process(arguments, environment: environment))
  }

  /// Runs the program by a line of shell script that sees it and its arguments as `"$@"`.
  package static func run(script: String, _ arguments: [String]) throws -> Result {
    let process = process([])
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script, "sh", path] + arguments
    return try finish(process)
  }

  /// Standard output is a pipe; standard error a file, so that neither can block the other.
  package static func finish(_ process: Process) throws -> Result {
    let output = Pipe()
    let errors = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data().write(to: errors)
    defer { try? FileManager.default.removeItem(at: errors) }
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: String(decoding: data, as: UTF8.self),
      error: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }
}
