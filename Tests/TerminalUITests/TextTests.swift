import TerminalUI
import Testing

struct TextEncodingTests {
  @Test func asciiReplacesWhatItLacks() {
    let text = "784-10 · N(0, 0.01²) · −0.5 · 日"
    #expect(TextEncoding.ascii.encode(text) == "784-10 | N(0, 0.01^2) | -0.5 | ??")
    #expect(TextEncoding.utf8.encode(text) == text)
    #expect(
      TextEncoding.console.encode("784–10 · N(0, 0.01²) ± é … → ●") == "784-10 · N(0, 0.01²) ± é ... > ?")
  }
}

struct TextTableTests {
  @Test func theFirstColumnIsFlushLeftAndTheOthersFlushRight() {
    let table = TextTable(rows: [["", "A", "long name"], ["loss", "0.3412", "1"], ["ended", "x"]])
    #expect(
      table.lines == [
        "             A   long name",
        "loss    0.3412           1",
        "ended        x",
      ])
  }

  @Test func moreColumnsCanBeFlushLeft() {
    let table = TextTable(rows: [["a", "b", "c"], ["long", "longer", "longest"]], spacing: 1, flushLeft: 2)
    #expect(table.lines == ["a    b            c", "long longer longest"])
  }

  @Test func noRowsAreNoLines() {
    #expect(TextTable(rows: []).lines.isEmpty)
  }
}

struct TextWrapTests {
  @Test func linesBreakBetweenPhrases() {
    let lines = TextWrap.lines(label: "data", phrases: ["one", "two", "three"], indent: 6, width: 15)
    #expect(lines == ["data  one · two", "      three"])
  }

  @Test(arguments: 22...60)
  func aNumberKeepsItsUnit(width: Int) {
    let text =
      "After 12 of 60 epochs: with dropout 81.3 %, without 80.1 % (± 0.2); n = 5 runs. 0.86 ± 0.01 points"
    let lines = TextWrap.lines(text, width: width)
    #expect(lines.joined(separator: " ") == text)
    for line in lines {
      #expect(
        !line.hasPrefix("%") && !line.hasPrefix("epochs") && !line.hasPrefix("±") && !line.hasPrefix("runs"))
      #expect(!line.hasSuffix("±") && !line.hasSuffix("="))
    }
  }

  @Test(arguments: 1...60)
  func noWordIsLostAtAnyWidth(width: Int) {
    let text = "No difference shown: test accuracy differs by +0.47 points"
    let lines = TextWrap.lines(text, width: width)
    #expect(lines.joined(separator: " ") == text)
    #expect(lines.allSatisfy { $0.count <= max(width, "difference".count) })
  }
}

struct ChineseTextWrapTests {
  private let text = "训练指标继续改善，而测试指标不再改善（差距 > 0.05）：“过拟合”。--dropout 0.5 有帮助。"

  @Test(arguments: 6...90)
  func linesBreakBetweenCharactersAndNotBeforeTheirMarks(width: Int) {
    let lines = TextWrap.lines(text, width: width)
    #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    for line in lines {
      #expect(!"，。：）”".contains(line.first ?? "，") && !"（“".contains(line.last ?? "（"), "\(line)")
      // No word of letters is broken, and every line is as full as the next piece allows.
      #expect(line.cellWidth <= max(width, "--dropout".count), "\(line)")
      if line != lines.last, width > 20 { #expect(line.cellWidth > width - 15, "\(line)") }
    }
  }

  @Test func aPhraseWiderThanItsLineIsBroken() {
    let lines = TextWrap.lines(label: "备注", phrases: ["训练指标继续改善", "短"], indent: 6, width: 14)
    #expect(lines == ["备注  训练指标", "      继续改善", "      短"])
  }

  @Test func theBeginningEndsWithAClause() {
    #expect(TextWrap.beginning(of: "训练指标改善，测试指标不变", width: 14) == "训练指标改善")
  }
}

struct TerminalTraitsTests {
  @Test(arguments: [
    (["TERM": "xterm-256color"], TerminalTraits.Colors.palette256, true),
    (["TERM": "xterm-256color", "NO_COLOR": "1"], .none, true),
    (["TERM": "xterm-256color", "NO_COLOR": ""], .palette256, true),
    (["TERM": "xterm", "COLORTERM": "truecolor"], .palette256, true),
    (["TERM": "linux"], .sixteen, true), (["TERM": "vt100"], .none, true), (["TERM": "dumb"], .none, false),
    ([:], .none, false),
  ])
  func theEnvironmentTellsWhatATerminalCanDo(
    environment: [String: String], colors: TerminalTraits.Colors, movesCursor: Bool
  ) {
    let traits = TerminalTraits(environment: environment)
    #expect(traits.colors == colors)
    #expect(traits.movesCursor == movesCursor)
  }
}
