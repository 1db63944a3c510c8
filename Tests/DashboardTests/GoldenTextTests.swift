import TestSupport
import Testing

@Suite struct GoldenTextTests {
  @Test func aDifferenceIsItsLinesAlone() {
    let lines = (1...24).map { "line \($0)" }
    var changed = lines
    changed[4] = "another line 5"
    changed.insert("a new one", at: 20)
    let difference = GoldenText.differingLines(
      recorded: lines.joined(separator: "\n"), actual: changed.joined(separator: "\n"))
    #expect(difference == "5 - line 5\n5 + another line 5\n21 + a new one")
  }

  @Test func aDifferenceEverywhereIsCutShort() {
    let recorded = (1...100).map { "\($0)" }.joined(separator: "\n")
    let lines = GoldenText.differingLines(recorded: recorded, actual: "", atMost: 3).split(separator: "\n")
    #expect(lines == ["1 - 1", "1 + ", "2 - 2", "and 98 more"])
  }

  @Test func whatIsMissingAtTheEndIsADifference() {
    #expect(GoldenText.differingLines(recorded: "a\n", actual: "a") == "2 - ")
  }
}
