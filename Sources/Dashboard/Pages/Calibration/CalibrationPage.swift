internal import Datasets
internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// Whether the runs are right as often as they are sure, and how accurate they are when they may leave images out.
struct CalibrationPage: Page {
  static let title = "Calibration"
  static var name: String { says("Calibration", "校准") }
  static let key: Character = "5"
  static let asksNetworks = true

  /// Images below which a bin says too little to be drawn.
  private static let fewestImages = 10
  /// Share of the images up to which curves are drawn: what is left beyond is few.
  private static let largestRejected = 90

  /// Whether the calibration is that of passes with dropout.
  private(set) var showsMonteCarlo = false
  /// How far the answers of each run can be trusted, dropout off.
  private var dropoutOff: [RunID: Assessment] = [:]
  /// How far the means of its passes with dropout can be trusted.
  private var monteCarlo: [RunID: Assessment] = [:]

  static let bindings: [Keys] = [
    Keys(
      "u", footer: says("Monte Carlo", "蒙特卡罗"), help: says("dropout off or Monte Carlo", "关闭暂退或蒙特卡罗")
    ) {
      $0.page.showsMonteCarlo.toggle()
      if $0.page.showsMonteCarlo { $0.state.measureUncertainty() }
    }
  ]

  mutating func update(after event: TrainingEvent?, in state: DashboardState) {
    guard let event, let labels = state.testImages?.labels else { return }
    switch event.kind {
    case .testPredicted(let answers):
      dropoutOff[event.run] = Assessment(Positioned(answers, at: event.position), labels: labels)
    case .uncertaintyMeasured(let measured):
      monteCarlo[event.run] = Assessment(
        Positioned(measured.answers, at: event.position), labels: labels,
        mutualInformation: measured.mutualInformation)
    default: break
    }
  }

  /// What is shown of a run's calibration: with dropout off, or by Monte Carlo; not that of a run begun anew.
  func assessment(of run: RunState) -> Assessment? {
    let position = showsMonteCarlo ? run.uncertainty?.position : run.predictions?.position
    let assessment = (showsMonteCarlo ? monteCarlo : dropoutOff)[run.id]
    return assessment?.position == position ? assessment : nil
  }

  // Only a class has a probability.
  static var absence: String? {
    says(
      "Calibration is about the probabilities of classes, and a regression has none.",
      "校准讲的是类别的概率，而回归没有类别。")
  }
  func isAvailable(for task: Task.Kind) -> Bool { task == .classification }

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    let runs = state.comparedRuns.filter { assessment(of: $0) != nil }
    guard !runs.isEmpty else {
      surface.drawFrame(area, title: says("calibration", "校准"), glyphs: state.glyphs)
      for (row, line) in TextWrap.lines(whyNot(state), width: area.width - 4).enumerated() {
        surface.write(line, x: area.x + 2, y: area.y + 1 + row, style: .dim, limit: area.maxX - 1)
      }
      return
    }
    let table = CalibrationTableView(page: self, state: state, runs: runs)
    let (charts, pane) = area.splitBottom(min(table.height(width: area.width), area.height / 2))
    let (left, right) = charts.splitLeft(charts.width / 2)
    reliability(of: runs, state).draw(on: &surface, in: left)
    rejection(of: runs, state).draw(on: &surface, in: right)
    table.draw(on: &surface, in: pane)
  }

  private func whyNot(_ state: DashboardState) -> String {
    showsMonteCarlo && state.origin != .folders
      ? says(
        "The runs have not been asked yet what they say of the test images with dropout on; u goes back.",
        "还没有问过各运行在启用暂退时如何回答测试图像；按 u 返回。")
      : state.absenceOfAnswers
  }

  private func reliability(of runs: [RunState], _ state: DashboardState) -> LineChart {
    let perfect = ChartSeries(
      label: says("perfect", "理想"), mark: state.glyphs == .ascii ? "." : "·", style: .dim, isDashed: true,
      points: [.init(x: 0, y: 0), .init(x: 1, y: 1)])
    let lines = runs.map { run in
      let bins = assessment(of: run)?.calibration.bins.filter { $0.count >= Self.fewestImages } ?? []
      return ChartSeries(
        label: state.title(of: run), mark: state.lead(of: run).mark(in: state.glyphs),
        style: state.lead(of: run).style,
        points: bins.map { ChartSeries.Point(x: $0.confidence, y: $0.accuracy) })
    }
    var chart = LineChart(
      title: says("reliability", "可靠性"), series: [perfect] + lines, horizontal: Axis(0, 1),
      glyphs: state.glyphs)
    chart.bounds = 0...1
    chart.showsPercent = true
    chart.horizontalUnit = says("confidence", "置信度")
    return chart
  }

  private func rejection(of runs: [RunState], _ state: DashboardState) -> LineChart {
    let series = runs.flatMap { run -> [ChartSeries] in
      guard let assessment = assessment(of: run) else { return [] }
      let title = state.title(of: run)
      let mark = state.lead(of: run).mark(in: state.glyphs)
      let sure = ChartSeries(
        label: says("by confidence", "按置信度"), longLabel: says("\(title) by confidence", "\(title) 按置信度"),
        mark: mark,
        style: state.lead(of: run).style,
        points: points(assessment.byConfidence))
      // Where nothing is dropped there is nothing to disagree about.
      guard run.configuration.usesDropout, let curve = assessment.byMutualInformation else { return [sure] }
      let small = state.glyphs == .ascii ? Character(state.lead(of: run).letter.lowercased()) : mark
      return [
        ChartSeries(
          label: says("by mutual information", "按互信息"),
          longLabel: says("\(title) by mutual information", "\(title) 按互信息"), mark: small,
          style: state.lead(of: run).style, isDashed: true,
          points: points(curve)), sure,
      ]
    }
    var chart = LineChart(
      title: says("accuracy of the rest", "其余的精度"), series: series,
      horizontal: Axis(0, Double(Self.largestRejected)),
      glyphs: state.glyphs)
    chart.bounds = 0...1
    chart.showsPercent = true
    chart.horizontalUnit = says("% left out", "% 略去")
    return chart
  }

  private func points(_ curve: RejectionCurve) -> [ChartSeries.Point] {
    (0...Self.largestRejected).compactMap { percent in
      curve.accuracy(rejecting: Double(percent) / 100).map { ChartSeries.Point(x: Double(percent), y: $0) }
    }
  }
}
