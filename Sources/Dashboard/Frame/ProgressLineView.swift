internal import TerminalUI
internal import TrainingEvents

/// A run's progress, as rich draws it: name, bar, percentage, time remaining, and more where there is room.
struct ProgressLineView {
  let state: DashboardState
  let run: RunState
  let nameWidth: Int

  func draw(on surface: inout Surface, in area: Rect) {
    let y = area.y
    let isSelected = state.listedRuns.count > 1 && state.selectedRun == run.id.index
    var style = run.id.style
    style.isBold = isSelected
    style.isDim = run.isHidden
    var x = area.x + 1
    surface.put(run.id.mark(in: state.glyphs), x: x, y: y, style: style)
    surface.write(state.plain(state.title(of: run)), x: x + 2, y: y, style: style, limit: x + 2 + nameWidth)
    x += 2 + nameWidth + 1

    let details = self.details(width: area.maxX - x - minimumBar - 1)
    let end = area.maxX - 1
    surface.write(state.plain(details), endingAt: end, y: y, style: run.isMoving ? .plain : .dim)
    drawBar(on: &surface, x: x, y: y, width: end - details.cellWidth - 1 - x)
  }

  private let minimumBar = 12

  private func drawBar(on surface: inout Surface, x: Int, y: Int, width: Int) {
    let gauge = Gauge(share: run.share, width: width, style: state.glyphs == .ascii ? .ascii : .line)
    var done = run.id.style
    done.isDim = run.pausedAt != nil || run.isHidden
    let middle = surface.write(gauge.completed, x: x, y: y, style: done)
    surface.write(gauge.rest, x: middle, y: y, style: .dim)
  }

  /// As many parts as fit into `width`, the most important ones first.
  private func details(width: Int) -> String {
    var text = "\(percentage) \(time)"
    for part in [epoch, dropout, speed] where text.cellWidth + part.cellWidth + 2 <= width {
      text += "  " + part
    }
    return text
  }

  private var percentage: String {
    NumberText.fixed((run.share * 100).rounded(.down), decimals: 0).paddedLeft(to: 3) + "%"
  }

  private var time: String {
    switch run.history.ended?.reason {
    case .completed, .stopped: NumberText.clock(run.elapsedSeconds)
    case .diverged: "diverged"
    case .failed: "failed"
    case nil: NumberText.clock(run.pausedAt == nil ? run.secondsRemaining : nil)
    }
  }

  private var epoch: String {
    let epochs = run.configuration.epochs
    let current = min(epochs, run.latest?.position.epoch ?? 1)
    return "epoch \(String(current).paddedLeft(to: String(epochs).count))/\(epochs)"
  }

  private var speed: String {
    let speed = run.imagesPerSecond.map { NumberText.grouped($0.rounded(.down)) } ?? "-"
    return "\(speed.paddedLeft(to: 9)) images/s"
  }

  private var dropout: String {
    guard !run.configuration.dropout.isEmpty else { return "no hidden layer" }
    let isSelected = state.selectedRun == run.id.index
    return "p"
      + run.configuration.dropout.enumerated().map { layer, probability in
        let text = NumberText.fixed(probability, decimals: 2)
        return isSelected && layer == state.selectedLayer ? "[\(text)]" : " \(text) "
      }.joined()
  }
}
