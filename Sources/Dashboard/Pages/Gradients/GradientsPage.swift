internal import Experiment
internal import Messages
internal import NeuralNetwork
import Reports
internal import TerminalUI

/// What gradient reaches each layer, how far its activations are spread, and how both came about step by step.
struct GradientsPage: Page {
  static let title = "Gradients"
  static var name: String { says("Gradients", "梯度") }
  static let key: Character = "7"

  func draw(_ state: DashboardState, on surface: inout Surface, in area: Rect) {
    guard
      let run = state.shownRuns.first(where: { $0.id.index == state.selectedRun })
        ?? state.shownRuns.first
    else { return }
    let others = state.shownRuns.count > 1 ? GradientRunsView(state: state, selected: run) : nil
    // The selected run has the room that its layers need, the list of all runs and the curves what is left.
    let layers = GradientLayersView(state: state, run: run)
    let needed = layers.height(width: area.width)
    let wanted = min(others?.height ?? 0, max(area.height - needed, 4))
    let (upper, lower) = area.splitBottom(others == nil ? 0 : wanted)
    let hasCurves = upper.height >= needed + GradientCurves.fewestRows && run.history.layers.count > 1
    let (table, curves) = upper.splitTop(hasCurves ? needed : upper.height)
    layers.draw(on: &surface, in: table)
    if hasCurves { GradientCurves(state: state, run: run).chart.draw(on: &surface, in: curves) }
    others?.draw(on: &surface, in: lower)
  }
}

/// The layers of one run: a row each, with the latest step's norms as bars and all steps as a heat map.
struct GradientLayersView {
  /// Where bars and the heat map begin and end.
  static let scale = Axis(1e-12, 1e3, isLogarithmic: true)
  private static let spreadScale = Axis(1e-4, 1e2, isLogarithmic: true)
  /// Columns of the label, a norm and a spread.
  private static let (label, norm, spread) = (13, 9, 8)

  let state: DashboardState
  let run: RunState

  /// Rows for all layers, with the frame, the heading, and what is to be learnt.
  func height(width: Int) -> Int {
    guard let latest = run.history.layers.last else { return 3 }
    return 2 + 1 + latest.gradientNorms.count + texts(of: latest.details, width: width - 4).count
  }

  /// What is to be learnt, and what each layer passes back.
  private func texts(of latest: LayersMeasured, width: Int) -> [String] {
    let findings = GradientFindings(latest, of: run.history)
    return TextWrap.lines(findings.sentence, width: width) + [factor(findings)]
  }

  func draw(on surface: inout Surface, in area: Rect) {
    let history = run.history.layers
    surface.drawFrame(
      area, title: state.titles(of: run, at: history.last?.position)[0], glyphs: state.glyphs,
      style: state.lead(of: run).style)
    let inside = area.inset(by: 1)
    let content = Rect(x: inside.x + 1, y: inside.y, width: inside.width - 2, height: inside.height)
    guard let latest = history.last else {
      let words =
        run.history.step > 0
        ? says("it was not measured in this session", "本会话中没有测量")
        : says("known after the first step", "第一步之后可知")
      return surface.write(TextWrap.lines(words, width: content.width), in: content, style: .dim)
    }
    let texts = texts(of: latest.details, width: content.width)
    let rows = min(latest.gradientNorms.count, max(1, content.height - 1 - texts.count))
    drawHeading(history, on: &surface, in: content)
    for (row, layer) in Self.chosen(rows, of: latest.gradientNorms.count).enumerated() {
      let place = Rect(x: content.x, y: content.y + 1 + row, width: content.width, height: 1)
      draw(layer, history, on: &surface, in: place)
    }
    for (row, text) in texts.enumerated() where rows + 1 + row < content.height {
      let style: Style = row == texts.count - 1 ? .dim : .bold
      surface.write(
        state.plain(text), x: content.x, y: content.y + 1 + rows + row, style: style,
        limit: content.maxX)
    }
  }

  /// As many of the layers as there are rows, the first and the last among them.
  static func chosen(_ rows: Int, of count: Int) -> [Int] {
    rows >= count || rows < 2
      ? Array(0..<min(rows, count)) : (0..<rows).map { $0 * (count - 1) / (rows - 1) }
  }

