import Testing

@testable import TerminalUI

struct ChartBandTests {
  private func chart(_ glyphs: GlyphSet, bands: Int) -> LineChart {
    var chart = LineChart(title: "", series: [], horizontal: Axis(0, 10), glyphs: glyphs)
    chart.bands = (0..<bands).map { _ in
      ChartBand(
        style: .dim,
        spans: [
          ChartBand.Span(x: 0, values: 3.6...11.4), ChartBand.Span(x: 10, values: 3.6...11.4),
        ])
    }
    // As high as there are rows: each has a whole number in its middle.
    chart.vertical = Axis(0, 15)
    return chart
  }

  private func cells(_ chart: LineChart) -> [[Character]] {
    var surface = Surface(width: 40, height: 20)
    chart.draw(on: &surface, in: surface.bounds)
    return surface.lines.dropFirst().prefix(16).map { Array($0.dropFirst(5).dropLast()) }
  }

  @Test(arguments: GlyphSet.allCases)
  func dotsLieBetweenTheLowestAndTheHighestLine(glyphs: GlyphSet) {
    let rows = cells(chart(glyphs, bands: 1))
    for (row, cells) in rows.enumerated() {
      let isFilled = cells.contains { $0 != " " }
      #expect(isFilled == (4...11).contains(row), "row \(row)")
    }
  }

  @Test(arguments: GlyphSet.allCases)
  func bandsThatCoverEachOtherAreBothSeen(glyphs: GlyphSet) {
    let middle = cells(chart(glyphs, bands: 2))[8]
    #expect(Set(middle.filter { $0 != " " }).count >= 2)
  }

  @Test func theAxisHoldsTheBand() {
    var chart = chart(.braille, bands: 1)
    chart.vertical = nil
    #expect(chart.verticalAxis.lower < 3.6 && chart.verticalAxis.upper > 11.4)
  }
}
