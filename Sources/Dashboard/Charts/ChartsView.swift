internal import TerminalUI
internal import TrainingEvents

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
    let (charts, pane) = area.splitBottom(min(ComparisonView(state: state).height, area.height / 2 + 1))
    let (left, right) = charts.splitLeft(charts.width / 2)
    return (left, right, pane)
  }

  private var loss: LineChart { chart(title: "loss", value: \.loss, of: \.loss, percent: false) }

  private var accuracy: LineChart {
    chart(title: "accuracy", value: \.accuracy, of: \.accuracy, percent: true)
  }

  private func chart(
    title: String, value: (RunCurve.Bucket) -> Double, of evaluated: (LossAndAccuracy) -> Double,
    percent: Bool
  ) -> LineChart {
    let runs = state.runs.sorted { first, _ in first.id.index != state.selectedRun }
    let series = runs.flatMap { run -> [ChartSeries] in
      let validation = points(of: run) { $0.validation.map(evaluated) }
      return [
        ChartSeries(
          label: "running", mark: runningMark(of: run), style: dimmed(run.id.style),
          points: runningPoints(of: run, value)),
        ChartSeries(
          label: "train", mark: mark(of: run, isTest: false), style: run.id.style, isDashed: true,
          points: points(of: run) { evaluated($0.train) }),
        ChartSeries(
          label: "test", mark: mark(of: run, isTest: true), style: bold(run.id.style),
          points: points(of: run) { evaluated($0.test) }),
      ]
        + (validation.isEmpty
          ? []
          : [ChartSeries(label: "valid.", mark: run.id.mark, style: run.id.style, points: validation)])
    }
    let range = state.visibleEpochs
    var chart = LineChart(
      title: state.cursor.map { "\(title) at \(place(of: $0))" } ?? title,
      series: series, horizontal: Axis(range.lowerBound, range.upperBound), glyphs: state.glyphs)
    chart.isLogarithmic = state.settings.isLogarithmic && !percent
    chart.showsPercent = percent
    // The steep beginning would leave no room for the differences that matter.
    if !state.settings.showsBeginning, state.runs.allSatisfy({ $0.history.epochs.count > 1 }) {
      chart.scaledFrom = 1
    }
    chart.horizontalUnit = "epoch"
    chart.cursor = state.cursor
    chart.marks = state.runs.flatMap(marks)
    return chart
  }

  /// A place on the horizontal axis in words.
  private func place(of epochs: Double) -> String {
    let text = "epoch \(NumberText.fixed(epochs, decimals: 2))"
    let lengths = Set(state.runs.map(\.stepsPerEpoch))
    guard lengths.count == 1, let length = lengths.first else { return text }
    return text + ", step \(NumberText.grouped(Int((epochs * Double(length)).rounded())))"
  }

  private func runningMark(of run: RunState) -> Character {
    state.glyphs == .ascii ? "." : run.id.mark
  }

  /// Where lines are made of their marks, train has the small letter.
  private func mark(of run: RunState, isTest: Bool) -> Character {
    guard state.glyphs == .ascii else { return run.id.mark }
    return isTest ? run.id.letterMark : Character(run.id.letter.lowercased())
  }

  private func runningPoints(of run: RunState, _ value: (RunCurve.Bucket) -> Double) -> [ChartSeries.Point] {
    var average = MovingAverage(decay: state.settings.smoothing)
    return run.curve.buckets.map { ChartSeries.Point(x: $0.epochs, y: average.next(value($0))) }
  }

  private func points(of run: RunState, _ value: (EpochMetrics) -> Double?) -> [ChartSeries.Point] {
    run.history.epochs.compactMap { epoch in
      value(epoch.metrics).map { ChartSeries.Point(x: run.epochs(at: epoch.position.step), y: $0) }
    }
  }

  private func marks(of run: RunState) -> [ChartMark] {
    run.changes.filter { $0.setting != .epochs }.map { change in
      let text =
        "\(change.setting.symbol) \(change.setting.text(change.oldValue))→\(change.setting.text(change.newValue))"
      return ChartMark(
        x: run.epochs(at: change.position.step), label: state.plain(text), style: run.id.style)
    }
  }

  private func dimmed(_ style: Style) -> Style {
    var style = style
    style.isDim = true
    return style
  }

  private func bold(_ style: Style) -> Style {
    var style = style
    style.isBold = true
    return style
  }
}