  /// Columns of the bars of gradients and of spreads, and of the heat map.
  private func columns(_ width: Int) -> (gradient: Int, spread: Int, heat: Int) {
    let free = max(0, width - Self.label - Self.norm - Self.spread - 3)
    return (free * 3 / 10, free * 2 / 10, free - free * 3 / 10 - free * 2 / 10)
  }

  private func drawHeading(
    _ history: [Positioned<LayersMeasured>], on surface: inout Surface, in area: Rect
  ) {
    let columns = columns(area.width)
    let heat = area.maxX - columns.heat
    surface.write(says("layer", "层"), x: area.x, y: area.y, style: .dim)
    let spread = area.x + Self.label + Self.norm + columns.gradient + 1
    let gradient = says("|gradient| of weights", "权重的 |梯度|")
    surface.write(
      area.x + Self.label + gradient.cellWidth < spread - 1 ? gradient : says("|gradient|", "|梯度|"),
      x: area.x + Self.label,
      y: area.y, style: .dim, limit: spread - 1)
    surface.write(says("spread", "散布"), x: spread, y: area.y, style: .dim, limit: heat - 1)
    let (first, last) = (
      NumberText.grouped(history.first?.position.step ?? 1),
      NumberText.grouped(history.last?.position.step ?? 1)
    )
    let steps = says("gradient, steps \(first) to \(last)", "梯度，第 \(first) 至 \(last) 步")
    surface.write(
      steps.cellWidth <= columns.heat ? steps : says("by step", "逐步"), x: heat, y: area.y, style: .dim,
      limit: area.maxX)
  }

  private func draw(
    _ layer: Int, _ history: [Positioned<LayersMeasured>], on surface: inout Surface, in area: Rect
  ) {
    guard let latest = history.last, latest.gradientNorms.indices.contains(layer) else { return }
    let columns = columns(area.width)
    let style = state.lead(of: run).style
    surface.write(
      state.plain(label(layer, of: latest.details)), x: area.x, y: area.y,
      limit: area.x + Self.label - 1)
    var x = area.x + Self.label
    let norm = latest.gradientNorms[layer]
    surface.write(NumberText.exponential(norm), x: x, y: area.y)
    x += Self.norm
    surface.write(bar(norm, Self.scale, width: columns.gradient), x: x, y: area.y, style: style)
    x += columns.gradient + 1
    if latest.activationSpreads.indices.contains(layer) {
      let spread = latest.activationSpreads[layer]
      surface.write(
        NumberText.significant(spread, digits: 2), x: x, y: area.y, limit: x + Self.spread - 1)
      surface.write(
        bar(spread, Self.spreadScale, width: columns.spread), x: x + Self.spread, y: area.y,
        style: style)
    }
    for column in 0..<columns.heat {
      drawHeat(
        self.norm(of: layer, history, column: column, of: columns.heat), on: &surface,
        x: area.maxX - columns.heat + column, y: area.y)
    }
  }

  private func label(_ layer: Int, of measured: LayersMeasured) -> String {
    let name = measured.name(of: layer)
    return layer == measured.gradientNorms.count - 1 ? name : name + shape(layer)
  }

  /// What a layer of a perceptron reads and gives.
  private func shape(_ layer: Int) -> String {
    let configuration = run.configuration
    guard configuration.writtenNetwork == nil, configuration.hiddenWidths.indices.contains(layer)
    else { return "" }
    let inputs = layer == 0 ? configuration.inputShape.count : configuration.hiddenWidths[layer - 1]
    return " \(inputs)→\(configuration.hiddenWidths[layer])"
  }

  private func bar(_ value: Double, _ scale: Axis, width: Int) -> String {
    guard value > 0, !value.isNaN else { return "" }
    let share = value.isFinite ? min(max(scale.position(of: value) ?? 0, 0), 1) : 1
    return String(
      repeating: state.glyphs.bar,
      count: Int((share * Double(max(0, width))).rounded()))
  }

  /// A layer's norm at the step that a column of the heat map stands for: the columns share what was measured.
  private func norm(
    of layer: Int, _ history: [Positioned<LayersMeasured>], column: Int, of columns: Int
  ) -> Double? {
    let place =
      history.count <= columns ? column : column * (history.count - 1) / max(1, columns - 1)
    guard history.indices.contains(place), history[place].gradientNorms.indices.contains(layer)
    else { return nil }
    return history[place].gradientNorms[layer]
  }

