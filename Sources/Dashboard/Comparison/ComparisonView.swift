internal import TerminalUI
internal import TrainingEvents

/// The runs' figures side by side after the last epoch that all have completed.
struct ComparisonView {
  let state: DashboardState

  /// Rows it needs: frame, heading, figures, best epoch, sentence.
  var height: Int { 2 + 1 + Comparison(underWay: state.runs.map(\.history)).figures.count + 2 }

  func draw(on surface: inout Surface, in area: Rect) {
    let histories = state.runs.map(\.history)
    let comparison = Comparison(underWay: histories)
    let title = title(comparison, histories)
    surface.drawFrame(area, title: title, glyphs: state.glyphs)
    let inside = area.inset(by: 1)
    guard !inside.isEmpty else { return }
    let labelWidth = 26
    let columns = columnEnds(in: inside, labelWidth: labelWidth)
    var y = inside.y
    for (run, end) in zip(state.runs, columns) {
      let heading = "\(run.id.mark(in: state.glyphs)) \(run.name)"
      surface.write(fitting(heading, columns), endingAt: end, y: y, style: run.id.style)
    }
    if comparison.isComparable, let end = columns.last {
      surface.write("difference", endingAt: end + 13, y: y)
    }
    for figure in comparison.figures where y + 1 < inside.maxY {
      y += 1
      draw(figure, of: comparison, on: &surface, x: inside.x + 1, y: y, columns: columns)
    }
    y += 1
    if y < inside.maxY { drawBest(on: &surface, x: inside.x + 1, y: y, columns: columns) }
    y += 1
    if y < inside.maxY {
      drawSentence(
        comparison, on: &surface, in: Rect(x: inside.x + 1, y: y, width: inside.width - 2, height: 1))
    }
  }

  private func title(_ comparison: Comparison, _ histories: [RunHistory]) -> String {
    let epochs = comparison.measured.compactMap { $0?.position.epoch }
    if zip(comparison.measured, histories).contains(where: { $0?.position != $1.epochs.last?.position }),
      Set(epochs).count > 1
    {
      return "comparison after the best epochs: \(epochs.map { String($0) }.joined(separator: " and "))"
    }
    return epochs.first.map { "comparison after epoch \($0)" } ?? "comparison after the first epoch"
  }

  /// Only two runs have a difference beside them.
  private func columnWidth(in area: Rect, labelWidth: Int) -> Int {
    let difference = state.runs.count > 2 ? 2 : 14
    return min(22, max(12, (area.width - labelWidth - difference) / max(1, state.runs.count)))
  }

  private func columnEnds(in area: Rect, labelWidth: Int) -> [Int] {
    let width = columnWidth(in: area, labelWidth: labelWidth)
    return state.runs.indices.map { area.x + 1 + labelWidth + ($0 + 1) * width }
  }

  private func draw(
    _ figure: Comparison.Figure, of comparison: Comparison, on surface: inout Surface, x: Int, y: Int,
    columns: [Int]
  ) {
    surface.write(figure.label, x: x, y: y)
    for (value, end) in zip(comparison.values(of: figure), columns) {
      surface.write(value.map(figure.text) ?? "-", endingAt: end, y: y)
    }
    guard let difference = comparison.difference(of: figure), let end = columns.last else { return }
    let text = state.plain(figure.differenceText(difference))
    surface.write(text, endingAt: end + 13, y: y, style: figure.style(of: difference))
  }

  private func drawBest(on surface: inout Surface, x: Int, y: Int, columns: [Int]) {
    let isValidated = state.runs.contains { $0.configuration.validationSize != nil }
    surface.write(isValidated ? "best validation accuracy" : "best test accuracy", x: x, y: y)
    for (run, end) in zip(state.runs, columns) {
      guard let best = run.history.best else { continue }
      let accuracy = NumberText.percent(best.metrics.selection.accuracy)
      let text = "\(accuracy) epoch \(best.position.epoch)"
      let short = "\(accuracy) @\(best.position.epoch)"
      surface.write(fitting(text, columns) == text ? text : short, endingAt: end, y: y)
    }
  }

  /// As much of `text` as fits into a column beside others.
  private func fitting(_ text: String, _ columns: [Int]) -> String {
    columns.count > 2 ? String(text.prefix(columns[1] - columns[0] - 1)) : text
  }

  private func drawSentence(_ comparison: Comparison, on surface: inout Surface, in area: Rect) {
    if !state.message.isEmpty {
      surface.write(
        state.plain(state.message), x: area.x, y: area.y, style: Style(foreground: .accent), limit: area.maxX)
      return
    }
    guard state.runs.count == 2 else { return }
    let testCount = state.runs[0].history.started?.testCount ?? 1
    let verdict = Verdict(comparison, histories: state.runs.map(\.history), testCount: testCount)
    surface.write(
      state.plain(verdict.sentence(names: state.runs.map(\.name))), x: area.x, y: area.y, style: .bold,
      limit: area.maxX)
  }
}

extension Comparison.Figure {
  /// Whether less of it is better.
  var isLoss: Bool {
    switch self {
    case .runningTrainLoss, .trainLoss, .validationLoss, .testLoss, .generalizationGap: true
    case .trainAccuracy, .validationAccuracy, .testAccuracy: false
    }
  }

  /// The look of the first run's figure minus the second's.
  func style(of difference: Double) -> Style {
    guard difference != 0 else { return .plain }
    return Style(foreground: (difference < 0) == isLoss ? .better : .worse)
  }
}

extension Verdict {
  /// The verdict in one short sentence.
  func sentence(names: [String]) -> String {
    switch self {
    case .noComparison: "no epoch to compare yet"
    case .tooEarly(let epochs): "no difference shown yet: \(epochs) of \(Self.fewestEpochs) epochs needed"
    case .noDifferenceShown(let difference, let swing):
      "no difference shown: \(NumberText.signed(difference * 100, decimals: 2)) points lie within the usual ±"
        + NumberText.fixed(swing * 100, decimals: 2)
    case .difference(let difference, let swing):
      "\(names[difference > 0 ? 0 : 1]) tests higher by \(NumberText.fixed(abs(difference) * 100, decimals: 2)) points, "
        + "beyond ±\(NumberText.fixed(swing * 100, decimals: 2)); one seed is a hint"
    }
  }
}
