internal import Datasets
internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

/// The progress of a run, or of all runs that repeat it, as rich draws it: name, bar, percentage, time remaining, and
/// more where there is room.
struct ProgressLineView {
  let state: DashboardState
  /// The run, or those that repeat each other.
  let runs: [RunState]
  let nameWidth: Int

  /// The selected run, or the one that stands for all.
  private var run: RunState { runs.first { $0.id.index == state.selectedRun } ?? runs[0] }
  private var lead: RunID { state.lead(of: runs[0]) }
  private var isSelected: Bool { run.id.index == state.selectedRun }

  /// A part of the line, which stands below the same part of the line above.
  enum Part: Hashable {
    case progress, epoch, patience, seeds, speed
    case setting(Setting)

    /// The most important ones first.
    static let order =
      [.progress, .epoch] + InForce.settings.map(Part.setting) + [.patience, .seeds, .speed]

    var isSetting: Bool { if case .setting = self { true } else { false } }

    /// Blanks before it.
    var gap: Int { isSetting && self != .setting(.learningRate) ? 1 : 2 }
  }

  /// How wide each part of a line is, in their order.
  typealias Widths = [(part: Part, width: Int)]

  /// The columns that each part needs in all of some lines.
  static func widths(of lines: [ProgressLineView]) -> Widths {
    let widths = Dictionary(
      lines.flatMap(\.parts).map { ($0.part, $0.text.cellWidth) }, uniquingKeysWith: max)
    return Part.order.compactMap { part in widths[part].flatMap { $0 > 0 ? (part, $0) : nil } }
  }

  /// Whether the run stopped early, which takes words that no other line has room for.
  var endedEarly: Bool { runs.count == 1 && run.history.earlyEnding != nil }

  /// Draws the line, each part as wide as `widths` says.
  func draw(on surface: inout Surface, in area: Rect, widths: Widths) {
    let y = area.y
    // A side is called what all its runs are called.
    let name =
      runs.count > 1 ? run.name + (run.isHidden ? says(" (hidden)", " (隐藏)") : "") : state.title(of: run)
    var style = lead.style
    style.isDim = runs.allSatisfy(\.isHidden)
    style.isBold = isSelected && state.listedRuns.count > 1
    var x = area.x + 1
    surface.put(lead.mark(in: state.glyphs), x: x, y: y, style: style)
    surface.write(state.glyphs.cut(state.plain(name), to: nameWidth), x: x + 2, y: y, style: style)
    x += namePart

    let details = self.details(shown(width: area.width, widths))
    let end = area.maxX - 1
    surface.write(
      state.plain(details), endingAt: end, y: y, style: runs.contains(where: \.isMoving) ? .plain : .dim)
    drawBar(on: &surface, x: x, y: y, width: end - details.cellWidth - 1 - x)
  }

  private let minimumBar = 8
  /// Columns of the mark and the name, with the blank behind them.
  private var namePart: Int { 2 + nameWidth + 1 }

  private func drawBar(on surface: inout Surface, x: Int, y: Int, width: Int) {
    let gauge = Gauge(share: share, width: width, style: Gauge.Style(state.glyphs, showsColors: true))
    var done = lead.style
    done.isDim = runs.allSatisfy { $0.pausedAt != nil || $0.isHidden }
    let middle = surface.write(gauge.completed, x: x, y: y, style: done)
    surface.write(gauge.rest, x: middle, y: y, style: .dim)
  }

  /// What is told of the run.
  private var parts: [(part: Part, text: String)] {
    [(.progress, "\(percentage) \(time)"), (.epoch, epoch)]
      + InForce(state: state, run: run).entries.map { (.setting($0.setting), $0.text) }
      + [(.patience, patience), (.seeds, seeds), (.speed, speed)]
  }

  /// As many parts as fit into a line; the first one always does, and no setting stands for one that has no room.
  private func shown(width: Int, _ widths: Widths) -> Widths {
    let room = width - 1 - namePart - minimumBar - 1
    var (used, hasAllSettings) = (0, true)
    return widths.filter { part, partWidth in
      let needed = (used == 0 ? 0 : part.gap) + partWidth
      let fits = used == 0 || used + needed <= room
      if part.isSetting, !fits { hasAllSettings = false }
      guard fits, hasAllSettings || !part.isSetting else { return false }
      used += needed
      return true
    }
  }

