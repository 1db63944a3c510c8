import Experiment
import TestSupport
import Testing

@Suite struct ExplainCommandTests {
  @Test(arguments: [["weight", "decay"], ["weight-decay"], ["--weight-decay"], ["L2"]])
  func aWordIsExplained(words: [String]) throws {
    let result = try Executable.run(["explain"] + words)
    #expect(result.status == 0 && result.output.hasPrefix("weight decay"))
    #expect(result.output.split(separator: "\n").count == 3)
  }

  @Test func allWordsAreListedWithoutOne() throws {
    let result = try Executable.run(["explain"])
    #expect(result.status == 0)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count { !$0.hasPrefix(" ") } == Glossary.terms.count)
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test func anUnknownWordIsAFaultThatNamesSimilarOnes() throws {
    let result = try Executable.run(["explain", "dropuot"])
    #expect(result.status == 64 && result.output.isEmpty)
    #expect(result.error.contains("explain dropuot") && result.error.contains("Did you mean dropout?"))
    #expect(try Executable.run(["explain", "qqqqqqqq"]).error.contains("'fmnist-tui explain' lists all"))
  }
}
