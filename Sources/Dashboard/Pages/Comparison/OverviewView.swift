internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// All runs, or sides, below each other: sorted by a column, as far as they fit around the selected one.
struct OverviewView {
  let state: DashboardState
  let column: Overview.Column
  let isReversed: Bool
  /// Whether what the compared two show is told below.
  let tellsVerdict: Bool
  /// The runs in the order in which they are listed.
  let order: [Overview.Row]
  /// What each column has of each run.
  private let texts: [Overview.Column: [RunID: String]]
  private let overview: Overview

  /// Rows that names need beside the figures before one of these gives way.
  private static let nameWidth = 12
  private static let gap = 2
  /// Room for the sign of what a run is compared with.
  private static let signWidth = 3

  /// The runs of a dashboard by a column.
  init(state: DashboardState, column: Overview.Column, isReversed: Bool, tellsVerdict: Bool) {
    (self.state, self.column, self.isReversed, self.tellsVerdict) = (state, column, isReversed, tellsVerdict)
    let overview = state.overview
    self.overview = overview
    order = overview.sorted(by: column, isReversed: isReversed)
    texts = Dictionary(
      uniqueKeysWithValues: Overview.Column.ofFigures.map { column in
        (column, overview.texts(of: column).mapValues(state.plain))
      })
  }

  /// Rows that it needs to show all runs: frame, headings, runs.
  static func height(runs: Int) -> Int { runs + 3 }

  /// The run whose row is drawn at a place.
  func run(atRow y: Int, in area: Rect) -> RunID? {
    let parts = parts(of: area)
    let place = y - parts.list.y - 1
    return place >= 0 && place < parts.shown.count ? order[parts.shown.lowerBound + place].run : nil
  }

  func draw(on surface: inout Surface, in area: Rect) {
    guard area.height > 3, area.width > 4 else { return }
    let (list, verdict, shown) = parts(of: area)
    surface.drawFrame(area, title: title(shown), glyphs: state.glyphs)
    let columns = columns(width: list.width - 1)
    let widths = columns.map(width)
    let figuresWidth = widths.reduce(0) { $0 + $1 + Self.gap }
    // The figures stand beside the names: over a wide gap nobody finds the row.
    let longest = order[shown].map { name($0, width: list.width).cellWidth }.max() ?? 0
    let room = list.width - figuresWidth - Self.signWidth
    // No name is cut for an empty column; the sign of the last column's order wants one.
    let edge = column == .difference || longest < room ? 1 : 0
    let nameEnd = list.x + Self.signWidth + min(room - edge, max(Self.nameWidth, longest))
    var ends: [Int] = []
    for width in widths { ends.append((ends.last ?? nameEnd) + Self.gap + width) }
    let heading = listsSides ? says("side", "一方") : says("run", "运行")
    drawHeading(
      .run, heading, on: &surface, endingAt: list.x + Self.signWidth + heading.cellWidth, y: list.y)
    for (column, end) in zip(columns, ends) {
      drawHeading(column, overview.heading(of: column), on: &surface, endingAt: end, y: list.y)
    }
    let pair = pair
    for (place, row) in order[shown].enumerated() {
      let y = list.y + 1 + place
      let isSelected = row.run == selected
      if !isSelected, pair.contains(row.run) { surface.write(says("vs", "对"), x: list.x, y: y, style: .bold) }
      surface.write(
        name(row, width: nameEnd - list.x - Self.signWidth), x: list.x + Self.signWidth, y: y,
        style: style(row))
      for (column, end) in zip(columns, ends) {
        let style = column == .difference ? differenceStyle(row) : .plain
        surface.write(texts[column]?[row.run] ?? "", endingAt: end, y: y, style: style)
      }
      if isSelected {
        surface.restyle(Rect(x: list.x, y: y, width: list.width, height: 1)) { $0.isReversed = true }
      }
    }
    drawVerdict(on: &surface, in: verdict)
  }

  /// The run whose row is selected: of runs that repeat each other the one that stands for them.
  private var selected: RunID? {
    guard let run = state.selected else { return nil }
    return state.candidates.contains(run.id) ? run.id : state.lead(of: run)
  }

  /// The two that are compared.
  private var pair: [RunID] {
    state.comparesSides && state.settings.showsBands
      ? state.comparedSides.map(\.lead) : state.comparedRuns.map(\.id)
  }

  private func parts(of area: Rect) -> (list: Rect, verdict: Rect, shown: Range<Int>) {
    let inside = area.inset(by: 1)
    // Below the names of the two there is room for the whole of the most important sentence.
    let sentence = tellsVerdict ? lines(1, of: state.comparisonContent(width: inside.width), in: inside) : []
    let verdictRows =
      tellsVerdict && inside.height >= 6 ? max(1 + sentence.count, min(4, inside.height / 3)) : 0
    let (list, verdict) = inside.splitBottom(verdictRows)
    let room = max(0, min(order.count, list.height - 1))
    let place = order.firstIndex { $0.run == selected } ?? 0
    let first = min(max(0, place - room / 2), order.count - room)
    return (list, verdict, first..<first + room)
  }

