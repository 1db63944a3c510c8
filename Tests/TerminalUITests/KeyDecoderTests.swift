import TerminalUI
import Testing

@Suite struct KeyDecoderTests {
  private func keys(_ text: String, at seconds: Double = 0) -> [Key] {
    var decoder = KeyDecoder()
    return decoder.keys(from: text.utf8, at: seconds)
  }

  @Test func aLongTextIsPastedInATimeThatGrowsWithIt() {
    // Copied for each byte it would be thirty gigabytes.
    let text = String(repeating: "x", count: 1 << 18)
    #expect(keys("\u{1B}[200~\(text)\u{1B}[201~") == [.paste(text)])
    #expect(keys("\u{1B}O" + String(repeating: "1", count: 1 << 18) + "a") == [])
  }

  @Test(arguments: [
    ("q", [Key.character("q")]), ("é☃", ["é", "☃"]), ("\r\n\t", [.enter, .enter, .tab]),
    ("\u{7F}\u{8}", [.backspace, .backspace]), ("\u{3}\u{15}", [.control("c"), .control("u")]),
    ("\u{1B}[A\u{1B}OB", [.up, .down]), ("\u{1B}[C\u{1B}[1;1D", [.right, .left]),
    ("\u{1B}[H\u{1B}OH\u{1B}[1~\u{1B}[7~", [.home, .home, .home, .home]),
    ("\u{1B}[F\u{1B}OF\u{1B}[4~\u{1B}[8~", [.end, .end, .end, .end]),
    ("\u{1B}[5~\u{1B}[6~\u{1B}[3~", [.pageUp, .pageDown, .delete]), ("\u{1B}[Z", [.backTab]),
    ("\u{1B}OM\u{1B}Op\u{1B}Oy", [.enter, "0", "9"]), ("\u{1B}\u{7F}", [.control("w")]),
    (
      "\u{1B}[97u\u{1B}[99;5u\u{1B}[13u\u{1B}[27u\u{1B}[9;2u",
      ["a", .control("c"), .enter, .escape, .backTab]
    ),
    (
      "\u{1B}[<0;60;7M\u{1B}[<64;1;1M\u{1B}[M \\'",
      [.click(x: 59, y: 6), .wheelUp(x: 0, y: 0), .click(x: 59, y: 6)]
    ),
    ("\u{1B}[200~lr=0.1\nq\u{1B}[201~q", [.paste("lr=0.1 q"), "q"]),
    (
      "\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\\u{1B}]10;x\u{7}",
      [.reply("11;rgb:ffff/ffff/ffff"), .reply("10;x")]
    ),
    ("\u{1B}]11;x\u{3}", [.control("c")]),
  ])
  func whatIsKnownIsAKey(text: String, expected: [Key]) {
    #expect(keys(text) == expected)
    // However it is cut into pieces.
    var decoder = KeyDecoder()
    #expect(text.utf8.enumerated().flatMap { decoder.keys(from: [$1], at: Double($0) * 0.04) } == expected)
  }

  @Test(arguments: [
    "\u{1B}[I", "\u{1B}[O", "\u{1B}[1;5A", "\u{1B}[15~", "\u{1B}[3;5~", "\u{1B}OP", "\u{1B}O5A", "\u{1B}[[A",
    "\u{1B}[?62;4c", "\u{1B}[24;80R", "\u{1B}[?2026;2$y", "\u{1B}[7$", "\u{1B}[97;3u", "\u{1B}[97;1:3u",
    "\u{1B}[57399u", "\u{1B}[<35;3;4M", "\u{1B}[<0;3;4m", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}_Gi=1;OK\u{1B}\\",
    "\u{1B}^q\u{1B}\\", "\u{1B}Xq\u{1B}\\", "\u{1B}q", "\u{1B}é", "\u{1B}(B", "\u{1B}\u{1B}[A", "\u{9B}15~",
    "\u{1B}[\u{201}", "\u{0}\u{1C}",
  ])
  func whatIsUnknownIsTakenWhole(text: String) {
    #expect(keys(text).allSatisfy { $0 == "\u{201}" })
    #expect(keys(text + "\u{1B}[B").last == .down)
  }

  @Test func anEscapeThatStaysAloneIsTheKey() {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: [0x1B], at: 1).isEmpty && decoder.deadline == 1 + KeyDecoder.escapeSeconds)
    #expect(decoder.keys(at: 1.04).isEmpty)
    #expect(decoder.keys(at: 1.1) == [.escape] && decoder.deadline == nil)
    #expect(decoder.keys(from: "[".utf8, at: 2) == ["["])
  }

  @Test func aSequenceThatDoesNotGoOnIsDropped() {
    for text in ["\u{1B}[", "\u{1B}O", "\u{1B}]0;title", "\u{1B}[M ", "\u{1B}P", "\u{1B}["] {
      var decoder = KeyDecoder()
      #expect(decoder.keys(from: text.utf8, at: 0).isEmpty)
      #expect(decoder.keys(at: 2).isEmpty && decoder.keys(from: "q".utf8, at: 2) == ["q"])
    }
    var decoder = KeyDecoder()
    #expect(
      decoder.keys(from: "\u{1B}[200~lr=".utf8, at: 0).isEmpty && decoder.keys(at: 9) == [.paste("lr=")])
  }

  @Test func damagedCharactersAreNoKeys() {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: [0xFF, 0xC3, 0x71, 0xE2, 0x98, 0x83, 0xC0, 0x80], at: 0) == ["q", "☃"])
  }
}
