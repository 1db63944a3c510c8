import Foundation
import TestSupport
import Testing

@Suite struct DataCommandTests {
  @Test func infoTellsWhereHowMuchAndWhetherItIsOfficial() throws {
    let result = try Executable.run(["data", "info", "--data", Executable.sample])
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("--data \(Executable.sample)\n28 x 28 pixels, 10 classes\n"))
    let rows = result.output.components(separatedBy: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
    #expect(rows.contains("9 Ankle boot 600 100"))
    #expect(rows.contains("all 6,000 1,000"))
    #expect(result.output.components(separatedBy: "not official").count == 5)
  }

  @Test func showDrawsAnImageInSevenBitCharactersIntoAPipe() throws {
    let result = try Executable.run(["data", "show", "0", "--split", "test", "--data", Executable.sample])
    let lines = result.output.components(separatedBy: "\n")
    #expect(result.status == 0)
    #expect(lines.count == 28 + 1 + 1)
    #expect(lines[28] == "test image 0: label 9, Ankle boot")
    #expect(result.output.allSatisfy { $0.isASCII })
    #expect(lines.prefix(28).contains { $0.contains("%%") })
  }

  @Test(arguments: ["1000", "-1"])
  func anImageThatThereIsNotIsStatus64(number: String) throws {
    let result = try Executable.run(["data", "show", "--data", Executable.sample, "--", number])
    #expect(result.status == 64)
    #expect(result.error.contains("images 0...999"))
  }

  @Test func missingDataIsStatus66() throws {
    let result = try Executable.run(["data", "info", "--data", "/nonexistent"])
    #expect(result.status == 66)
    #expect(result.error.hasPrefix("Error: /nonexistent: no such folder"))
  }

  @Test func aServerThatIsNotThereIsStatus69AndLeavesNoFile() throws {
    let cache = FileManager.default.temporaryDirectory.appending(path: "fmnist-tui-\(UUID())")
    defer { try? FileManager.default.removeItem(at: cache) }
    let result = try Executable.run(
      ["data", "fetch", "--from", "http://127.0.0.1:1"],
      environment: ["XDG_CACHE_HOME": cache.path(percentEncoded: false)])
    #expect(result.status == 69)
    #expect(result.error.contains("http://127.0.0.1:1/train-images-idx3-ubyte.gz"))
    #expect(result.error.contains("dataset-fashion-mnist"))
    let left = try FileManager.default.contentsOfDirectory(
      atPath: cache.appending(path: "fmnist-tui").path(percentEncoded: false))
    #expect(left.isEmpty)
  }
}
