import Testing

@testable import TerminalUI

@Suite struct LineChartTests {
  func chart(_ points: [(Double, Double)], glyphs: GlyphSet = .ascii, to end: Double = 10) -> LineChart {
    LineChart(
      title: "loss",
      series: [
        ChartSeries(
          label: "train", mark: "o", style: .plain, points: points.map { ChartSeries.Point(x: $0.0, y: $0.1) }
        )
      ], horizontal: Axis(0, end), glyphs: glyphs)
  }

  func draw(_ chart: LineChart, width: Int = 40, height: Int = 10) -> [String] {
    var surface = Surface(width: width, height: height)
    chart.draw(on: &surface, in: surface.bounds)
    return surface.lines
  }

  @Test func aFallingLineFallsInASCII() {
    let lines = draw(chart([(0, 10), (10, 0)]))
    #expect(lines[0] == "+ loss --------------------------------+")
    #expect(lines.last == "+--------------------------------------+")
    let columns = lines[1...6].compactMap { line in
      line.firstIndex(of: "o").map { line.distance(from: line.startIndex, to: $0) }
    }
    #expect(columns.count == 6)
    #expect(columns == columns.sorted())
  }

  @Test func axesHaveAtLeastThreeLabels() {
    let lines = draw(chart([(0, 0.3), (10, 1.1)]), width: 60, height: 14)
    let labels = lines.filter { $0.contains("+") && $0.contains(".") }
    #expect(labels.count >= 3)
    let numbers = lines[12].split(whereSeparator: { " |".contains($0) }).compactMap { Double($0) }
    #expect(numbers.count >= 3)
    #expect(numbers.first == 0)
  }

