internal import Datasets
internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// How far the runs are, how good, and what that shows, in one sentence with a bar for each run: for small screens and
/// large rooms.
struct SentenceView {
  let state: DashboardState

  /// The sentence, for example "After 12 of 60 epochs: with dropout 81.3 %, without dropout 80.1 %".
  var sentence: String {
    let sides = sides
    guard let epoch = sides.map(\.epoch).max(), !sides.isEmpty else {
      return state.runs.isEmpty
        ? says("Starting.", "正在启动。") : says("No epoch is complete yet.", "还没有完成一轮。")
    }
    let epochs = state.shownRuns.map(\.configuration.epochs).max() ?? epoch
    let values = sides.prefix(3).map { "\($0.name) \($0.text)" }.joined(separator: says(", ", "，"))
    let more = sides.count - 3
    let rest = more > 0 ? says(" and \(more) more", "，另有 \(more) 个") : ""
    let verdict = sides.count == 2 ? conclusion : ""
    return says(
      "After \(epoch) of \(epochs) \(epochs == 1 ? "epoch" : "epochs"): \(values)\(rest)."
        + (verdict.isEmpty ? "" : " " + verdict),
      "第 \(epoch)/\(epochs) 轮之后：\(values)\(rest)。\(verdict)")
  }

  private struct Side {
    var name: String
    var mark: Character
    var style: Style
    var epoch: Int
    var value: Double
    var text: String
  }

  /// What each run, or side where runs are repeated, has by the figure that the best epoch is chosen by.
  private var sides: [Side] {
    let replicates = state.replicates
    let figure = Figure.selection(
      isValidated: state.shownRuns.contains { $0.configuration.validationSize != nil }, for: state.task)
    let leads = replicates.areSeveral ? state.shownSides.map(\.lead) : state.shownRuns.map(\.id)
    let common = leads.map { state.runs[$0.index].history.epochs.count }.min() ?? 0
    return leads.compactMap { lead in
      let history = state.runs[lead.index].history
      let isOver = state.isEnded
      guard let epoch = isOver ? history.final : history.epochs.prefix(common).last else { return nil }
      let values = (replicates.areSeveral ? replicates.side(of: lead)?.runs ?? [lead] : [lead]).compactMap {
        run in
        let own = state.runs[run.index].history
        return (isOver ? own.final : own.epochs.prefix(common).last)?.metrics[figure]
      }
      guard let value = SampleStatistics(values)?.mean else { return nil }
      return Side(
        name: history.shownName, mark: lead.mark(in: state.glyphs), style: lead.style,
        epoch: epoch.position.epoch,
        value: value,
        text: figure.format == .percent
          ? NumberText.fixed(value * 100, decimals: 1) + " %" : figure.text(value))
    }
  }

  private var conclusion: String {
    let replicates = state.replicates
    if replicates.areSeveral {
      let difference = ReplicateComparison(replicates, histories: state.runs.map(\.history)).difference(
        of: Figure.judged(for: state.task)[0])
      guard let difference, difference.interval != nil else { return Self.tooEarly }
      return difference.isShown
        ? says("The difference is more than chance.", "差异超出偶然。") : Self.noDifferenceShown
    }
    let histories = state.comparedRuns.map(\.history)
    let verdict = Verdict(
      Comparison(underWay: histories), histories: histories,
      testCount: histories.first?.started?.testCount ?? 1)
    return switch verdict {
    case .noComparison, .tooEarly, .undecided: Self.tooEarly
    case .identical: says("They are copies of each other.", "两者互为副本。")
    case .noDifferenceShown: Self.noDifferenceShown
    case .difference: says("A hint of a difference, by one seed.", "一个种子提示有差异。")
    }
  }

  private static var tooEarly: String { says("Too early to tell.", "尚不能下结论。") }
  private static var noDifferenceShown: String { says("No difference shown.", "未见差异。") }

  /// Writes the sentence, below it the bars of the runs, as many as there is room for.
  func draw(on surface: inout Surface, in area: Rect) {
    let lines = TextWrap.lines(state.plain(sentence), width: max(1, area.width))
    surface.write(lines, in: area, style: .bold)
    let sides = sides
    let longest = sides.map(\.text.cellWidth).max() ?? 0
    let width = area.width - 3 - longest
    let largest = sides.map(\.value).max() ?? 0
    for (row, side) in sides.enumerated() where lines.count + row < area.height {
      let y = area.y + lines.count + row
      surface.put(side.mark, x: area.x, y: y, style: side.style)
      // What is no share fills as much of the bar as it has of the largest.
      let share =
        state.task == .classification ? side.value : side.value / max(largest, .leastNonzeroMagnitude)
      let bar = SpreadBar(mean: share, spread: 0, width: width, glyphs: state.glyphs)
      surface.write(bar.text, x: area.x + 2, y: y, style: side.style, limit: area.maxX)
      surface.write(state.plain(side.text), endingAt: area.maxX, y: y)
    }
  }
}
