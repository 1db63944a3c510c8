import TerminalUI
import Testing

struct GaugeTests {
  @Test(arguments: 0...200)
  func bothPartsFillTheWidthExactly(width: Int) {
    for share in [-1, 0, 0.001, 0.25, 0.5, 0.999, 1, 2, .nan, .infinity, -.infinity] {
      for style in [Gauge.Style.line, .lineWithoutRest, .shades, .ascii] {
        let gauge = Gauge(share: share, width: width, style: style)
        #expect(gauge.completed.count + gauge.rest.count == width)
      }
    }
  }

  @Test(arguments: 1...200)
  func itIsFullOnlyWhenAllIsDone(width: Int) {
    for style in [Gauge.Style.line, .lineWithoutRest, .shades, .ascii] {
      let almost = Gauge(share: 1 - 1e-9, width: width, style: style)
      #expect(almost.completed != Gauge(share: 1, width: width, style: style).completed)
      #expect(Gauge(share: 1, width: width, style: style).rest.isEmpty)
    }
  }

  @Test(arguments: 0...200)
  func itNeverShrinksAsWorkIsDone(width: Int) {
    let lengths = (0...100).map {
      Gauge(share: Double($0) / 100, width: width, style: .ascii).completed.count
    }
    #expect(lengths == lengths.sorted())
  }

  @Test func halfCellsShowWhereGlyphsAllow() {
    let odd = Gauge(share: 0.5, width: 5, style: .line)
    #expect(odd.completed + "|" + odd.rest == "━━╸|━━")
    let even = Gauge(share: 0.5, width: 6, style: .line)
    #expect(even.completed + "|" + even.rest == "━━━|╺━━")
    #expect(Gauge(share: 0, width: 3, style: .line).rest == "━━━")
  }

  @Test func withoutColoursTheRestIsBlank() {
    let gauge = Gauge(share: 0.5, width: 5, style: .lineWithoutRest)
    #expect(gauge.completed + gauge.rest == "━━╸  ")
  }

  @Test func asciiUsesOnlyAscii() {
    let gauge = Gauge(share: 0.5, width: 5, style: .ascii)
    #expect(gauge.completed + gauge.rest == "##---")
  }

  @Test func aConsoleHasHalfBlocksAndShades() {
    let gauge = Gauge(share: 0.5, width: 5, style: Gauge.Style(.console, showsColors: true))
    #expect(gauge.completed + gauge.rest == "██▌░░")
  }

  @Test func aNegativeWidthIsEmpty() {
    #expect(Gauge(share: 0.5, width: -3, style: .line) == Gauge(share: 0.5, width: 0, style: .line))
  }
}