  /// Whether runs that repeat each other share a row.
  private var listsSides: Bool { state.replicates.areSeveral && state.settings.showsBands }

  private func title(_ shown: Range<Int>) -> String {
    let isPart = shown.count < order.count
    let range = "\(shown.lowerBound + 1)-\(shown.upperBound)"
    let what = listsSides ? "sides" : "runs"
    let count = says(
      isPart ? "\(what) \(range) of \(order.count)" : "\(order.count) \(what)",
      (isPart ? "\(range)/\(order.count)" : "\(order.count)") + (listsSides ? " 方" : " 个运行"))
    return state.plain(
      count + says(", ", "，") + overview.order(by: column, isReversed: isReversed)
        + (overview.gap.format.isShare
          ? says(", gap and difference in points", "，差距与差异按百分点") : ""))
  }

  private func drawHeading(
    _ heading: Overview.Column, _ text: String, on surface: inout Surface, endingAt end: Int, y: Int
  ) {
    let isSorted = heading == column
    surface.write(state.plain(text), endingAt: end, y: y, style: isSorted ? .bold : .dim)
    guard isSorted else { return }
    let ascends = heading.ascends(overview.result) != isReversed
    let sign: Character = state.glyphs.hasSymbols ? (ascends ? "▲" : "▼") : ascends ? "^" : "v"
    surface.put(sign, x: end, y: y, style: .bold)
  }

  /// The columns that there is room for: the epoch gives way first, then the gap.
  private func columns(width: Int) -> [Overview.Column] {
    var columns = Overview.Column.ofFigures
    for given: Overview.Column in [.epoch, .gap, .best] {
      let needed = columns.reduce(Self.signWidth + Self.nameWidth) { $0 + Self.gap + self.width(of: $1) }
      if needed > width { columns.removeAll { $0 == given } }
    }
    return columns
  }

  private func width(of column: Overview.Column) -> Int {
    // As wide as what may come, so that nothing moves.
    let least = column == .best ? 11 : column == .result ? 8 : column == .difference ? 13 : 5
    return (texts[column] ?? [:]).values.map(\.cellWidth).reduce(
      max(least, overview.heading(of: column).cellWidth), max)
  }

  private func name(_ row: Overview.Row, width: Int) -> String {
    let run = state.runs[row.run.index]
    let seeds = row.count > 1 ? says(", \(row.count) seeds", ", \(row.count) 个种子") : ""
    let seed =
      state.replicates.areSeveral && !state.settings.showsBands
      ? run.history.started.map {
        says(", seed \($0.configuration.seed)", "，种子 \($0.configuration.seed)")
      } ?? "" : ""
    let name = "\(row.run.mark(in: state.glyphs)) \(state.title(of: run))"
    // Runs with one name are told apart by their seeds, so that it is the name that is cut.
    let room = max(0, width - seed.cellWidth)
    let text = (name + seeds).cellWidth <= room ? name + seeds : name
    return state.glyphs.cut(text, to: room) + seed
  }

  private func style(_ row: Overview.Row) -> Style {
    var style = state.lead(of: state.runs[row.run.index]).style
    style.isDim = state.runs[row.run.index].isHidden
    return style
  }

  /// A colour would claim what no interval shows.
  private func differenceStyle(_ row: Overview.Row) -> Style {
    guard let difference = row.difference, difference.isShown else { return .plain }
    return overview.result.style(of: difference.mean)
  }

  /// What the two that are compared show, and which they are.
  private func drawVerdict(on surface: inout Surface, in area: Rect) {
    guard area.height > 1 else { return }
    let content = state.comparisonContent(width: area.width)
    var x = area.x
    for (index, heading) in content.headings.enumerated() {
      if index > 0 {
        x = surface.write(says("  with  ", "  对  "), x: x, y: area.y, style: .dim, limit: area.maxX)
      }
      let room = max(0, (area.width - 8 * (content.headings.count - 1)) / max(1, content.headings.count))
      let text = state.glyphs.cut(heading.text, to: room)
      x = surface.write(text, x: x, y: area.y, style: heading.style, limit: area.maxX)
    }
    let whole = lines(2, of: content, in: area)
    let lines = whole.count < area.height ? whole : lines(1, of: content, in: area)
    surface.write(lines, in: area.splitTop(1).rest, style: .bold)
  }

  /// The first sentences of what was found, in lines.
  private func lines(_ sentences: Int, of content: ComparisonContent, in area: Rect) -> [String] {
    TextWrap.lines(
      state.plain(content.findings.prefix(sentences).joined(separator: " ")), width: max(1, area.width))
  }
}
