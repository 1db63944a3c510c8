import Foundation
import TestSupport
import Testing

/// The examples of the documentation do what it says, and stand there as they are compiled here.
@Suite struct ExamplesTests {
  @Test func aNetworkLearnsACircle() throws {
    #expect(try shareOfPointsToldApart() > 0.95)
  }

  @Test func lossesAreDrawn() {
    let lines = chart(of: [1, 0.5, 0.35, 0.3]).split(separator: "\n")
    #expect(lines.count == 12)
    #expect(lines[0].hasPrefix("╭ loss ─"))
    #expect(lines.joined().contains { ("\u{2801}"..."\u{28FF}").contains($0) })
    #expect(lines.joined().contains("epoch"))
  }

  @Test func classesAreCounted() throws {
    #expect(try countsOfClasses(inFolder: Executable.sample) == Array(repeating: 600, count: 10))
  }

  @Test func aSessionIsRead() throws {
    let folder = try TemporaryFolder()
    let place = ["--runs-dir", folder.path, "--name", "short", "--no-tui", "--quiet"]
    #expect(try Executable.run(Executable.short + ["--no-compare"] + place).status == 0)
    let hashes = try hashesOfWeights(inFolder: folder.path + "/short")
    #expect(hashes.count == 1)
    #expect(hashes.values.allSatisfy { $0.count == 64 })
  }

  @Test(arguments: [
    ("NeuralNetwork", "CircleExample"), ("TerminalUI", "ChartExample"), ("Datasets", "DatasetExample"),
    ("Sessions", "SessionExample"),
  ])
  func theDocumentationShowsTheExample(product: String, example: String) throws {
    let article = try text("Sources/\(product)/\(product).docc/\(product).md")
    let code = try #require(article.firstMatch(of: /```swift\n([^`]*)```/)?.1)
    #expect(try text("Tests/ExamplesTests/\(example).swift") == String(code))
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: Executable.file(path), encoding: .utf8)
  }
}
