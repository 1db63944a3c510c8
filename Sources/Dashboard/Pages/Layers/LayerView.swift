internal import Experiment
internal import Messages
internal import NeuralNetwork
import Reports
internal import TerminalUI

/// One layer: norms, how many activations are 0, the mask of the latest step and the activations' histogram.
struct LayerView {
  /// Columns that it needs, with the frame around.
  static let smallestWidth = 40
  /// Rows of a hidden layer beside its histogram.
  static let textRows = 4
  /// Rows of the output layer.
  static let outputRows = 2

  let state: DashboardState
  let run: RunState
  /// Place among the layers, from 0.
  let index: Int
  let layer: LayerObservation
  let histogramRows: Int
  /// Whether the keys are at it.
  let isSelected: Bool

  func draw(on surface: inout Surface, in area: Rect) {
    surface.write(
      heading(width: area.width), x: area.x, y: area.y,
      style: isSelected ? Style(foreground: .accent, isBold: true) : .bold, limit: area.maxX)
    let gradient = (layer.gradientNorm.map(NumberText.exponential) ?? "-").paddedLeft(to: 7)
    let norm = number(layer.weightNorm, decimals: 3, width: 6)
    let norms = says("norm \(norm) gradient \(gradient) ", "范数 \(norm) 梯度 \(gradient) ")
    write(norms, row: 1, on: &surface, in: area)
    let bar = Self.gradientBar(layer.gradientNorm ?? 0, width: area.width - norms.cellWidth)
    surface.write(
      String(repeating: state.glyphs.bar, count: bar), x: area.x + norms.cellWidth,
      y: area.y + 1,
      style: state.lead(of: run).style, limit: area.maxX)
    guard let activations = layer.activations else { return }
    let zero = NumberText.percent(activations.zeroShare, decimals: 1).paddedLeft(to: 6)
    let silent = String(activations.silentUnits).paddedLeft(to: 4)
    let largest = number(activations.largest, decimals: 2, width: 6)
    write(
      says("zero \(zero)  silent \(silent)  max \(largest)", "为零 \(zero)  静默 \(silent)  最大 \(largest)"),
      row: 2, on: &surface, in: area)
    drawMask(activations.mask, on: &surface, in: Rect(x: area.x, y: area.y + 3, width: area.width, height: 1))
    let bars = Rect(x: area.x, y: area.y + Self.textRows, width: area.width, height: histogramRows)
    // Most activations are 0: only their logarithm lets the others be seen.
    Histogram(values: activations.histogram.map(Double.init), isLogarithmic: true)
      .draw(on: &surface, in: bars, glyphs: state.glyphs, style: state.lead(of: run).style)
  }

  /// Cells of a bar on a logarithmic scale from 1e-10 to 10: gradients that vanish are seen layer by layer.
  static func gradientBar(_ norm: Double, width: Int) -> Int {
    guard norm > 0, norm.isFinite else { return norm == .infinity ? max(0, width) : 0 }
    let share = Axis(1e-10, 10, isLogarithmic: true).position(of: norm) ?? 0
    return Int((min(max(share, 0), 1) * Double(max(0, width))).rounded())
  }

  private func write(_ text: String, row: Int, on surface: inout Surface, in area: Rect) {
    surface.write(state.plain(text), x: area.x, y: area.y + row, limit: area.maxX)
  }

  /// What the layer is: what it reads and gives, or how it is written, gives way to its dropout.
  private func heading(width: Int) -> String {
    let layers = run.configuration.network.leaves.filter(\.hasWeights)
    let shape =
      layers.indices.contains(index) && layers[index].readsImages
      ? layers[index].text : "\(layer.inputs) → \(layer.units)"
    guard layer.activations != nil else { return state.plain(says("output · \(shape)", "输出 · \(shape)")) }
    let name = says("layer \(index + 1)", "第 \(index + 1) 层")
    let title = "\(name) · \(shape)"
    guard let dropout, run.configuration.dropout.indices.contains(dropout) else { return state.plain(title) }
    let rate = run.configuration.dropout[dropout]
    let text = rate == 0 ? "0" : NumberText.fixed(rate, decimals: 2)
    let isChanged = state.selectedRun == run.id.index && dropout == state.selectedLayer
    let probability = " · p " + (isChanged ? "[\(text)]" : text)
    let whole = state.plain(title + probability)
    return whole.cellWidth <= width ? whole : state.plain(name + probability)
  }

  /// The number of the dropout that follows the layer, from 0.
  private var dropout: Int? {
    let numbers = run.configuration.network.dropoutAfterWeights
    return numbers.indices.contains(index) ? numbers[index] : nil
  }

  private func number(_ value: Double, decimals: Int, width: Int = 7) -> String {
    NumberText.fitting(value, decimals: decimals, width: width).paddedLeft(to: width)
  }

  /// A dot for each unit that the latest step kept; the share in words.
  private func drawMask(_ mask: [Bool], on surface: inout Surface, in area: Rect) {
    guard !mask.isEmpty else {
      surface.write(says("no unit dropped", "没有丢弃单元"), x: area.x, y: area.y, style: .dim, limit: area.maxX)
      return
    }
    let kept = mask.count(where: \.self)
    let count = String(kept).paddedLeft(to: String(mask.count).count)
    let caption = says("kept \(count) ", "保留 \(count) ")
    let start = surface.write(caption, x: area.x, y: area.y, style: .dim, limit: area.maxX)
    var canvas = DotCanvas(
      area: Rect(x: start, y: area.y, width: area.maxX - start, height: 1), glyphs: state.glyphs)
    let rows = state.glyphs.dotsPerCell.y
    let style = state.lead(of: run).style
    for (unit, isKept) in mask.enumerated() where isKept {
      canvas.set(x: unit / rows, y: unit % rows, style: style, mark: "#")
    }
    canvas.draw(on: &surface)
  }
}
