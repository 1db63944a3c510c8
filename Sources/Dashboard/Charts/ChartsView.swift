internal import Experiment
import Reports
internal import TerminalUI

/// Loss and accuracy over the epochs, and the comparison below.
struct ChartsView {
  let state: DashboardState

  func draw(on surface: inout Surface, in area: Rect) {
    let areas = areas(in: area)
    loss.draw(on: &surface, in: areas.loss)
    accuracy.draw(on: &surface, in: areas.accuracy)
    ComparisonView(state: state).draw(on: &surface, in: areas.comparison)
  }

  /// The epoch that a cell of a chart stands for.
  func epoch(x: Int, y: Int, in area: Rect) -> Double? {
    let areas = areas(in: area)
    return loss.place(atColumn: x, row: y, in: areas.loss)
      ?? accuracy.place(atColumn: x, row: y, in: areas.accuracy)
  }

  private func areas(in area: Rect) -> (loss: Rect, accuracy: Rect, comparison: Rect) {
    let (charts, pane) = area.splitBottom(
      min(ComparisonView(state: state).height(onPageOf: area.height), area.height / 2 + 1))
    let (left, right) = charts.splitLeft(charts.width / 2)
    return (left, right, pane)
  }

  private var loss: LineChart { chart(.loss) }

  private var accuracy: LineChart { chart(.accuracy) }

  private func chart(_ metric: ChartedMetric) -> LineChart {
    let replicates = state.replicates
    let curves = ChartCurves(state: state, metric: metric)
    var title = metric.rawValue
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
    let range = state.visibleEpochs
    var chart = LineChart(
      title: state.cursor.map { "\(metric.rawValue) at \(place(of: $0))" } ?? title,
      series: series, horizontal: Axis(range.lowerBound, range.upperBound), glyphs: state.glyphs)
    chart.isLogarithmic = state.settings.isLogarithmic && !metric.isShare
    chart.showsPercent = metric.isShare
    chart.bands = bands
    // The steep beginning would leave no room for the differences that matter.
    if !state.settings.showsBeginning, state.shownRuns.allSatisfy({ $0.history.epochs.count > 1 }) {
      chart.scaledFrom = 1
    }
    chart.horizontalUnit = "epoch"
    chart.cursor = state.cursor
    // Of runs that repeat each other only one need tell of a change that all of them make.
    chart.marks = (replicates.areSeveral ? state.comparedRuns : state.shownRuns).flatMap(marks)
    return chart
  }

  /// A place on the horizontal axis in words.
  private func place(of epochs: Double) -> String {
    let text = "epoch \(NumberText.fixed(epochs, decimals: 2))"
    let lengths = Set(state.shownRuns.map(\.stepsPerEpoch))
    guard lengths.count == 1, let length = lengths.first else { return text }
    return text + ", step \(NumberText.grouped(Int((epochs * Double(length)).rounded())))"
  }

  private func marks(of run: RunState) -> [ChartMark] {
    let style = state.lead(of: run).style
    let fork = run.history.started?.forkedFrom.map {
      ChartMark(
        x: run.epochs(at: $0.step),
        label: String(run.id.mark(in: state.glyphs)) + (state.shownRuns.count > 4 ? "" : " fork"),
        style: style)
    }
    return (fork.map { [$0] } ?? [])
      + run.changes.filter { $0.setting != .epochs }.map { change in
        let text =
          "\(change.setting.symbol) \(change.setting.text(change.oldValue))→\(change.setting.text(change.newValue))"
        return ChartMark(
          x: run.epochs(at: change.position.step), label: state.plain(text), style: style)
      }
  }
}
