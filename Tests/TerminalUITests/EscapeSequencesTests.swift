import Testing

@testable import TerminalUI

struct EscapeSequencesTests {
  private func surface(_ style: Style) -> Surface {
    var surface = Surface(width: 6, height: 1)
    surface.write("a", x: 0, y: 0)
    surface.write("bc", x: 1, y: 0, style: style)
    return surface
  }

  @Test func stylesBecomeSequencesThatEnd() {
    let style = Style(foreground: .series[0], isBold: true)
    #expect(surface(style).lines(colors: .palette256) == ["a\u{1B}[0;1;38;5;75mbc\u{1B}[0m"])
    #expect(surface(style).lines(colors: .sixteen) == ["a\u{1B}[0;1;36mbc\u{1B}[0m"])
    let behind = Style(background: .series[1], isDim: true, isReversed: true)
    #expect(surface(behind).lines(colors: .palette256) == ["a\u{1B}[0;2;7;48;5;214mbc\u{1B}[0m"])
  }

  @Test func withoutColoursThereAreNone() {
    #expect(surface(Style(foreground: .series[0], isBold: true)).lines(colors: .none) == ["abc"])
  }

  @Test func aWideCharacterIsWrittenOnce() {
    var surface = Surface(width: 3, height: 1)
    surface.write("表x", x: 0, y: 0, style: .bold)
    #expect(surface.lines(colors: .sixteen) == ["\u{1B}[0;1m表x\u{1B}[0m"])
  }
}
