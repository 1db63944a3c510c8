import TerminalUI
import Testing

@Suite struct SpreadBarTests {
  @Test(arguments: [
    (0.5, 0.0, "━━━━━"), (0.5, 0.2, "━━━╍╍╍╍"), (0.9, 0.3, "━━━━━━╍╍╍╍"), (0.1, 0.3, "╍╍╍╍"), (0.0, 0.0, ""),
    (1.0, 0.0, "━━━━━━━━━━"), (.nan, 0.1, ""), (0.3, .infinity, ""),
  ])
  func theBrokenPartIsTheSpread(mean: Double, spread: Double, text: String) {
    #expect(SpreadBar(mean: mean, spread: spread, width: 10, glyphs: .braille).text == text)
  }

  @Test func sevenBitsSuffice() {
    #expect(SpreadBar(mean: 0.5, spread: 0.2, width: 10, glyphs: .ascii).text == "###~~~~")
    #expect(SpreadBar(mean: 0.5, spread: 0.2, width: 10, glyphs: .console).text == "▄▄▄░░░░")
    #expect(SpreadBar(mean: 0.5, spread: 0.2, width: -1, glyphs: .ascii).text.isEmpty)
  }
}