  private func details(_ shown: Widths) -> String {
    let texts = parts
    return shown.reduce("") { line, place in
      let text = texts.first { $0.part == place.part }?.text ?? ""
      return line + String(repeating: " ", count: line.isEmpty ? 0 : place.part.gap)
        + text.padded(to: place.width)
    }
  }

  /// The settings changed live that a line of so many columns has no room for, behind the run's mark; empty if there are none.
  func changesWithoutRoom(width: Int, _ widths: Widths) -> String {
    let shown = shown(width: width, widths).map(\.part)
    let missing = InForce(state: state, run: run).entries.filter { entry in
      entry.isChanged && !shown.contains(.setting(entry.setting))
    }
    guard !missing.isEmpty else { return "" }
    return ([String(lead.mark(in: state.glyphs))] + missing.map(\.text)).joined(separator: " ")
  }

  private var share: Double {
    Double(runs.reduce(0) { $0 + $1.history.step }) / Double(max(1, runs.reduce(0) { $0 + $1.totalSteps }))
  }

  private var percentage: String {
    NumberText.fixed((share * 100).rounded(.down), decimals: 0).paddedLeft(to: 3) + "%"
  }

  /// What is left of the slowest run; once all are over, how long they took or how the least fortunate one ended.
  private var time: String {
    if runs.count == 1, let ending = run.history.earlyEnding { return ending }
    guard runs.allSatisfy(\.isEnded) else {
      let remaining = runs.filter(\.isMoving).map(\.secondsRemaining)
      let known = remaining.compactMap(\.self)
      return NumberText.clock(known.count == remaining.count ? known.max() : nil)
    }
    for run in runs {
      switch run.history.ended?.reason {
      case .diverged: return says("diverged", "已发散")
      case .failed: return says("failed", "失败")
      case .completed, .stopped, nil: continue
      }
    }
    if runs.contains(where: { $0.history.ended?.reason == .stopped }) { return says("stopped", "已停止") }
    return NumberText.clock(runs.map(\.elapsedSeconds).max())
  }

  /// How many epochs of the patience are used up, of a run that may stop early.
  private var patience: String {
    guard runs.count == 1, !run.isEnded, let patience = run.configuration.earlyStopping,
      let best = run.history.best, let last = run.history.epochs.last
    else { return "" }
    let waited = last.position.epoch - best.position.epoch
    return says("no better for \(waited) of \(patience)", "\(waited)/\(patience) 轮无改进")
  }

  private var epoch: String {
    if runs.count == 1, run.history.earlyEnding != nil { return "" }
    let epochs = runs.map(\.configuration.epochs).max() ?? 1
    let current = runs.map { min($0.configuration.epochs, $0.history.position.epoch) }.min() ?? 1
    let place = "\(String(current).paddedLeft(to: String(epochs).count))/\(epochs)"
    return says("epoch \(place)", "第 \(place) 轮")
  }

  /// The seeds of a side, in the selected one's line with a mark at that which the other pages show.
  private var seeds: String {
    guard runs.count > 1 else { return "" }
    let seeds = runs.map { run in
      let seed = String(run.history.started?.configuration.seed ?? 0)
      return isSelected && run.id == self.run.id ? "[\(seed)]" : " \(seed) "
    }
    let text = says("seeds", "种子") + seeds.joined()
    return text.cellWidth <= 20 ? text : says("\(runs.count) seeds", "\(runs.count) 个种子")
  }

  private var speed: String {
    // Each counts its own seconds of training only, and several take turns: their sum would be too high.
    let speeds = runs.compactMap(\.imagesPerSecond)
    let mean = speeds.reduce(0, +) / Double(max(1, speeds.count))
    let speed = speeds.isEmpty ? "-" : NumberText.grouped(mean.rounded(.down))
    return "\(speed.paddedLeft(to: 9)) \(state.task.samplesWord)/s"
  }
}

extension RunHistory {
  /// How a run ended that stopped early, in words: `stopped early, epoch 17 of 60, best 14`.
  var earlyEnding: String? {
    guard isCompleted, let best = ended?.restoredEpoch, let last = epochs.last?.position.epoch,
      last < configuration.epochs
    else { return nil }
    return says(
      "stopped early, epoch \(last) of \(configuration.epochs), best \(best)",
      "提前停止，第 \(last)/\(configuration.epochs) 轮，最佳 \(best)")
  }
}
