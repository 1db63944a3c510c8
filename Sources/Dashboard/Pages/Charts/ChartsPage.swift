internal import Experiment
import Reports
internal import TerminalUI

/// Loss and accuracy over the epochs, and the comparison below.
struct ChartsPage: Page {
  static let title = "Charts"
  static let key: Character = "1"

  /// Part of the runs that the charts show, in epochs; `nil` for all.
  private(set) var zoom: ClosedRange<Double>?
  /// Place at which the values are read, in epochs.
  private(set) var cursor: Double?

  static let bindings: [Keys] = [
    Keys("b", footer: "band or runs", help: "mean and band, or each run", when: \.state.replicates.areSeveral)
    {
      $0.state.settings.showsBands.toggle()
    },
    Keys(
      ["l", "o"], help: "log loss, first epoch",
      [
        { $0.state.settings.isLogarithmic.toggle() },
        {
          $0.state.settings.showsBeginning.toggle()
          $0.state.message =
            $0.state.settings.showsBeginning ? "room for the first epoch" : "scaled from epoch 1 on"
        },
      ]),
    Keys("m", help: "smoothing: none, 0.6, 0.9") {
      let old = $0.state.settings.smoothing
      let new = old < 0.3 ? 0.6 : old < 0.8 ? 0.9 : 0
      $0.state.settings.smoothing = new
      $0.state.message = new == 0 ? "no smoothing" : "smoothing \(SettingText.number(new))"
    },
    Keys("+", "-", help: "zoom in and out") { $0.page.zoom(by: $1 < 0 ? 0.5 : 2, in: $0.state) },
    Keys("<", ">", help: "move the part that is shown") { $0.page.pan(by: 0.25 * Double($1), in: $0.state) },
    Keys(",", ".", help: "read curves at a cursor") { $0.page.moveCursor(by: Double($1), in: $0.state) },
    Keys(
      .escape, help: "hide the cursor, show all", when: { $0.page.cursor != nil || $0.page.zoom != nil },
      do: {
        if $0.page.cursor == nil { $0.page.zoom = nil }
        $0.page.cursor = nil
      }),
  ]

  // The comparison has a line for it, unless it is cut short.
  func showsMessage(in area: Rect) -> Bool { area.height >= 20 }

  mutating func update(after event: TrainingEvent?, in state: DashboardState) {
    if state.runs.isEmpty { (zoom, cursor) = (nil, nil) }
  }

  mutating func point(_ key: Key, in area: Rect, state: inout DashboardState) {
    switch key {
    case .click(let x, let y): cursor = epoch(x: x, y: y, in: area, state) ?? cursor
    case .wheelUp: zoom(by: 0.5, in: state)
    case .wheelDown: zoom(by: 2, in: state)
    default: break
    }
  }

  // MARK: The part that is shown

  /// What the charts show of the epochs.
  func visibleEpochs(in state: DashboardState) -> ClosedRange<Double> { zoom ?? 0...max(1, state.epochs) }

  private mutating func zoom(by factor: Double, in state: DashboardState) {
    let whole = 0...max(1, state.epochs)
    let shown = visibleEpochs(in: state)
    let center = cursor ?? (shown.lowerBound + shown.upperBound) / 2
    let width = (shown.upperBound - shown.lowerBound) * factor
    guard width < whole.upperBound else {
      zoom = nil
      return
    }
    let lower = min(max(0, center - width / 2), whole.upperBound - width)
    if width >= 0.02 { zoom = lower...lower + width }
  }

  private mutating func pan(by share: Double, in state: DashboardState) {
    guard let shown = zoom else { return }
    let width = shown.upperBound - shown.lowerBound
    let lower = min(max(0, shown.lowerBound + share * width), max(1, state.epochs) - width)
    zoom = lower...lower + width
  }