  private func drawHeat(_ norm: Double?, on surface: inout Surface, x: Int, y: Int) {
    guard let norm else { return }
    guard !norm.isNaN else { return surface.put("!", x: x, y: y, style: Style(foreground: .alert)) }
    let level = norm.isFinite ? min(max(Self.scale.position(of: norm) ?? 0, 0), 1) : 1
    if state.drawsColors {
      surface.put(" ", x: x, y: y, style: Color.heat(level))
    } else {
      let ramp: [Character] =
        state.glyphs == .ascii
        ? [" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"] : [" ", "░", "▒", "▓", "█"]
      surface.put(ramp[Int((level * Double(ramp.count - 1)).rounded())], x: x, y: y)
    }
  }

  /// What each layer makes of what comes back to it, measured and by theory.
  private func factor(_ findings: GradientFindings) -> String {
    guard let measured = findings.flow.measuredFactor else {
      return says(
        "bars and colours: 1e-12 to 1e3, logarithmic; the spread: 1e-4 to 100",
        "条与颜色：1e-12 至 1e3，对数刻度；散布：1e-4 至 100")
    }
    let found = NumberText.significant(measured, digits: 2)
    guard let theory = findings.flow.expectedFactor.map({ NumberText.significant($0, digits: 2) }) else {
      return says("each layer passes back × \(found) of what it gets", "每层把收到的梯度 × \(found) 传回")
    }
    return says(
      "each layer passes back × \(found); theory at first × \(theory), \(findings.flow.rule)",
      "每层传回 × \(found)；理论上初始时 × \(theory)，\(findings.flow.rule)")
  }
}

/// All runs below each other: the gradients of the first and the last layer, and what each layer passes back.
struct GradientRunsView {
  let state: DashboardState
  let selected: RunState

  /// Rows for all runs, with the heading.
  var height: Int { state.shownRuns.count + 1 }

  func draw(on surface: inout Surface, in area: Rect) {
    let inside = Rect(x: area.x + 1, y: area.y, width: area.width - 2, height: area.height)
    let rows =
      [
        [
          says("run", "运行"), says("layer 1", "第 1 层"), says("output", "输出"), says("a layer", "每层"),
          says("theory", "理论"), says("test", "测试"),
        ]
      ] + state.shownRuns.map(row)
    // A long name gives way before a figure does.
    let figures = TextTable(rows: rows.map { [""] + $0.dropFirst() }, spacing: 2).lines
    let width = figures.map(\.cellWidth).max() ?? 0
    let name = max(4, inside.width - 3 - width)
    let longest = min(name, rows.map(\.[0].cellWidth).max() ?? 0)
    let table = TextTable(rows: rows.map { [$0[0].cut(to: longest)] + $0.dropFirst() }, spacing: 2)
      .lines
    surface.write(
      state.plain(table[0]), x: inside.x + 1, y: inside.y, style: .dim, limit: inside.maxX)
    let shown = max(0, inside.height - 1)
    let place = state.shownRuns.firstIndex { $0.id == selected.id } ?? 0
    let first = min(max(0, place - shown + 1), max(0, state.shownRuns.count - shown))
    for (row, run) in state.shownRuns.enumerated().dropFirst(first).prefix(shown) {
      var style = state.lead(of: run).style
      style.isBold = run.id == selected.id
      surface.write(
        state.plain(table[row + 1]), x: inside.x + 1, y: inside.y + 1 + row - first, style: style,
        limit: inside.maxX)
    }
  }

  private func row(_ run: RunState) -> [String] {
    let title = "\(state.lead(of: run).mark(in: state.glyphs)) \(run.name)"
    let figure = Figure.testAccuracy
    let accuracy = run.history.epochs.last?.details.metrics[figure].map { figure.text($0) } ?? "-"
    let test = run.history.ended?.reason.isDivergence == true ? says("diverged", "已发散") : accuracy
    guard let latest = run.history.layers.last else { return [title, "-", "-", "-", "-", test] }
    let findings = GradientFindings(latest.details, of: run.history)
    func factor(_ factor: Double?) -> String {
      factor.map { "× " + NumberText.significant($0, digits: 2) } ?? "-"
    }
    return [
      title, latest.gradientNorms.first.map(NumberText.exponential) ?? "-",
      latest.gradientNorms.last.map(NumberText.exponential) ?? "-",
      factor(findings.flow.measuredFactor), factor(findings.flow.expectedFactor), test,
    ]
  }
}
