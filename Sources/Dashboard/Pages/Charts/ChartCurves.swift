internal import Experiment
import Reports
internal import TerminalUI

/// The curves of the runs, or of the sides where runs are repeated.
struct ChartCurves {
  let state: DashboardState
  let quantity: Quantity

  /// The three curves of each run; later ones are on top.
  func series(of runs: [RunState]) -> [ChartSeries] { runs.flatMap { curves(of: [$0], lead: $0.id) } }

  /// The mean curves of each side over the seeds that are compared.
  func means() -> [ChartSeries] {
    sorted(state.shownSides).flatMap { side in curves(of: state.counted(side), lead: side.lead) }
  }

  /// The curves of one run, or the mean curves of several, with the figures that they show.
  func figures(of runs: [RunState], lead: RunID) -> [(figure: Figure, curve: ChartSeries)] {
    quantity.figures.map { ($0, curve(of: $0, runs, lead: lead)) }
  }

  /// Each run's curve on the test set, and all curves of those with the selected run's seed.
  func singles() -> [ChartSeries] {
    let chosen = state.comparedRuns
    let others = sorted(state.shownSides).flatMap { side in
      side.runs.filter { run in !chosen.contains { $0.id == run } }.map { run in
        var curve = curve(of: standing, [state.runs[run.index]], lead: side.lead)
        curve.style.isBold = false
        curve.label = ""
        return curve
      }
    }
    return others
      + sorted(state.shownSides).flatMap { side in
        chosen.filter { side.runs.contains($0.id) }.flatMap { curves(of: [$0], lead: side.lead) }
      }
  }

  /// From the lowest to the highest test curve of each side.
  func bands() -> [ChartBand] {
    state.shownSides.filter { $0.runs.count > 1 }.map { side in
      var style = side.lead.style
      style.isDim = true
      let curves = state.counted(side).map { points(of: $0, standing) }
      return ChartBand(
        style: style,
        spans: Self.columns(of: curves).compactMap { points in
          let values = points.map(\.y).filter(\.isFinite)
          guard let low = values.min(), let high = values.max(), values.count > 1 else { return nil }
          return ChartBand.Span(x: points[0].x, values: low...high)
        })
    }
  }

  /// The selected run's side comes last, on top of the others.
  private func sorted(_ sides: [Replicates.Side]) -> [Replicates.Side] {
    sides.filter { !$0.runs.contains(RunID(state.selectedRun)) }
      + sides.filter { $0.runs.contains(RunID(state.selectedRun)) }
  }

  private func curves(of runs: [RunState], lead: RunID) -> [ChartSeries] {
    figures(of: runs, lead: lead).map(\.curve).filter { !$0.points.isEmpty }
  }

  /// The figure that stands for a run: that of the test set, or the only one.
  private var standing: Figure { quantity.figures[quantity.figures.count - 1] }

  private func curve(of figure: Figure, _ runs: [RunState], lead: RunID) -> ChartSeries {
    let mark = lead.mark(in: state.glyphs)
    var curve = ChartSeries(
      label: figure.split?.heading ?? (state.glyphs.hasSymbols ? lead.letter : ""),
      longLabel: figure.label(usesDropout: state.usesDropout),
      mark: mark, style: lead.style, points: [])
    curve.spacing = lead.spacing(of: state.drawsColors ? state.terminalColors : .none)
    if figure.split == .runningTrain {
      // It has no name at its end, where that of the test set is.
      (curve.label, curve.style.isDim) = ("", true)
      // Where nothing is dim its dots are further apart.
      if state.theme == .contrast { curve.spacing += 2 }
      if state.glyphs == .ascii { curve.mark = "." }
      curve.points = Self.mean(ofRunning: runs.map(runningPoints))
      return curve
    }
    curve.points = Self.mean(of: runs.map { points(of: $0, figure) })
    curve.style.isBold = figure == standing
    curve.isDashed = figure.split == .train
    // The ends of many runs have room for one name each.
    if figure != standing, state.shownSides.count > 2 { curve.label = "" }
    if runs.count == 1 { curve.best = best(of: runs[0], figure) }
    // Where lines are made of their marks, train has the small letter.
    if curve.isDashed, state.glyphs == .ascii { curve.mark = Character(lead.letter.lowercased()) }
    return curve
  }

  /// The point of the best epoch on the curve of the figure that it is chosen by, once there is a choice.
  private func best(of run: RunState, _ figure: Figure) -> ChartSeries.Point? {
    guard run.history.ownEpochs.count > 1, let best = run.history.best,
      let selection = best.metrics.selection,
      selection.figure == figure
    else { return nil }
    return ChartSeries.Point(x: run.epochs(at: best.position.step), y: selection.value)
  }

  private func runningPoints(of run: RunState) -> [ChartSeries.Point] {
    var average = MovingAverage(decay: state.settings.smoothing)
    let value: (RunCurve.Bucket) -> Double = quantity == .loss ? \.loss : \.accuracy
    return run.curve.buckets.map { ChartSeries.Point(x: $0.epochs, y: average.next(value($0))) }
  }

  private func points(of run: RunState, _ figure: Figure) -> [ChartSeries.Point] {
    run.history.epochs.filter { $0.position.step >= run.forkedAfter ?? 0 }.compactMap { epoch in
      epoch.metrics[figure].map { ChartSeries.Point(x: run.epochs(at: epoch.position.step), y: $0) }
    }
  }

  /// The points of curves with the same places, place after place, as far as all of them go.
  private static func columns(of curves: [[ChartSeries.Point]]) -> [[ChartSeries.Point]] {
    (0..<(curves.map(\.count).min() ?? 0)).map { index in curves.map { $0[index] } }
  }

  private static func mean(of curves: [[ChartSeries.Point]]) -> [ChartSeries.Point] {
    columns(of: curves).map { points in
      ChartSeries.Point(x: points[0].x, y: points.reduce(0) { $0 + $1.y } / Double(points.count))
    }
  }

  /// The mean of curves whose places differ, at the places of the first, as far as all of them go.
  private static func mean(ofRunning curves: [[ChartSeries.Point]]) -> [ChartSeries.Point] {
    guard curves.count > 1, let first = curves.first else { return curves.first ?? [] }
    let ends = curves.map { $0.last?.x ?? 0 }
    guard let end = ends.min() else { return [] }
    var places = curves.map { _ in 0 }
    return first.prefix { $0.x <= end }.map { point in
      var sum = 0.0
      for (index, curve) in curves.enumerated() {
        while places[index] + 1 < curve.count, curve[places[index]].x < point.x { places[index] += 1 }
        sum += curve[places[index]].y
      }
      return ChartSeries.Point(x: point.x, y: sum / Double(curves.count))
    }
  }
}

extension DashboardState {
  /// The runs of a side whose figures the pane has; before the first epoch all of them.
  func counted(_ side: Replicates.Side) -> [RunState] {
    let seeds = ReplicateComparison(replicates, histories: runs.map(\.history)).seeds
    let counted = seeds.compactMap(side.run).map { runs[$0.index] }
    return counted.isEmpty ? side.runs.map { runs[$0.index] } : counted
  }
}
