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

  /// The System page had 6.25 and 6.5 threads.
  @Test(arguments: [[6.0, 7], [7], [0], [0, 1], [2, 3, 60], [100, 101], [999, 1500]], 5...30)
  func ticksOfWholeThingsAreWhole(values: [Double], height: Int) {
    var chart = chart(values.enumerated().map { (Double($0), $1) }, glyphs: .braille)
    chart.hasWholeValues = true
    let labels = draw(chart, height: height).compactMap { $0.firstMatch(of: #/│ *([−0-9.]+)┤/#)?.output.1 }
    #expect(!labels.isEmpty && labels.allSatisfy { Int($0.replacing("−", with: "-")) != nil }, "\(labels)")
  }

  /// Six networks, four of which stay near 10 %: those that learn were nowhere in the chart.
  @Test func noLineIsLeftOutOfTheChartOfShares() {
    let finals = [0.0977, 0.1, 0.0977, 0.1, 0.69, 0.6733, 0.62, 0.6058, 0.77, 0.724, 0.236, 0.2341]
    let bounded = ChartRange.typical(finals.map { [$0] }, within: 0...1)
    #expect(bounded == 0.0977...0.77)
    // Nor are more than half of the lines, whatever they tell of; one that explodes is.
    #expect(ChartRange.typical(finals.map { [$0] }) == 0.0977...0.77)
    #expect(ChartRange.typical([[0.5, 0.4], [0.6, 0.5], [0.7, 0.6], [3e20, 1e23]]) == 0.4...0.7)
  }

  /// The rows of a chart that have a tick, and whether the ticks lie at even distances in the middle of rows.
  private func tickRows(_ chart: LineChart, height: Int) -> [Int] {
    draw(chart, height: height).enumerated().filter { $1.contains("┤") }.map(\.offset)
  }

  /// The Fit page's curve, those of activation functions and the ones over powers of ten had ticks between rows.
  @Test(arguments: 7...30) func ticksAreOnWholeRowsWhateverTheAxisIsMadeFor(height: Int) {
    var given = chart([(0, -3), (10, 19)], glyphs: .braille)
    given.vertical = Axis(-46, 21)
    var decades = chart([(0, 0.0088), (10, 4.2e8)], glyphs: .braille)
    decades.isLogarithmic = true
    for chart in [given, decades] {
      let rows = tickRows(chart, height: height)
      #expect(rows.count >= 2)
      #expect(Set(zip(rows.dropFirst(), rows).map { $0 - $1 }).count <= 1, "\(draw(chart, height: height))")
    }
  }

  /// A given axis is shown as a whole.
  @Test(arguments: 7...30, [(-46.0, 21.0), (0, 1), (-1, 2), (0, 0.25)])
  func aGivenAxisHasRoomForAllOfIt(height: Int, range: (Double, Double)) {
    var chart = chart([(0, 0), (10, 0)], glyphs: .braille)
    chart.vertical = Axis(range.0, range.1)
    let labels = draw(chart, height: height).compactMap { line in
      line.split(separator: "┤").first.flatMap {
        Double($0.filter { !"│ ".contains($0) }.replacing("−", with: "-"))
      }
    }
    let step = zip(labels, labels.dropFirst()).map { $0 - $1 }.min() ?? 0
    #expect(
      labels.contains { $0 >= range.1 - step * 1.01 } && labels.contains { $0 <= range.0 + step * 1.01 })
  }

  /// Labels with as many decimals for all used to be `0` and `1`, twice each.
  @Test(arguments: [
    (1e-5, 1.0), (0.001, 1000), (0.25, 0.9), (1e-9, 1e9), (1e20, 1.5e20), (0.31, 0.33), (3, 70), (1, 1.0001),
  ])
  func noTwoTicksHaveOneLabel(lower: Double, upper: Double) {
    for (isLogarithmic, height) in [true, false].flatMap({ kind in (8...30).map { (kind, $0) } }) {
      var chart = chart([(0, lower), (10, upper)], glyphs: .braille)
      chart.isLogarithmic = isLogarithmic
      let labels = draw(chart, height: height).compactMap { line in
        line.firstMatch(of: /^│ *([0-9.e−]+)┤/).map { String($0.output.1) }
      }
      #expect(Set(labels).count == labels.count && !labels.isEmpty, "\(labels)")
      #expect(
        labels.compactMap { Double($0.replacing("−", with: "-")) }
          == labels.compactMap {
            Double($0.replacing("−", with: "-"))
          }.sorted(by: >), "\(labels)")
    }
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

  @Test(arguments: [(-0.1, nil), (0.0, 1.0), (4.9, 1), (5, 2.5), (10, 4), (11, 4), (12.1, nil)])
  func aLineHasTheValueOfItsLastPointAndNoneBeforeOrBeyondItself(place: Double, value: Double?) {
    let line = chart([(0, 1), (5, 2.5), (10, 4)]).series[0]
    #expect(line.value(at: place, end: 12) == value)
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

  /// One spike of a run flattened the default experiment itself.
  @Test func aSpikeLeavesTheChartAndIsToldAtItsEdge() {
    let points = (0...200).map { index -> (Double, Double) in
      (Double(index) / 20, index == 62 ? 1.5e23 : 0.5 + Double(index % 7) / 100)
    }
    var chart = chart(points)
    #expect(chart.verticalAxis.upper > 1e23)
    chart.isRobust = true
    #expect(chart.verticalAxis.upper < 1)
    #expect(draw(chart, width: 60)[0].contains(" ^ 1.5e23 at 3.1 "))
    chart.series[0].points[62].y = -40
    #expect(draw(chart, width: 60).last?.contains(" v -40 at 3.1 ") == true)
  }

  /// A fork with a learning rate of 50 made an axis to 1.5e23, although most of its values are there.
  @Test func aLineThatLeavesNoRoomForTheOthersLeavesTheChart() {
    let points = (0...100).map { index -> (Double, Double) in
      (Double(index) / 10, 0.4 + Double(index % 10) / 50)
    }
    var chart = chart(points)
    chart.series.append(chart.series[0])
    chart.series[1].points = (50...100).map { index -> ChartSeries.Point in
      ChartSeries.Point(x: Double(index) / 10, y: Double(index) * 1e21)
    }
    chart.isRobust = true
    #expect(chart.verticalAxis.upper < 1 && chart.verticalAxis.lower > 0.3)
    #expect(draw(chart, width: 60)[0].contains("^ 1.0e23 at 10.0"))
  }

  @Test func lessThanAnOutlierStays() {
    var chart = chart([(0, 0.9), (1, 0.5), (2, 0.4), (3, 0.35), (4, 0.33), (5, 0.32)])
    chart.isRobust = true
    #expect(chart.verticalAxis.lower <= 0.32 && chart.verticalAxis.upper >= 0.5)
    #expect(!draw(chart, width: 60)[0].contains("^") || chart.verticalAxis.upper < 0.9)
    chart.series[0].points = [.init(x: 1, y: 1e9), .init(x: 2, y: 1)]
    #expect(chart.verticalAxis.upper >= 1e9, "of two values none is the usual one")
  }

  @Test(arguments: 7...40) func theLinesOfTicksAreInTheMiddleOfTheirRows(height: Int) throws {
    for (low, high) in [(0.283, 1.04), (0.8131, 0.8842), (3, 1234), (-0.011, 0.052)] {
      // A whole line at each tick lies in the very row of its label.
      var chart = chart([(0, low), (10, high)])
      let rows = draw(chart, width: 60, height: height).enumerated().filter {
        $0.element.contains("+ ") || $0.element.contains("+o")
      }
      let ticks = rows.dropFirst().compactMap { row in
        row.element.split(separator: "+")[0].split(separator: "|").last.flatMap { Double($0.trimmed) }.map {
          (row.offset, $0)
        }
      }
      #expect(ticks.count >= 2, "\(height) \(low)")
      for (row, tick) in ticks {
        chart.series = [
          ChartSeries(
            label: "", mark: "#", style: .plain, points: [.init(x: 0, y: tick), .init(x: 10, y: tick)]),
          ChartSeries(
            label: "", mark: " ", style: .plain, points: [.init(x: 0, y: low), .init(x: 0, y: high)]),
        ]
        let lines = draw(chart, width: 60, height: height)
        #expect(lines[row].contains("####"), "\(height) \(tick)\n\(lines.joined(separator: "\n"))")
      }
    }
  }

  @Test(arguments: 5...40) func noTickIsAboveOneHundredPerCent(height: Int) {
    for low in [0.0, 0.5, 0.83, 0.97, 0.9991] {
      var chart = chart([(0, low), (10, 1)])
      (chart.showsPercent, chart.bounds) = (true, 0...1)
      let percentages = draw(chart, height: height).joined(separator: "\n").matches(of: /([0-9.]+)%/)
        .compactMap { Double($0.output.1) }
      #expect(!percentages.isEmpty && percentages.allSatisfy { $0 <= 100 }, "\(low) \(percentages)")
    }
  }

  @Test(arguments: GlyphSet.allCases) func namesStandAtTheEndsOfLinesAndNeverOnThem(glyphs: GlyphSet) {
    var chart = chart((0...80).map { (Double($0) / 10, Double($0 % 2)) }, glyphs: glyphs)
    chart.series[0].label = ""
    let bare = draw(chart, width: 60)
    chart.series[0].label = "test"
    chart.legend = .lineEnds
    let named = draw(chart, width: 60)
    #expect(named.joined().contains("o test"))
    for (bare, named) in zip(bare, named) {
      for (before, after) in zip(bare, named) where before != " " && after != before {
        #expect(after == "o" && glyphs != .ascii || before == "o", "\(bare)\n\(named)")
      }
    }
    // Where the line goes up to the edge there is no room.
    chart.series[0].points = (0...100).map { .init(x: Double($0) / 10, y: Double($0 % 2)) }
    #expect(!draw(chart, width: 60).joined().contains("test"))
  }

  /// A bare mark rows away from its line looked like a point.
  @Test func aMarkWithoutItsNameStandsAtTheEndOfItsLineOnly() {
    var chart = chart((0...88).map { (Double($0) / 10, 1) }, glyphs: .braille)
    chart.legend = .lineEnds
    let line = chart.series[0]
    chart.series = (0..<3).map { index in
      var series = line
      series.label = "a long name \(index)"
      return series
    }
    let lines = draw(chart, width: 40).filter { $0.contains("o") && !$0.contains("loss") }
    #expect(lines.count <= 1, "\(lines.joined(separator: "\n"))")
  }

  @Test func theBestPointHasAStar() {
    var chart = chart([(0, 1), (5, 3), (10, 2)], glyphs: .braille)
    #expect(!draw(chart).joined().contains("★"))
    chart.series[0].best = .init(x: 5, y: 3)
    #expect(draw(chart).joined().count { $0 == "★" } == 1)
  }

  @Test func aNumberStandsOnTheLineOfItsMark() {
    var chart = chart([(0, 1), (10, 2)])
    chart.marks = [
      ChartMark(x: 5, label: "1", isNumbered: true, style: .plain),
      ChartMark(x: 9.99, label: "2", isNumbered: true, style: .plain),
    ]
    let lines = draw(chart, width: 60)
    #expect(lines.contains { $0.dropFirst(20).dropLast(20).contains("1") })
    #expect(lines.contains { $0.dropLast(1).hasSuffix("2") })
  }

  @Test func equalLinesShareTheirCells() {
    var chart = chart([(0, 1), (10, 1)])
    chart.series.append(chart.series[0])
    chart.series[1].mark = "#"
    #expect(draw(chart).contains { $0.contains("o#o#o#") })
  }

  @Test func dotsTellLinesApart() {
    var chart = chart([(0, 1), (10, 1)], glyphs: .braille)
    let whole = draw(chart)
    chart.series[0].spacing = 2
    #expect(draw(chart) != whole)
  }

  @Test func percentagesAreWrittenAsSuch() {
    var chart = chart([(0, 0.7), (10, 0.9)])
    chart.showsPercent = true
    #expect(draw(chart).joined().contains("80%"))
  }
}

extension Substring {
  fileprivate var trimmed: String { String(self).filter { $0 != " " } }
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
