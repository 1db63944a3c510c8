internal import Datasets
internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// The weights of runs beside the true ones and the exact ones.
struct FitTable {
  let state: DashboardState
  let runs: [RunState]
  let exact: ExactSolution?
  let synthesis: Synthesis

  struct Line {
    var text: String
    var style: Style
  }

  private struct Row {
    var name: String
    var style: Style
    var loss: String
    var weights: [Double]
    var bias: Double?
  }

  private static let columnWidth = 9
  private static let nameWidth = 20
  /// Weights of a linear function are all the same: a few of them tell it.
  private static let fewWeights = 4

  private var features: Int { runs.map(\.configuration.features).max() ?? 1 }

  var title: String {
    let seed = runs.first.map(\.configuration.syntheticSize.seed)
    return says("weights beside the true ones", "权重与真实权重")
      + (seed.map { says(", samples of seed \($0)", "，样本的种子 \($0)") } ?? "")
  }

  private var rows: [Row] {
    // Losses are told as the runs tell theirs.
    let factor = runs.first?.configuration.loss == .halvedMeanSquaredError ? 0.5 : 1
    let truth = Row(
      name: says("true", "真实"), style: .bold, loss: text(factor * synthesis.noise * synthesis.noise),
      weights: synthesis.trueWeights(features: features), bias: synthesis.bias)
    let ofRuns = runs.map { run -> Row in
      let name = "\(state.lead(of: run).mark(in: state.glyphs)) \(run.name)"
      let fit = run.fit?.details
      return Row(
        name: name, style: state.lead(of: run).style,
        loss: run.history.final?.metrics[.testLoss].map { text($0) } ?? "-", weights: fit?.weights ?? [],
        bias: fit?.bias)
    }
    let solved = exact.map {
      Row(
        name: $0.isDetermined
          ? says("exact solution", "精确解") : says("exact, least norm", "精确解，最小范数"), style: .plain,
        loss: text(factor * $0.test),
        weights: $0.weights, bias: $0.bias)
    }
    return [truth] + ofRuns + (solved.map { [$0] } ?? [])
  }

  /// The lines, at most `width` columns wide: test loss, norm, bias where there is one, and as many weights as fit.
  func lines(width: Int) -> [Line] {
    let rows = rows
    let hasBias = synthesis.kind == .linear
    let room = max(0, (width - Self.nameWidth) / Self.columnWidth - (hasBias ? 3 : 2))
    let most = synthesis.kind == .linear ? Self.fewWeights : features
    let shown = min(room, most, features)
    let heading =
      [says("test loss", "测试损失"), "|w|"] + (hasBias ? [says("bias", "偏置")] : [])
      + (0..<shown).map { "w\($0)" }
    func line(_ name: String, _ cells: [String], _ style: Style) -> Line {
      Line(
        text: name.cut(to: Self.nameWidth - 1).padded(to: Self.nameWidth)
          + cells.map { $0.paddedLeft(to: Self.columnWidth) }.joined(), style: style)
    }
    return [line("", heading, .dim)]
      + rows.map { row in
        let norm = row.weights.isEmpty ? "-" : text(row.weights.reduce(0) { $0 + $1 * $1 }.squareRoot())
        let weights = (0..<shown).map { place in
          row.weights.indices.contains(place) ? text(row.weights[place]) : "-"
        }
        return line(
          row.name, [row.loss, norm] + (hasBias ? [row.bias.map { text($0) } ?? "-"] : []) + weights,
          row.style)
      }
  }

  private func text(_ value: Double) -> String {
    // Rounding must not make a zero of what is none.
    value == 0 ? "0" : NumberText.significant(value, digits: 3)
  }
}
