import Foundation
import TestSupport
import Testing

@Suite(.disabled(if: Executable.isSanitized, "sanitizers take all addresses there are"))
struct MemoryTests {
  /// The options of a session that takes more than a gigabyte.
  private let large = [
    "--data", Executable.sample, "--network", "resnet18-cifar width 128", "--batch-size", "1024", "--no-tui",
    "--threads", "2",
  ]

  @Test func whatHasNoRoomIsRefusedBeforeAnythingIsMade() throws {
    let folder = try TemporaryFolder()
    for command in [[], ["sweep", "--lr", "0.1,0.2"]] {
      let result = try Executable.run(
        script: #"ulimit -v 900000 && exec "$@""#, command + large + ["--runs-dir", folder.path + "/runs"])
      #expect(result.status == 64, "\(result.error)")
      #expect(
        result.error.contains("training resnet18-cifar width 128 needs about ")
          && result.error.contains("left of the limit of address space (ulimit -v). Give "), "\(result.error)"
      )
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/runs"))
    }
  }

  @Test func muchMemoryIsToldAtTheBeginning() throws {
    func phrase(_ arguments: [String]) throws -> Bool {
      let common = [
        "--data", Executable.sample, "--no-tui", "--no-save", "--epochs", "1", "--train-size", "64",
      ]
      let result = try Executable.run(common + arguments)
      #expect(result.status == 0)
      return result.output.split { $0.isWhitespace }.joined(separator: " ").contains("MB of memory")
    }
    #expect(try phrase(["--hidden", "5000,4000", "--batch-size", "64", "--no-compare"]))
    #expect(try !phrase(["--hidden", "16"]))
  }
}
