import Testing

@testable import TerminalUI

@Suite struct HistogramTests {
  private func draw(_ histogram: Histogram, width: Int, height: Int, glyphs: GlyphSet = .braille) -> [String]
  {
    var surface = Surface(width: width, height: height)
    histogram.draw(on: &surface, in: surface.bounds, glyphs: glyphs)
    return surface.lines
  }

  @Test func barsAreAsHighAsTheirValues() {
    #expect(draw(Histogram(values: [16, 8, 1, 0]), width: 4, height: 2) == ["█   ", "██▁ "])
    #expect(draw(Histogram(values: [2, 1, 0]), width: 3, height: 2, glyphs: .ascii) == ["#  ", "## "])
    #expect(
      draw(Histogram(values: [4, 3, 1, 0]), width: 4, height: 2, glyphs: .console) == ["█▄  ", "██▄ "])
  }

  @Test func aLogarithmLetsSmallValuesBeSeen() {
    let lines = draw(Histogram(values: [65_535, 255, 0], isLogarithmic: true), width: 3, height: 2)
    #expect(lines == ["█  ", "██ "])
  }

  @Test func fewerColumnsThanBarsShowTheHighestOfEach() {
    #expect(draw(Histogram(values: [1, 8, 4, 0]), width: 2, height: 1) == ["█▄"])
  }

  @Test func nothingIsDrawnOfNothing() {
    #expect(draw(Histogram(values: []), width: 2, height: 1) == ["  "])
    #expect(draw(Histogram(values: [0, 0]), width: 2, height: 1) == ["  "])
    for size in 0...3 { #expect(draw(Histogram(values: [3, 1]), width: size, height: size).count == size) }
  }
}
