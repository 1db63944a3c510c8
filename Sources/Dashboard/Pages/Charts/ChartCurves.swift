internal import Experiment
import Reports
internal import TerminalUI

/// What a chart of the dashboard shows.
enum ChartedMetric: String {
  case loss
  case accuracy

  var isShare: Bool { self == .accuracy }

  func running(_ bucket: RunCurve.Bucket) -> Double { self == .loss ? bucket.loss : bucket.accuracy }

  func evaluated(_ figures: LossAndAccuracy) -> Double { self == .loss ? figures.loss : figures.accuracy }
}

/// The curves of the runs, or of the sides where runs are repeated.
struct ChartCurves {
  let state: DashboardState
  let metric: ChartedMetric

  /// The three curves of each run; later ones are on top.
  func series(of runs: [RunState]) -> [ChartSeries] { runs.flatMap { curves(of: [$0], lead: $0.id) } }

  /// The mean curves of each side over the seeds that are compared.
  func means(of replicates: Replicates) -> [ChartSeries] {
    sorted(state.shownSides).flatMap { side in curves(of: counted(side, in: replicates), lead: side.lead) }
  }

  /// Each run's test curve, and all curves of those with the selected run's seed.
  func singles(of replicates: Replicates) -> [ChartSeries] {
    let chosen = state.comparedRuns
    let others = sorted(state.shownSides).flatMap { side in
      side.runs.filter { run in !chosen.contains { $0.id == run } }.map { run in
        var curve = test(of: [state.runs[run.index]], lead: side.lead)
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
  func bands(of replicates: Replicates) -> [ChartBand] {
    state.shownSides.filter { $0.runs.count > 1 }.map { side in
      var style = side.lead.style
      style.isDim = true
      let curves = counted(side, in: replicates).map(testPoints)
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

  /// The runs of a side whose figures the pane has; before the first epoch all of them.
  private func counted(_ side: Replicates.Side, in replicates: Replicates) -> [RunState] {
    let seeds = ReplicateComparison(replicates, histories: state.runs.map(\.history)).seeds
    let runs = seeds.compactMap(side.run).map { state.runs[$0.index] }
    return runs.isEmpty ? side.runs.map { state.runs[$0.index] } : runs
  }

  private func curves(of runs: [RunState], lead: RunID) -> [ChartSeries] {
    let mark = lead.mark(in: state.glyphs)
    var dim = lead.style
    dim.isDim = true
    let train = runs.map { run in points(of: run) { metric.evaluated($0.train) } }
    let validation = runs.map { run in points(of: run) { $0.validation.map(metric.evaluated) } }
    let validationCurve = ChartSeries(
      label: "valid.", longLabel: "validation, dropout off", mark: mark, style: lead.style,
      points: Self.mean(of: validation))
    return (validationCurve.points.isEmpty ? [] : [validationCurve]) + [
      ChartSeries(
        label: "running", longLabel: "running, dropout on", mark: state.glyphs == .ascii ? "." : mark,
        style: dim, points: Self.mean(ofRunning: runs.map(runningPoints))),
      // Where lines are made of their marks, train has the small letter.
      ChartSeries(
        label: "train", longLabel: "train, dropout off",
        mark: state.glyphs == .ascii ? Character(lead.letter.lowercased()) : mark, style: lead.style,
        isDashed: true, points: Self.mean(of: train)),
      test(of: runs, lead: lead),
    ]
  }

  private func test(of runs: [RunState], lead: RunID) -> ChartSeries {
    var bold = lead.style
    bold.isBold = true
    return ChartSeries(
      label: "test", longLabel: "test, dropout off", mark: lead.mark(in: state.glyphs), style: bold,
      points: Self.mean(of: runs.map(testPoints)))
  }

  private func testPoints(of run: RunState) -> [ChartSeries.Point] {
    points(of: run) { metric.evaluated($0.test) }
  }

  private func runningPoints(of run: RunState) -> [ChartSeries.Point] {
    var average = MovingAverage(decay: state.settings.smoothing)
    return run.curve.buckets.map { ChartSeries.Point(x: $0.epochs, y: average.next(metric.running($0))) }
  }

  private func points(of run: RunState, _ value: (EpochMetrics) -> Double?) -> [ChartSeries.Point] {
    run.history.epochs.filter { $0.position.step >= run.forkedAfter ?? 0 }.compactMap { epoch in
      value(epoch.metrics).map { ChartSeries.Point(x: run.epochs(at: epoch.position.step), y: $0) }
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
