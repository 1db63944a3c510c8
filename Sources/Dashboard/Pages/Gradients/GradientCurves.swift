internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// The gradient's norm of some of a run's layers, step by step.
struct GradientCurves {
  /// The fewest rows in which curves are seen.
  static let fewestRows = 7
  /// So many curves of one colour are told apart.
  private static let mostCurves = 4

  let state: DashboardState
  let run: RunState

  var chart: LineChart {
    let history = run.history.layers
    let count = history.last?.gradientNorms.count ?? 0
    let series = GradientLayersView.chosen(min(count, Self.mostCurves), of: count).enumerated()
      .map { place, layer in curve(of: layer, place, history) }
    let steps = (first: history.first?.position.step ?? 0, last: history.last?.position.step ?? 1)
    // The names at the ends have a place.
    let end = Double(steps.last) + 0.15 * Double(steps.last - steps.first)
    var chart = LineChart(
      title: state.plain(says("gradient by step", "各步的梯度")), series: series,
      horizontal: Axis(Double(steps.first), end), glyphs: state.glyphs)
    chart.isLogarithmic = true
    chart.legend = .lineEnds
    chart.hasWholePlaces = true
    chart.horizontalUnit = says("step", "步")
    return chart
  }

  /// The curve of a layer: the colour is the run's, so that the distance of the dots tells layers apart.
  private func curve(
    of layer: Int, _ place: Int, _ history: [Positioned<LayersMeasured>]
  ) -> ChartSeries {
    let name = history.last?.details.name(of: layer) ?? ""
    var curve = ChartSeries(
      label: Int(name) == nil ? name : says("layer \(name)", "第 \(name) 层"),
      mark: state.glyphs == .ascii ? name.first ?? " " : "·", style: state.lead(of: run).style,
      points: history.compactMap { measured in
        guard measured.gradientNorms.indices.contains(layer) else { return nil }
        let norm = measured.gradientNorms[layer]
        return ChartSeries.Point(x: Double(measured.position.step), y: norm > 0 ? norm : .nan)
      })
    curve.spacing = 1 + place
    return curve
  }
}

extension LayersMeasured {
  /// What a layer is called: its number, the last one by what it gives.
  func name(of layer: Int) -> String {
    layer == gradientNorms.count - 1 ? says("output", "输出") : String(layer + 1)
  }
}
