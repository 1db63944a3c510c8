internal import Datasets
internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// The chart of one quantity: the curves of the runs, or of the sides where runs are repeated.
struct QuantityChart {
  let state: DashboardState
  let quantity: Quantity
  let window: ChartsWindow
  /// Whether there is room for every value, however far away from the others it is.
  let showsAll: Bool
  /// Whether what is no share has a logarithmic axis.
  let isLogarithmic: Bool

  func chart(_ marks: ChartMarks) -> LineChart {
    let replicates = state.replicates
    let curves = ChartCurves(state: state, quantity: quantity)
    var title = quantity.title
    var series: [ChartSeries]
    var bands: [ChartBand] = []
    if !replicates.areSeveral {
      series = curves.series(of: state.shownRuns.sorted { first, _ in first.id.index != state.selectedRun })
    } else if state.settings.showsBands {
      series = curves.means()
      bands = curves.bands()
      let count = replicates.seeds.count
      title += says(", \(count) seeds, dots: test range", "，\(count) 个种子，点：测试范围")
    } else {
      series = curves.singles()
      title += says(", each run\(state.seedCaption)", "，各个运行\(state.seedCaption)")
    }
    let range = window.shown(of: state.reached)
    var chart = LineChart(
      title: title, series: series, horizontal: Axis(range.lowerBound, range.upperBound), glyphs: state.glyphs
    )
    // A difference can be negative.
    chart.isLogarithmic = isLogarithmic && !quantity.isShare && quantity != .lossGap
    chart.showsPercent = quantity.isShare
    if quantity.figures.allSatisfy({ $0.format == .percent }) { chart.bounds = 0...1 }
    chart.bands = bands
    chart.isRobust = !showsAll && !(chart.isLogarithmic && state.task == .regression)
    // The steep beginning would leave no room for the differences that matter.
    if !showsAll, window.zoom.map({ $0.lowerBound >= 1 }) ?? true,
      state.shownRuns.allSatisfy({ $0.history.epochs.count > 1 })
    {
      chart.scaledFrom = 1
    }
    chart.legend = .lineEnds
    chart.horizontalUnit = says("epoch", "轮")
    chart.cursor = window.cursor
    chart.marks = marks.chartMarks
    return chart
  }
}
