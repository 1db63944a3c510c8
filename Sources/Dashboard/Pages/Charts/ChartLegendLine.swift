internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// What the kinds of curves are, once for all charts; runs have their marks and colours in the lines of progress.
struct ChartLegendLine {
  let state: DashboardState
  let quantities: [Quantity]

  private struct Part {
    var name: String
    var line: String
    var condition: String
    var style: Style
  }

  /// Draws it with as many words and parts as leave so many columns for something else; returns where it ends.
  @discardableResult
  func draw(on surface: inout Surface, in area: Rect, leaving rest: Int = 0) -> Int {
    let parts = parts
    let whole = parts.map { [$0.name, $0.line, $0.condition].filter { !$0.isEmpty }.joined(separator: " ") }
    let short = parts.map { [$0.name, $0.line].filter { !$0.isEmpty }.joined(separator: " ") }
    func width(_ texts: [String]) -> Int { texts.reduce(0) { $0 + $1.cellWidth + 3 } }
    var x = area.x + 1
    for (text, part) in zip(width(whole) + rest <= area.width ? whole : short, parts)
    where x + text.cellWidth + (rest > 0 ? rest + 3 : 0) < area.maxX {
      x = surface.write(text, x: x, y: area.y, style: part.style) + 3
    }
    return x
  }

  private var parts: [Part] {
    let figures = quantities.flatMap(\.figures)
    let measured = figures.filter { figure in
      figure.split == .runningTrain
        || state.shownRuns.contains { $0.history.epochs.last?.metrics[figure] != nil }
    }
    let splits = Figure.Split.all.filter { split in measured.contains { $0.split == split } }
    let kinds = splits.map { split -> Part in
      let condition =
        !state.usesDropout
        ? "" : split == .runningTrain ? says("dropout on", "启用暂退") : says("dropout off", "关闭暂退")
      let name = split == .runningTrain ? says("running", "训练中") : split.title
      return Part(
        name: name, line: line(of: split), condition: condition,
        style: Style(isBold: split == .test, isDim: split == .runningTrain))
    }
    let hasBest = state.shownRuns.contains { $0.history.ownEpochs.count > 1 }
    let isSmoothed = splits.contains(.runningTrain) && state.settings.smoothing > 0
    return kinds
      + (hasBest
        ? [Part(name: "\(state.glyphs.star) " + says("best", "最佳"), line: "", condition: "", style: .plain)]
        : [])
      + (isSmoothed
        ? [
          Part(
            name: says("smoothed ", "平滑 ") + SettingText.number(state.settings.smoothing), line: "",
            condition: "",
            style: .dim)
        ] : [])
  }

  /// What lines of a split look like.
  private func line(of split: Figure.Split) -> String {
    let leads = state.replicates.areSeveral ? state.shownSides.map(\.lead) : state.shownRuns.map(\.id)
    let letters = leads.prefix(3).map(\.letter).joined(separator: " ") + (leads.count > 3 ? ".." : "")
    return switch (split, state.glyphs) {
    case (.runningTrain, .ascii): "."
    case (.train, .ascii): letters.lowercased()
    case (_, .ascii): letters
    case (.runningTrain, .braille): "⠤⠤"
    case (.train, .console): "▄ ▄"
    case (_, .console): "▄▄"
    case (.train, _): "╌╌"
    case (.runningTrain, .block), (.validation, _): "──"
    case (.test, _): "━━"
    }
  }
}
