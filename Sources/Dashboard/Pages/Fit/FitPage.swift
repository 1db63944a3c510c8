internal import Datasets
internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// What each run of a regression gives for the samples, its weights beside the true ones, and what no number of steps
/// could better: the exact solution.
struct FitPage: Page {
  static let title = "Fit"
  static var name: String { says("Fit", "拟合") }
  // That of the samples with pictures, which a regression lacks.
  static let key: Character = "3"
  static let asksNetworks = true

  /// Whether the exact solution by degree is shown.
  private(set) var showsDegrees = false
  /// What the picture needs of the samples.
  private var samples = FitSamples()

  static let bindings: [Keys] = [
    Keys(
      "x", footer: says("by degree", "按次数"),
      help: says("exact solution by degree, or the runs", "按次数的精确解，或各运行"),
      when: { FitView(state: $0.state, prepared: $0.page.samples).synthesis?.kind == .polynomial },
      do: { $0.page.showsDegrees.toggle() })
  ]

  func isAvailable(for task: Task.Kind) -> Bool { task == .regression }

  mutating func ask(in state: inout DashboardState) {
    let view = FitView(state: state, prepared: samples)
    guard let chosen = view.chosen, let synthesis = view.synthesis else { return }
    samples.prepare(
      synthesis, chosen: chosen.configuration.syntheticSize, all: view.runs.map(\.configuration.syntheticSize)
    )
  }

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let view = FitView(state: state, prepared: samples)
    if showsDegrees, view.synthesis?.kind == .polynomial {
      DegreeCurveView(glyphs: state.glyphs).draw(on: &surface, in: area)
    } else {
      view.draw(on: &surface, in: area)
    }
  }
}

/// The samples of a regression, the runs' answers and their weights.
struct FitView {
  let state: DashboardState
  let prepared: FitSamples

  /// The runs that are shown: of several seeds those of one.
  var runs: [RunState] { state.replicates.areSeveral ? state.comparedRuns : state.shownRuns }
  /// The run whose samples are shown.
  var chosen: RunState? { state.selected ?? runs.first }
  /// How the samples are made.
  var synthesis: Synthesis? { chosen?.configuration.dataset.synthesis }

  func draw(on surface: inout Surface, in area: Rect) {
    guard let chosen, let synthesis else { return }
    let exact = prepared.exactSolution(synthesis, chosen.configuration.syntheticSize)
    let table = FitTable(state: state, runs: runs, exact: exact, synthesis: synthesis)
    let rows = table.lines(width: area.width - 4)
    let text = TextWrap.lines(
      state.plain(FitSentences(state: state, run: chosen, exact: exact, synthesis: synthesis).text),
      width: max(1, area.width - 2))
    let textRows = area.height >= 16 ? min(text.count, 4) : 0
    let (top, below) = area.splitBottom(min(rows.count + 2 + textRows, max(0, area.height - 6)))
    let (frame, sentences) = below.splitBottom(textRows)
    chart(chosen, synthesis).draw(on: &surface, in: top)
    surface.drawFrame(frame, title: state.plain(table.title), glyphs: state.glyphs)
    let inside = frame.inset(by: 1)
    for (row, line) in rows.prefix(inside.height).enumerated() {
      surface.write(
        state.plain(line.text), x: inside.x + 1, y: inside.y + row, style: line.style, limit: inside.maxX)
    }
    surface.write(text, in: sentences.splitLeft(1).rest)
  }

  // MARK: Chart

  private func chart(_ chosen: RunState, _ synthesis: Synthesis) -> LineChart {
    switch synthesis.kind {
    case .polynomial: curves(chosen, synthesis)
    case .linear: predictions(synthesis)
    }
  }

  private func mark(_ run: RunState) -> Character { state.lead(of: run).mark(in: state.glyphs) }

  /// Points that no line joins.
  private func dots(_ points: [ChartSeries.Point]) -> [ChartSeries.Point] {
    points.sorted { $0.x < $1.x }.flatMap { [$0, ChartSeries.Point(x: $0.x, y: .nan)] }
  }

  /// The samples, the true curve and that of each run over the input.
  private func curves(_ chosen: RunState, _ synthesis: Synthesis) -> LineChart {
    let configuration = chosen.configuration
    let samples = synthesis.exactSamples(
      split: 0, count: configuration.samples, features: 2, seed: configuration.syntheticSize.seed)
    let grid = SamplesFitted.grid
    let truth = grid.map { ChartSeries.Point(x: $0, y: synthesis.value(at: $0)) }
    let series =
      [
        ChartSeries(
          label: says("true curve", "真实曲线"), mark: "-", style: .plain, isDashed: true, points: truth)
      ]
      + runs.compactMap { run in
        guard let fit = run.fit?.details, !fit.curve.isEmpty else { return nil }
        var series = ChartSeries(
          label: run.name, mark: mark(run), style: state.lead(of: run).style,
          points: zip(grid, fit.curve).map { ChartSeries.Point(x: $0, y: $1) })
        series.spacing = 1 + run.id.index % 4
        return series
      }
      + [
        ChartSeries(
          label: says("samples", "样本"), mark: ".", style: .bold,
          points: dots(zip(samples.inputs, samples.targets).map { ChartSeries.Point(x: $0[1], y: $1) }))
      ]
    var chart = LineChart(
      title: state.plain(says("samples and curves\(step)", "样本与曲线\(step)")), series: series,
      horizontal: Axis(-3, 3),
      glyphs: state.glyphs)
    // A run that is far off would leave no room for the rest.
    let values = truth.map(\.y) + samples.targets
    chart.vertical = Axis(values.min() ?? 0, values.max() ?? 1)
    chart.horizontalUnit = "x"
    return chart
  }

  /// What each run predicts of the test samples against what is true.
  private func predictions(_ synthesis: Synthesis) -> LineChart {
    var bounds = (low: Double.infinity, high: -Double.infinity)
    let series = runs.compactMap { run -> ChartSeries? in
      let targets = prepared.testTargets(synthesis, run.configuration.syntheticSize)
      bounds = (min(bounds.low, targets.min() ?? 0), max(bounds.high, targets.max() ?? 0))
      guard let fit = run.fit?.details else { return nil }
      return ChartSeries(
        label: run.name, mark: mark(run), style: state.lead(of: run).style,
        points: dots(zip(targets, fit.predictions).map { ChartSeries.Point(x: $0, y: $1) }))
    }
    let (low, high) = bounds.low < bounds.high ? (bounds.low, bounds.high) : (0, 1)
    var chart = LineChart(
      title: state.plain(
        says("predicted against true, test samples\(step)", "预测对真实，测试样本\(step)")),
      series: [
        ChartSeries(
          label: says("predicted = true", "预测 = 真实"), mark: "-", style: .plain, isDashed: true,
          points: [low, high].map { ChartSeries.Point(x: $0, y: $0) })
      ] + series, horizontal: Axis(low, high), glyphs: state.glyphs)
    chart.horizontalUnit = says("true", "真实")
    return chart
  }

  private var step: String {
    runs.contains { $0.fit != nil }
      ? chosen?.fit.map { fit in
        let step = NumberText.grouped(fit.position.step)
        return says(", step \(step)", "，第 \(step) 步")
      } ?? ""
      : says(", known after \(state.firstEvaluation)", "，\(state.firstEvaluation)之后可知")
  }
}
