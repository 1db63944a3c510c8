internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// With more than two runs their overview and the comparison of two of them, otherwise the comparison; by a key, or where two are
/// all there are, the figures of every epoch.
struct ComparisonPage: Page {
  static let title = "Comparison"
  static var name: String { says("Comparison", "比较") }
  static var tab: String { says("Compare", "比较") }
  static let key: Character = "2"

  /// What the runs are sorted by.
  private(set) var column = Overview.Column.run
  /// Whether the worst come first.
  private(set) var isReversed = false
  /// Whether the figures of the compared two take the place of the overview.
  private var showsEpochs = false

  static let bindings: [Keys] = [
    Keys(
      .up, .down, footer: says("run", "运行"), help: says("the run above, below", "上一个、下一个运行"),
      when: \.showsOverview, do: { $0.page.move(by: $1, in: &$0.state) }),
    Keys(.pageUp, .pageDown, help: says("ten runs on", "翻十个运行"), when: \.showsOverview) {
      $0.page.move(by: 10 * $1, in: &$0.state)
    },
    Keys(.home, .end, help: says("the first or last run", "第一个或最后一个运行"), when: \.showsOverview) {
      $0.page.move(by: RunID.largestCount * $1, in: &$0.state)
    },
    Keys(
      ["o", "O"], footer: says("sort", "排序"), help: says("sort by next column, turn", "按下一列排序、反转"),
      when: \.showsOverview,
      [
        { ($0.page.column, $0.page.isReversed) = ($0.page.column.next, false) },
        { $0.page.isReversed.toggle() },
      ]),
    Keys("V", footer: says("compare with it", "与它比较"), when: \.showsOverview) {
      $0.state.chooseReference()
    },
    Keys(
      "x", footer: says("all figures", "所有指标"), help: says("overview, or every epoch", "概览，或每一轮"),
      when: \.showsOverview, do: { $0.page.showsEpochs = true }),
    Keys(
      "x", footer: says("overview", "概览"), when: { $0.state.hasOverview && !$0.showsOverview },
      do: { $0.page.showsEpochs = false }),
    bandsKey,
  ]

  /// Whether the overview is shown.
  func showsOverview(in state: DashboardState) -> Bool { state.hasOverview && !showsEpochs }

  /// Selects the run so many rows below.
  private func move(by rows: Int, in state: inout DashboardState) {
    let order = state.overview.sorted(by: column, isReversed: isReversed).map(\.run)
    guard let selected = state.selected, !order.isEmpty else { return }
    let place = order.firstIndex { $0 == selected.id || $0 == state.lead(of: selected) } ?? 0
    state.select(run: order[min(max(0, place + rows), order.count - 1)].index)
  }

