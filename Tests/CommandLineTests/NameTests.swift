import Foundation
import TestSupport
import Testing

/// Names are bytes: what Swift takes for one character with the slash before it, or for equal, is not so to the system.
@Suite struct NameTests {
  private let folder: TemporaryFolder
  private let mark = "\u{301}x"
  private var place: String { "\(folder.path)/\(mark)" }
  private var runs: String { "\(place)/runs" }

  init() throws {
    folder = try TemporaryFolder()
    #expect(mkdir(place, 0o700) == 0)
  }

  /// Runs the program in the folder whose name begins with a mark.
  private func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Executable.Result {
    let process = Executable.process([], environment: environment)
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "cd \"$1\" && shift && exec \"$@\"", "sh", place, Executable.path] + arguments
    return try Executable.finish(process)
  }

  private func train(_ name: String) throws {
    let trained = try run(
      Executable.short + ["--no-tui", "--quiet", "--no-compare", "--runs-dir", runs, "--name", name])
    #expect(trained.status == 0, "\(trained.error)")
  }

  @Test func aNameThatBeginsWithAMarkIsKept() throws {
    try train(mark)
    let files = [".csv", ".svg", ".onnx"].map { "\(place)/\(mark)\($0)" }
    for arguments in [
      ["runs", "show", "runs/\(mark)"], ["runs", "export", "runs/\(mark)", "-o", files[0]],
      ["runs", "plot", "runs/\(mark)", "-o", files[1]], ["export", "runs/\(mark)", "--onnx", files[2]],
      ["predict", "--checkpoint", "runs/\(mark)", "--image", "0", "--data", Executable.sample],
      ["--no-tui", "--resume", "runs/\(mark)", "--epochs", "3", "--data", Executable.sample],
    ] {
      let result = try run(arguments)
      #expect(result.status == 0, "\(arguments): \(result.error)")
    }
    for file in files { #expect(access(file, R_OK) == 0, "\(file)") }
  }

  @Test func twoSpellingsOfALetterAreTwoSessions() throws {
    for name in ["caf\u{E9}", "cafe\u{301}"] { try train(name) }
    let table = try run(["runs", "export", "caf\u{E9}", "cafe\u{301}", "--runs-dir", runs])
    // A heading, and two epochs of each.
    #expect(table.output.utf8.count { $0 == UInt8(ascii: "\n") } == 5)
  }

  @Test func aVariableWhoseValueBeginsWithAMarkIsRead() throws {
    #expect(symlink(Executable.sample, "\(place)/\(mark)") == 0)
    let found = try run(["data", "info"], environment: ["FMNIST_DATA": mark])
    #expect(found.output.hasPrefix("$FMNIST_DATA \(mark)"), "\(found)")
  }
}
