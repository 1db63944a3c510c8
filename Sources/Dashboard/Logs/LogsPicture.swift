internal import Experiment
internal import Messages
internal import Platform
import Reports
internal import Sessions
internal import TerminalUI

/// The runs and curves that the screen of logs shows now, put together once for each picture.
struct LogsPicture {
  /// A run with its marks and the places of its points.
  struct Run {
    let id: RunID
    let run: LoggedRun
    let isHidden: Bool
    /// Its epochs by its steps, where these are asked for.
    fileprivate let epochs: [LoggedPoint]
    /// When it began.
    fileprivate let start: Double
  }

  let state: LogsState
  /// All runs that are meant.
  let listed: [LoggedRun]
  /// The selected one among them.
  let selected: Int
  /// Those that the charts can hold.
  let runs: [Run]
  /// The first of them among all.
  let first: Int
  /// The figures of the charts.
  let charted: [String]

  init(_ state: LogsState) {
    self.state = state
    listed = state.listed
    selected = min(max(0, state.selected), max(0, listed.count - 1))
    // A page of runs at a time.
    first = selected / LogsState.mostRuns * LogsState.mostRuns
    let page = Array(listed.dropFirst(first).prefix(LogsState.mostRuns))
    charted = state.charted(of: page)
    runs = page.enumerated().map { index, run in
      let starts = run.figures.compactMap { $0.points.first?.time }.filter(\.isFinite)
      return Run(
        id: RunID(index), run: run, isHidden: state.hidden.contains(ExactName(run.name)),
        epochs: state.abscissa == .epoch ? run.epochs : [], start: starts.min() ?? .nan)
    }
  }

  /// The points of a figure of a run at their places across.
  func points(_ name: String, of run: Run) -> [ChartSeries.Point] {
    guard let points = run.run[name]?.points else { return [] }
    switch state.abscissa {
    case .step: return points.map { ChartSeries.Point(x: $0.step, y: $0.value) }
    case .time:
      return points.filter(\.time.isFinite).map { ChartSeries.Point(x: $0.time - run.start, y: $0.value) }
        .sorted { $0.x < $1.x }
    case .epoch:
      var place = 0
      return points.compactMap { point in
        while place + 1 < run.epochs.count, run.epochs[place + 1].step <= point.step { place += 1 }
        guard run.epochs.indices.contains(place) else { return nil }
        let (before, after) = (run.epochs[place], run.epochs[min(place + 1, run.epochs.count - 1)])
        let share =
          after.step > before.step
          ? min(max(0, (point.step - before.step) / (after.step - before.step)), 1) : 0
        return ChartSeries.Point(
          x: before.value + share * (after.value - before.value), y: point.value)
      }
    }
  }

  /// What of the runs is there across, with some room.
  var whole: ClosedRange<Double> {
    var (low, high, positive) = (Double.infinity, -Double.infinity, Double.infinity)
    for run in runs where !run.isHidden {
      for name in charted {
        for point in points(name, of: run) where point.x.isFinite {
          (low, high) = (min(low, point.x), max(high, point.x))
          if point.x > 0 { positive = min(positive, point.x) }
        }
      }
    }
    guard low <= high else { return 0...1 }
    if state.isLogarithmicAcross, positive <= high { return positive...max(high, positive * 1.01) * 1.2 }
    return low...max(high + (high - low) * 0.1, low + 1e-9)
  }

  /// What is shown of it.
  var visible: ClosedRange<Double> { state.zoom ?? whole }

  /// The unit of the places across, and how many of them it has.
  var unit: (name: String, size: Double) {
    guard state.abscissa == .time else {
      return (state.abscissa == .step ? says("step", "步") : says("epoch", "轮"), 1)
    }
    let length = visible.upperBound - visible.lowerBound
    return length > 3 * 3600
      ? (says("hours", "小时"), 3600)
      : length > 180 ? (says("minutes", "分钟"), 60) : (says("seconds", "秒"), 1)
  }

  /// The chart of a figure.
  func chart(_ name: String) -> LineChart {
    let (unit, size) = unit
    let shown = runs.filter { !$0.isHidden && $0.run[name] != nil }
    let selectedID = RunID(selected - first)
    let series = (shown.filter { $0.id != selectedID } + shown.filter { $0.id == selectedID }).map { run in
      var average = MovingAverage(decay: state.smoothing)
      var style = run.id.style
      style.isBold = run.id == selectedID && runs.count > 1
      var series = ChartSeries(
        label: shown.count > 8 ? "" : state.glyphs.cut(run.run.name, to: 14),
        mark: run.id.mark(in: state.glyphs),
        style: style,
        points: points(name, of: run).map { ChartSeries.Point(x: $0.x / size, y: average.next($0.y)) })
      series.spacing = run.id.spacing(of: state.showsColors ? state.terminalColors : .none)
      return series
    }
    let smoothed =
      state.smoothing > 0
      ? says(
        ", smoothed \(SettingText.number(state.smoothing))", "，平滑 \(SettingText.number(state.smoothing))")
      : ""
    let range = visible
    var chart = LineChart(
      title: state.glyphs.plain(name) + smoothed, series: series,
      horizontal: Axis(
        range.lowerBound / size, range.upperBound / size, isLogarithmic: state.isLogarithmicAcross),
      glyphs: state.glyphs)
    chart.isRobust = !state.showsAll
    chart.isLogarithmic = state.isLogarithmic
    chart.legend = .lineEnds
    chart.horizontalUnit = unit
    chart.cursor = state.cursor.map { $0 / size }
    return chart
  }

  /// A figure of a run at the cursor, or the latest; `nil` where it has none.
  func value(_ name: String, of run: Run) -> Double? {
    guard let cursor = state.cursor else { return run.run[name]?.last?.value }
    let points = points(name, of: run)
    return points.last.flatMap { last in
      ChartSeries(label: "", mark: " ", style: .plain, points: points).value(at: cursor, end: last.x)
    }
  }

  /// The place of the cursor in words.
  var cursorText: String {
    guard let cursor = state.cursor else { return says("latest values", "最新的值") }
    let (unit, size) = unit
    guard state.abscissa != .time else {
      let time = NumberText.significant(cursor / size, digits: 3)
      return says("values at \(time) \(unit)", "第 \(time) \(unit)的值")
    }
    let place =
      state.abscissa == .step ? LogsTable.step(cursor.rounded()) : NumberText.fixed(cursor, decimals: 2)
    return says("values at \(unit) \(place)", "第 \(place) \(unit)的值")
  }

  /// What is told of the logs: what is wrong with them, and what is in them and is no figure.
  var notes: [String] {
    let others = listed.filter { !$0.others.isEmpty }.map(LogsTable.sentence)
    return found.notes + others
  }

  private var found: FoundLogs { state.found }
}
