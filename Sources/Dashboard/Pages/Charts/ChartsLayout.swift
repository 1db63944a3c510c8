internal import Experiment
internal import TerminalUI

/// Where the parts of the charts' page are.
struct ChartsLayout {
  /// The line that says what the kinds of curves are; none where there is no room.
  private(set) var legend: Rect?
  /// The charts with their places.
  private(set) var charts: [(quantity: Quantity, place: Rect)] = []
  /// The line that says what the numbers of marks stand for; `nil` where they share that of the legend.
  private(set) var marks: Rect?
  /// The comparison, or what is read at the cursor.
  private(set) var pane: Rect

  /// Rows of charts that can be read: where they stand in one row, and in several.
  private static let chartHeights = (alone: 10, inGrid: 8)
  /// Rows of a chart that shows anything.
  private static let leastHeight = 4
  /// Rows of a pane that says something.
  private static let paneHeight = 5
  /// Rows of a chart beside which the marks can have a line of their own.
  private static let roomyHeight = 9

  /// Lays out charts as a grid, or one of them as large as can be, above a pane of a wanted height.
  ///
  /// Where there is little room the list of marks shares the legend's line first, then the pane has fewer figures, then it is
  /// the verdict alone, which takes `verdictHeight` lines. While values are read the pane stays.
  init(
    _ quantities: [Quantity], enlarged: Int?, hasMarks: Bool, paneHeight wanted: Int, verdictHeight: Int,
    isReading: Bool, in area: Rect
  ) {
    var area = area
    if area.height >= 14 { (legend, area) = (area.splitTop(1).top, area.splitTop(1).rest) }
    let shown = enlarged.map { quantities.indices.contains($0) ? [quantities[$0]] : quantities } ?? quantities
    let columns = shown.count == 1 ? 1 : shown.count == 3 && area.width >= 120 ? 3 : 2
    let rows = (shown.count + columns - 1) / columns
    let chartHeight = rows == 1 ? Self.chartHeights.alone : Self.chartHeights.inGrid
    var height = min(wanted, area.height / 2 + 1, area.height - rows * chartHeight)
    if isReading { height = max(height, min(8, area.height / 2)) }
    if height < Self.paneHeight { height = min(verdictHeight, max(0, area.height - rows * Self.leastHeight)) }
    if shown.count < quantities.count, !isReading { height = 0 }
    (area, pane) = area.splitBottom(height)
    let leastRows = legend == nil ? Self.chartHeights.inGrid : Self.roomyHeight
    if hasMarks, area.height > rows * leastRows {
      let parts = area.splitBottom(1)
      (area, marks) = (parts.rest, parts.bottom)
    }
    charts = zip(shown, area.grid(of: shown.count, columns: columns)).map { ($0, $1) }
  }
}
