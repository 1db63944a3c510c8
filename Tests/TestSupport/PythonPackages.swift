package import Foundation

/// Python with the packages that others read the program's files with.
package struct PythonPackages {
  /// Makes the environment once for all tests; `nil`, said on standard output, where it cannot be made, and under a sanitizer,
  /// which watches no Python.
  package static let shared: PythonPackages? = {
    guard !Executable.isSanitized else { return nil }
    do {
      return try PythonPackages()
    } catch {
      print(
        "skipped: tests with Python's \(packages.joined(separator: ", ")), which cannot be installed: \(error)"
      )
      return nil
    }
  }()

  /// What Python said instead of doing it.
  private struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  private static let packages = ["numpy", "onnx", "onnxruntime", "safetensors", "tensorboard"]
  /// Kept for the next time, out of the way of builds.
  private static let environment = URL(filePath: Executable.file(".build/python-of-tests"))

  private init() throws {
    let stamp = Self.environment.appending(path: Self.packages.joined(separator: "+")).path
    guard !FileManager.default.fileExists(atPath: stamp) else { return }
    let path = Self.environment.path
    _ = try Self.run("/usr/bin/env", ["python3", "-m", "venv", "--clear", path])
    _ = try Self.run(
      path + "/bin/pip", ["install", "--quiet", "--disable-pip-version-check"] + Self.packages)
    try Data().write(to: URL(filePath: stamp))
  }

  /// Runs a script of the folder `Python` beside the caller's file, and returns what it prints.
  package func run(_ script: String, _ arguments: String..., caller: String = #filePath) throws -> Data {
    let script = URL(filePath: caller).deletingLastPathComponent().appending(path: "Python/\(script)").path
    return try Self.run(Self.environment.path + "/bin/python", [script] + arguments)
  }

  /// Standard output goes into a file, as standard error does, so that neither can block.
  private static func run(_ program: String, _ arguments: [String]) throws -> Data {
    let folder = try TemporaryFolder()
    let output = try folder.write("output", "")
    let errors = try folder.write("errors", "")
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: errors)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let said = try folder.text("errors") + folder.text("output")
      throw Failure(description: said.split(separator: "\n").suffix(3).joined(separator: " "))
    }
    return try Data(contentsOf: URL(filePath: output))
  }
}