  private mutating func moveCursor(by steps: Double, in state: DashboardState) {
    let shown = visibleEpochs(in: state)
    let reached = state.runs.map { $0.epochs(at: $0.history.step) }.max() ?? 0
    let stride = (shown.upperBound - shown.lowerBound) / 40
    let start = cursor ?? min(reached, shown.upperBound)
    cursor = min(max(start + steps * stride, shown.lowerBound), shown.upperBound)
  }

  // MARK: Picture

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let areas = areas(in: area, state)
    chart(.loss, state).draw(on: &surface, in: areas.loss)
    chart(.accuracy, state).draw(on: &surface, in: areas.accuracy)
    ComparisonView(state: state).draw(on: &surface, in: areas.comparison)
  }

  /// The epoch that a cell of a chart stands for.
  private func epoch(x: Int, y: Int, in area: Rect, _ state: DashboardState) -> Double? {
    let areas = areas(in: area, state)
    return chart(.loss, state).place(atColumn: x, row: y, in: areas.loss)
      ?? chart(.accuracy, state).place(atColumn: x, row: y, in: areas.accuracy)
  }

  private func areas(in area: Rect, _ state: DashboardState) -> (loss: Rect, accuracy: Rect, comparison: Rect)
  {
    let (charts, pane) = area.splitBottom(
      min(ComparisonView(state: state).height(onPageOf: area.height), area.height / 2 + 1))
    let (left, right) = charts.splitLeft(charts.width / 2)
    return (left, right, pane)
  }

  private func chart(_ quantity: Quantity, _ state: DashboardState) -> LineChart {
    let replicates = state.replicates
    let curves = ChartCurves(state: state, quantity: quantity)
    var title = quantity.title
    var series: [ChartSeries]
    var bands: [ChartBand] = []
    if !replicates.areSeveral {
      series = curves.series(of: state.shownRuns.sorted { first, _ in first.id.index != state.selectedRun })
    } else if state.settings.showsBands {
      series = curves.means(of: replicates)
      bands = curves.bands(of: replicates)
      title += ", \(replicates.seeds.count) seeds, dots: test range"
    } else {
      series = curves.singles(of: replicates)
      title += ", each run\(state.seedCaption)"
    }
    let range = visibleEpochs(in: state)
    var chart = LineChart(
      title: cursor.map { "\(quantity.title) at \(place(of: $0, state))" } ?? title,
      series: series, horizontal: Axis(range.lowerBound, range.upperBound), glyphs: state.glyphs)
    chart.isLogarithmic = state.settings.isLogarithmic && !quantity.isShare
    chart.showsPercent = quantity.isShare
    chart.bands = bands
    // The steep beginning would leave no room for the differences that matter.
    if !state.settings.showsBeginning, state.shownRuns.allSatisfy({ $0.history.epochs.count > 1 }) {
      chart.scaledFrom = 1
    }
    chart.horizontalUnit = "epoch"
    chart.cursor = cursor
    // Of runs that repeat each other only one need tell of a change that all of them make.
    chart.marks = (replicates.areSeveral ? state.comparedRuns : state.shownRuns).flatMap {
      marks(of: $0, state)
    }
    return chart
  }

  /// A place on the horizontal axis in words.
  private func place(of epochs: Double, _ state: DashboardState) -> String {
    let text = "epoch \(NumberText.fixed(epochs, decimals: 2))"
    let lengths = Set(state.shownRuns.map(\.history.lengths))
    guard lengths.count == 1, let length = lengths.first else { return text }
    return text + ", step \(NumberText.grouped(length.step(at: epochs)))"
  }

  private func marks(of run: RunState, _ state: DashboardState) -> [ChartMark] {
    let style = state.lead(of: run).style
    let fork = run.history.started?.forkedFrom.map {
      ChartMark(
        x: run.epochs(at: $0.step),
        label: String(run.id.mark(in: state.glyphs)) + (state.shownRuns.count > 4 ? "" : " fork"),
        style: style)
    }
    return (fork.map { [$0] } ?? [])
      + run.changes.filter { $0.setting != .epochs }.map { change in
        ChartMark(
          x: run.epochs(at: change.position.step), label: state.plain(change.mark), style: style)
      }
  }
}
