import Testing

@testable import TerminalUI

@Suite struct PixelImageTests {
  let image = PixelImage(height: 3, width: 2, pixels: [0, 255, 128, 64, 255, 0])

  @Test func asciiGoesFromBlankToAt() {
    #expect(image.asciiLines == ["  @@", "==::", "@@  "])
  }

  @Test func halfBlocksShowTwoRowsEach() {
    let lines = image.halfBlockLines(trueColor: true)
    #expect(lines.count == 2)
    #expect(
      lines[0]
        == "\u{1B}[38;2;0;0;0;48;2;128;128;128m▀\u{1B}[38;2;255;255;255;48;2;64;64;64m▀\u{1B}[0m")
    #expect(lines[1].contains("48;2;0;0;0"))
  }

  @Test func aPictureIsDrawnInCellsOfTwoPixels() {
    var surface = Surface(width: 4, height: 3)
    image.draw(on: &surface, x: 1, y: 1, shading: .halfBlocks)
    #expect(surface.lines == ["    ", " ▀▀ ", " ▀▀ "])
    #expect(surface[1, 1].style == Style(foreground: .gray(0), background: .gray(128.0 / 255)))
    #expect(surface[1, 2].style == Style(foreground: .gray(1), background: .gray(0)))
    image.draw(on: &surface, x: 1, y: 1, shading: .shades)
    #expect(surface.lines == ["    ", " ░▒ ", " ▒  "])
    image.draw(on: &surface, x: 1, y: 1, shading: .characters)
    #expect(surface.lines == ["    ", " :+ ", " =  "])
  }

  @Test func aPaletteHasItsGreys() {
    let line = image.halfBlockLines(trueColor: false)[0]
    #expect(line.hasPrefix("\u{1B}[38;5;16;48;5;"))
    #expect(line.contains("38;5;231"))
  }

  @Test(arguments: 0...255)
  func everyLevelHasAGreyOfThePalette(level: Int) {
    let index = Color.gray(Double(level) / 255).palette256
    #expect(index == 16 || index == 231 || (232...255).contains(index))
  }

  @Test func halvedPixelsAreMeans() {
    let halved = PixelImage(height: 3, width: 3, pixels: [0, 10, 7, 20, 30, 9, 40, 60, 255]).halved
    #expect(halved == PixelImage(height: 2, width: 2, pixels: [15, 8, 50, 255]))
  }

  @Test func anEmptyPictureHasNoLines() {
    let empty = PixelImage(height: 0, width: 0, pixels: [])
    #expect(empty.asciiLines.isEmpty)
    #expect(empty.halfBlockLines(trueColor: true).isEmpty)
    #expect(empty.halved == empty)
  }
}