  @Test(arguments: GlyphSet.allCases)
  func everySizeDraws(glyphs: GlyphSet) {
    var chart = chart([(0, 1), (3, .nan), (5, 2), (10, .infinity)], glyphs: glyphs)
    chart.marks = [ChartMark(x: 4, label: "p 0.5", style: .bold)]
    chart.cursor = 5
    chart.horizontalUnit = "epoch"
    for width in 0...40 {
      for height in 0...14 { #expect(draw(chart, width: width, height: height).count == height) }
    }
    #expect(draw(chart, width: 300, height: 100).count == 100)
  }

  @Test func aDashedLineLeavesOutEveryOtherCell() {
    var chart = chart([(0, 1), (10, 1)], glyphs: .braille)
    let whole = draw(chart).joined().filter { ("\u{2801}"..."\u{28FF}").contains($0) }.count
    chart.series[0].isDashed = true
    let dashed = draw(chart).joined().filter { ("\u{2801}"..."\u{28FF}").contains($0) }.count
    #expect(whole > 20)
    #expect((whole / 2 - 1...whole / 2 + 1).contains(dashed))
    #expect(draw(chart).joined().contains("╌ train"))
  }

  @Test(arguments: [(0.0, "1.0000"), (4.9, "1.0000"), (5, "2.5000"), (10, "4.0000")])
  func theCursorReadsTheLastValueAtItsPlace(cursor: Double, value: String) {
    var chart = chart([(0, 1), (5, 2.5), (10, 4)])
    chart.cursor = cursor
    #expect(draw(chart).joined().contains("train \(value.paddedLeft(to: 7))"))
  }

  @Test func beforeItsFirstPointALineHasNoValue() {
    var chart = chart([(5, 2.5), (10, 4)])
    chart.cursor = 2
    #expect(!draw(chart).joined().contains("train"))
  }

  @Test func theValuesAtTheCursorStandOnTheOtherSide() {
    var chart = chart((0...100).map { (Double($0) / 10, Double($0 % 2)) })
    for (cursor, isLeft) in [(1.0, false), (9.0, true)] {
      chart.cursor = cursor
      let line = draw(chart).first { $0.contains("train") } ?? ""
      let column = line.distance(from: line.startIndex, to: line.firstRange(of: "train")!.lowerBound)
      #expect((column < 20) == isLeft, "\(line)")
    }
  }

  @Test func whatLiesBeforeTheScaledPartMayLeaveTheChart() {
    var chart = chart([(0, 100), (1, 2), (10, 1)])
    chart.scaledFrom = 1
    #expect(chart.verticalAxis.upper < 2.1)
    #expect(draw(chart).joined().contains("o"))
    chart.scaledFrom = 11
    #expect(chart.verticalAxis.lower == 0 && chart.verticalAxis.upper == 1)
  }

  @Test func whatIsNotFiniteIsAGapAndDoesNotMoveTheBounds() {
    let chart = chart([(0, 1), (2, .infinity), (4, .nan), (6, 2), (8, -.infinity)])
    #expect(chart.verticalAxis.lower > 0.9 && chart.verticalAxis.upper < 2.1)
    let row = draw(chart).joined()
    #expect(row.filter { $0 == "o" }.count == 2 + 2)  // Two dots, and "o" twice in the legend and title.
  }

  @Test func aColumnKeepsItsSmallestAndLargestValue() {
    // One spike among 10,000 points must be seen.
    let points = (0...10_000).map { (Double($0) / 1000, $0 == 5003 ? 100.0 : 1.0) }
    let lines = draw(chart(points))
    #expect(lines[1].contains("o"))
  }

  @Test func linesDrawnLaterAreOnTop() {
    var chart = chart([(0, 1), (10, 1)])
    chart.series.append(
      ChartSeries(
        label: "", mark: "#", style: .bold, points: [.init(x: 0, y: 1), .init(x: 10, y: 1)]))
    let plot = draw(chart).joined()
    #expect(plot.contains("####"))
    #expect(!plot.contains("ooo"))
  }

  @Test func aNarrowChartNamesLinesByTheirMarks() {
    let lines = draw(chart([(0, 1), (10, 2)], glyphs: .braille), width: 12, height: 6)
    #expect(lines.joined().contains("o"))
    #expect(!lines.joined().contains("train"))
  }

  @Test func theTitleNamesTheKindsOfLinesWhereTheLegendHasNoRoom() {
    var chart = chart([(0, 0), (1, 10), (2, 0), (8, 10), (9, 0), (10, 10)], glyphs: .braille)
    chart.series.append(chart.series[0])
    chart.series[1].label = "test"
    chart.series[1].isDashed = true
    #expect(draw(chart, width: 40, height: 7)[0].hasPrefix("╭ loss: ━ train ╌ test ──"))
    #expect(draw(chart, width: 20, height: 7)[0].hasPrefix("╭ loss ──"))
    #expect(draw(chart, width: 80, height: 20)[0].hasPrefix("╭ loss ──"), "the legend has room")
  }

  @Test func theLastPartsOfATitleGiveWay() {
    var chart = chart([(0, 1)])
    chart.title = "loss, 3 seeds, dots: test range"
    #expect(draw(chart, width: 40, height: 7)[0].hasPrefix("+ loss, 3 seeds, dots: test range --"))
    #expect(draw(chart, width: 30, height: 7)[0].hasPrefix("+ loss, 3 seeds --"))
  }

  @Test func aMarkIsDrawnWhereItHappened() {
    var chart = chart([(0, 1), (10, 2)])
    chart.marks = [ChartMark(x: 5, label: "p2 0.5>0.6", style: .plain)]
    let lines = draw(chart, width: 60)
    #expect(lines.filter { $0.contains(":") }.count >= 5)
    #expect(lines.joined().contains(":p2 0.5>0.6"))
  }

  @Test func percentagesAreWrittenAsSuch() {
    var chart = chart([(0, 0.7), (10, 0.9)])
    chart.showsPercent = true
    #expect(draw(chart).joined().contains("80%"))
  }
}

@Suite struct DotCanvasTests {
  func picture(_ glyphs: GlyphSet, _ dots: [(Int, Int)]) -> [String] {
    var canvas = DotCanvas(area: Rect(width: 2, height: 1), glyphs: glyphs)
    for dot in dots { canvas.set(x: dot.0, y: dot.1, style: .plain, mark: "*") }
    var surface = Surface(width: 2, height: 1)
    canvas.draw(on: &surface)
    return surface.lines
  }

  @Test func brailleDotsHaveTheirPlaces() {
    #expect(picture(.braille, [(0, 0)]) == ["⠁ "])
    #expect(picture(.braille, [(1, 3)]) == ["⢀ "])
    #expect(picture(.braille, [(0, 3), (1, 0), (2, 1)]) == ["⡈⠂"])
    let all = (0..<2).flatMap { x in (0..<4).map { (x, $0) } }
    #expect(picture(.braille, all) == ["⣿ "])
  }

  @Test func blocksAndCharactersHaveTheirPlaces() {
    #expect(picture(.block, [(0, 0), (1, 1), (2, 0), (3, 0)]) == ["▚▀"])
    #expect(picture(.ascii, [(1, 0)]) == [" *"])
  }

  @Test func dotsOutsideAreIgnored() {
    #expect(picture(.braille, [(-1, 0), (0, -1), (4, 0), (0, 4)]) == ["  "])
  }
}
