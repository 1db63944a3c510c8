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

  @Test func coloursAreShownAsTheTerminalCan() {
    let colored = PixelImage(height: 2, width: 1, channels: 3, pixels: [255, 0, 0, 10, 200, 90])
    #expect(colored.halfBlockLines(trueColor: true) == ["\u{1B}[38;2;255;0;0;48;2;10;200;90m▀\u{1B}[0m"])
    #expect(colored.halfBlockLines(trueColor: false) == ["\u{1B}[38;5;196;48;5;41m▀\u{1B}[0m"])
    // As bright as they look.
    #expect(colored.asciiLines == ["::", "=="])
    var surface = Surface(width: 1, height: 1)
    colored.draw(on: &surface, x: 0, y: 0, shading: .halfBlocks)
    #expect(surface[0, 0].style == Style(foreground: .rgb(255, 0, 0), background: .rgb(10, 200, 90)))
    #expect(surface[0, 0].style.foreground?.basic == 1 && surface[0, 0].style.background?.basic == 2)
  }

  @Test(arguments: 0...255)
  func theNearestColourOfThePaletteIsTaken(level: Int) {
    let (red, green, blue) = (UInt8(level), UInt8(255 - level), UInt8(level / 2))
    func distance(_ index: Int) -> Int {
      let levels = [0, 95, 135, 175, 215, 255]
      var color = [Int](repeating: 8 + 10 * (index - 232), count: 3)
      if index < 232 {
        color = [levels[(index - 16) / 36], levels[(index - 16) / 6 % 6], levels[(index - 16) % 6]]
      }
      let differences = [color[0] - Int(red), color[1] - Int(green), color[2] - Int(blue)]
      return differences.reduce(0) { $0 + $1 * $1 }
    }
    let best = (16...255).map(distance).min()
    #expect(distance(Int(Color.rgb(red, green, blue).palette256)) == best)
    let grey = UInt8(level)
    #expect(Int(Color.rgb(grey, grey, grey).palette256) >= 16)
  }

  @Test func aLargePictureIsHalvedUntilItFits() {
    let large = PixelImage(
      height: 96, width: 96, channels: 3, pixels: [UInt8](repeating: 9, count: 96 * 96 * 3))
    #expect(large.fitting(rows: 16) == large.halved.halved)
    #expect(large.fitting(columns: 96) == large && large.fitting(columns: 95) == large.halved)
    #expect(large.fitting(rows: 0, columns: 0).height == 2 || large.fitting(rows: 0, columns: 0).height == 1)
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
