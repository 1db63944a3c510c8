import Testing

@testable import TerminalUI

@Suite struct SurfaceTests {
  @Test func textIsClippedOnEverySide() {
    var surface = Surface(width: 5, height: 2)
    surface.write("abcdefg", x: -2, y: 0)
    surface.write("xyz", x: 3, y: 1)
    surface.write("never", x: 0, y: 2)
    surface.write("never", x: 0, y: -1)
    #expect(surface.lines == ["cdefg", "   xy"])
  }

  @Test func wideCharactersKeepTheirCells() {
    var surface = Surface(width: 6, height: 1)
    let end = surface.write("日本x", x: 0, y: 0)
    #expect(end == 5)
    #expect(surface.lines == ["日本x "])
    #expect(surface[1, 0].character == nil)
    #expect(surface.lines[0].cellWidth == 6)
  }

  @Test func aWideCharacterIsNeverCutInHalf() {
    var surface = Surface(width: 3, height: 1)
    surface.write("日本", x: 0, y: 0)
    #expect(surface.lines == ["日 "])
  }

  @Test(arguments: [0, 1])
  func overwritingHalfOfAWideCharacterBlanksTheOther(x: Int) {
    var surface = Surface(width: 2, height: 1)
    surface.write("日", x: 0, y: 0)
    surface.put("a", x: x, y: 0)
    #expect(surface.lines == [x == 0 ? "a " : " a"])
  }

  @Test func combiningMarksStayWithTheirCharacterAndControlsAreQuestionMarks() {
    var surface = Surface(width: 6, height: 1)
    surface.write("e\u{301}\u{7}\u{1B}n", x: 0, y: 0)
    #expect(surface.lines == ["e\u{301}??n  "])
  }

  @Test func theLimitEndsTheText() {
    var surface = Surface(width: 9, height: 1)
    let end = surface.write("abcdef", x: 1, y: 0, limit: 4)
    #expect(end == 4)
    #expect(surface.lines == [" abc     "])
  }

  @Test func textCanEndAtAColumn() {
    var surface = Surface(width: 5, height: 1)
    surface.write("12", endingAt: 5, y: 0)
    #expect(surface.lines == ["   12"])
  }

  @Test(arguments: [(0, 0), (-3, 2), (1, 1)])
  func everySizeExists(width: Int, height: Int) {
    var surface = Surface(width: width, height: height)
    surface.write("x", x: 0, y: 0)
    surface.drawFrame(Rect(width: width, height: height), title: "t", glyphs: .braille)
    surface.restyle(Rect(x: -5, y: -5, width: 99, height: 99)) { $0.isBold = true }
    #expect(surface.lines.count == max(0, height))
  }

  @Test func restylingLeavesTheText() {
    var surface = Surface(width: 3, height: 1)
    surface.write("abc", x: 0, y: 0)
    surface.restyle(Rect(x: 1, y: 0, width: 1, height: 1)) { $0.isReversed = true }
    #expect(surface.lines == ["abc"])
    #expect((0..<3).map { surface[$0, 0].style.isReversed } == [false, true, false])
  }
}

@Suite struct RectTests {
  @Test func splitsCoverTheWholeAndNoMore() {
    let rect = Rect(x: 2, y: 3, width: 10, height: 7)
    for size in -1...12 {
      let (top, below) = rect.splitTop(size)
      #expect(top.height + below.height == 7 && below.y == top.maxY && below.maxY == rect.maxY)
      let (above, bottom) = rect.splitBottom(size)
      #expect(above.height + bottom.height == 7 && bottom.maxY == rect.maxY)
      let (left, right) = rect.splitLeft(size)
      #expect(left.width + right.width == 10 && right.x == left.maxX)
    }
  }

  @Test func disjointRectanglesShareNothing() {
    let first = Rect(width: 3, height: 3)
    #expect(first.intersection(Rect(x: 5, y: 5, width: 2, height: 2)).isEmpty)
    #expect(
      first.intersection(Rect(x: 1, y: 1, width: 9, height: 9)) == Rect(x: 1, y: 1, width: 2, height: 2))
  }
}