  mutating func point(_ key: Key, in area: Rect, state: inout DashboardState) {
    guard showsOverview(in: state) else { return }
    switch key {
    case .click(_, let y):
      let parts = parts(of: area, state)
      guard let run = view(parts, state).run(atRow: y, in: parts.overview) else { return }
      state.select(run: run.index)
    case .wheelUp: move(by: -1, in: &state)
    case .wheelDown: move(by: 1, in: &state)
    default: break
    }
  }

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    if showsOverview(in: state) {
      let parts = parts(of: area, state)
      view(parts, state).draw(on: &surface, in: parts.overview)
      if !parts.figures.isEmpty { drawFigures(state, on: &surface, in: parts.figures) }
      return
    }
    drawFigures(state, on: &surface, in: area)
  }

  /// The overview, and below it the figures of the compared two where there is room for all of both.
  private func parts(of area: Rect, _ state: DashboardState) -> (overview: Rect, figures: Rect) {
    let height = OverviewView.height(runs: state.candidates.count)
    let comparison = ComparisonView(state: state).height(onPageOf: area.height)
    let (overview, figures) = area.splitTop(area.height >= height + comparison ? height : area.height)
    return (overview, figures)
  }

  private func view(_ parts: (overview: Rect, figures: Rect), _ state: DashboardState) -> OverviewView {
    OverviewView(
      state: state, column: column, isReversed: isReversed, tellsVerdict: parts.figures.isEmpty)
  }

  private func drawFigures(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let comparison = ComparisonView(state: state)
    let (top, bottom) = area.splitTop(min(comparison.height(onPageOf: area.height), area.height))
    comparison.draw(on: &surface, in: top)
    guard bottom.height >= 4 else { return }
    surface.drawFrame(
      bottom, title: says("every epoch\(state.seedCaption)", "每一轮\(state.seedCaption)"), glyphs: state.glyphs)
    let inside = bottom.inset(by: 1)
    let width = inside.width / max(1, state.comparedRuns.count)
    let histories = state.comparedRuns.map(\.history.epochs)
    let rows = Self.rows(histories.map { $0.map(\.position.epoch) }, count: max(0, inside.height - 1))
    for (column, (run, rows)) in zip(state.comparedRuns, rows).enumerated() {
      let place = Rect(x: inside.x + column * width, y: inside.y, width: width, height: inside.height)
      draw(run, rows.map { row in row.map { run.history.epochs[$0] } }, state, on: &surface, in: place)
    }
  }

  /// What the rows show of each run's epochs, the latest ones: the same epoch side by side, unless a run is so far behind that
  /// nothing of it were to be seen.
  static func rows(_ epochs: [[Int]], count: Int) -> [[Int?]] {
    let shown = Set(epochs.joined()).sorted().suffix(count)
    let aligned = epochs.map { epochs in
      let places = Dictionary(zip(epochs, epochs.indices)) { $1 }
      return shown.map { places[$0] }
    }
    let isToBeSeen = zip(aligned, epochs).allSatisfy { rows, epochs in
      epochs.isEmpty || rows.contains { $0 != nil }
    }
    return isToBeSeen ? aligned : epochs.map { Array($0.indices.suffix(count)) }
  }

  /// The epochs of a run in their rows, with those figures that fit.
  private func draw(
    _ run: RunState, _ rows: [Positioned<EpochEvaluated>?], _ state: DashboardState,
    on surface: inout Surface,
    in area: Rect
  ) {
    let figures = Self.figures(width: area.width - 2, of: run)
    let heading =
      ([says("epoch", "轮").paddedLeft(to: Self.epochWidth)]
      + figures.map { $0.heading.paddedLeft(to: Self.width(of: $0)) }).joined(
        separator: " ")
    surface.write(heading, x: area.x + 1, y: area.y, style: state.lead(of: run).style, limit: area.maxX)
    for (row, epoch) in rows.enumerated() {
      guard let epoch else { continue }
      let cells =
        [String(epoch.position.epoch).paddedLeft(to: Self.epochWidth)]
        + figures.map { figure in
          (epoch.metrics[figure].map { figure.text($0) } ?? "-").paddedLeft(to: Self.width(of: figure))
        }
      surface.write(cells.joined(separator: " "), x: area.x + 1, y: area.y + 1 + row, limit: area.maxX)
    }
  }

  /// The figures that there is room for beside the epoch, the most telling ones of them.
  private static func figures(width: Int, of run: RunState) -> [Figure] {
    let measured = run.history.epochs.last?.metrics
    let known = Figure.byImportance.filter { figure in
      figure.isMain && figure.isMeasured(of: run.configuration) || measured?[figure] != nil
    }
    var room = width - epochWidth
    let fitting = (known.filter { $0.split != nil } + known.filter { $0.split == nil }).prefix { figure in
      room -= Self.width(of: figure) + 1
      return room >= 0
    }
    return Figure.byQuantity.filter(fitting.contains)
  }

  private static func width(of figure: Figure) -> Int { max(figure.heading.cellWidth, 7) }
  private static let epochWidth = 5
}

extension PageScope<ComparisonPage> {
  fileprivate var showsOverview: Bool { page.showsOverview(in: state) }
}
