internal import CNcurses
internal import Platform
import Testing

@testable import TerminalUI

struct CharacterWidthTests {
  @Test func everyCharacterIsAsWideAsTheCLibrarySays() throws {
    let former = uselocale(try #require(newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)))
    defer { uselocale(former) }
    var different: [UInt32] = []
    for scalar in (0...0x10FFFF as ClosedRange<UInt32>).lazy.compactMap(Unicode.Scalar.init) {
      let width = platform_width(scalar.value)
      // What cannot be shown is drawn as a question mark.
      if Character(scalar).cellWidth != (scalar.isPrintable ? Int(width) : 1) {
        different.append(scalar.value)
      }
      if width < 0, scalar.isPrintable { different.append(scalar.value) }
    }
    #expect(different.isEmpty)
  }

  @Test(arguments: [
    ("e\u{301}", 1), ("日本", 4), ("👩‍🔬", 4), ("각", 2), ("क्षि", 3), ("a\u{7}", 2), ("\u{301}", 0),
  ])
  func textIsAsWideAsItIsDrawn(text: String, width: Int) {
    #expect(text.cellWidth == width)
    var surface = Surface(width: 10, height: 1)
    #expect(surface.write(text, x: 0, y: 0) == width)
  }

  @Test func aCellHoldsOneSpacingCharacterWithItsMarks() {
    var surface = Surface(width: 6, height: 1)
    surface.write("👩‍🔬é́x", x: 0, y: 0)
    #expect((0..<6).map { surface[$0, 0].character } == ["👩", nil, "🔬", nil, "é́", "x"])
  }

  @Test func tablesLineUpByCells() {
    let table = TextTable(rows: [["", "随机失活"], ["loss", "0.3"]])
    #expect(table.lines == ["       随机失活", "loss        0.3"])
  }

  @Test func asciiKeepsTheColumns() {
    #expect(TextEncoding.ascii.encode("随a\u{301}") == "??" + "?")
  }
}
