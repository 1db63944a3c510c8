internal import Experiment
internal import Messages
import Reports
internal import TerminalUI

extension SweepState {
  /// Draws the open cell: its runs with their figures, and the command that trains the chosen one as a session.
  func drawOpenCell(on surface: inout Surface, in area: Rect) {
    let runs = progress.runs(of: selected)
    guard let openRun, runs.indices.contains(openRun) else { return }
    let run = runs[openRun]
    let seed = says("seed \(run.key.seed)", "种子 \(run.key.seed)")
    let divergence = progress.results[run.key]?.divergence.map {
      says("\(seed) diverged: \($0)", "\(seed) 已发散：\(DivergenceMessage.told($0))")
    }
    let notes = [divergence, says("\(seed) as a session of its own:", "\(seed) 单独作为会话：")].compactMap(\.self)
      .flatMap { TextWrap.lines(plain($0), width: area.width - 1) }
    let text = notes + commandLines(of: run, width: area.width - 1)
    let (table, below) = area.splitBottom(min(text.count, max(0, area.height - 5)))
    let isNarrow = area.width < Surface.smallestScreen.width
    if isNarrow {
      // There is no room for a frame.
      let title = TextWrap.lines(plain(selectedTitle), width: area.width)
      for (row, line) in title.enumerated() {
        surface.write(line, x: table.x, y: table.y + row, style: .bold)
      }
      drawRuns(runs, chosen: openRun, on: &surface, in: table.splitTop(title.count).rest)
    } else {
      surface.drawFrame(table, title: plain(selectedTitle), glyphs: glyphs)
      drawRuns(runs, chosen: openRun, on: &surface, in: table.inset(by: 1))
    }
    // Without a frame beside it, so that it can be copied.
    for (row, line) in text.prefix(below.height).enumerated() {
      surface.write(
        line, x: below.x + 1, y: below.y + row, style: row < notes.count ? .dim : .bold, limit: below.maxX)
    }
  }

  private func drawRuns(_ runs: [SweepRun], chosen: Int, on surface: inout Surface, in area: Rect) {
    // Of the columns the time is the first to give way.
    let lines = fitting(figures.map(Optional.some) + [nil], width: area.width - 1) { columns, _ in
      let heading = ["", ""] + columns.map { $0?.heading ?? says("seconds", "秒") }
      let means =
        [says("mean ± sd", "均值 ± 标准差"), ""]
        + columns.map { figure in
          figure.flatMap { figure in progress.mean(figure, of: selected).map(figure.bareText) } ?? "-"
        }
      let rows = runs.map { run in
        let result = progress.results[run.key]
        return [says("seed \(run.key.seed)", "种子 \(run.key.seed)"), state(of: run)]
          + columns.map { figure in
            result.map { figure.map($0.text) ?? NumberText.fixed($0.seconds, decimals: 1) } ?? "-"
          }
      }
      return TextTable(rows: [heading, means] + rows, spacing: 2, flushLeft: 2).lines.map(plain)
    }
    for (row, line) in lines.prefix(min(2, area.height)).enumerated() {
      surface.write(line, x: area.x + 1, y: area.y + row, style: row == 0 ? .dim : .plain, limit: area.maxX)
    }
    let shown = min(max(0, area.height - 2), runs.count)
    let first = min(max(0, chosen - shown / 2), runs.count - shown)
    for (row, place) in (first..<first + shown).enumerated() {
      let y = area.y + 2 + row
      let style: Style = place == chosen ? .bold : .plain
      surface.write(lines[2 + place], x: area.x + 1, y: y, style: style, limit: area.maxX)
      if place == chosen { surface.put(">", x: area.x, y: y, style: style) }
    }
  }

  private func state(of run: SweepRun) -> String {
    if let result = progress.results[run.key] {
      return result.metrics == nil ? says("diverged", "已发散") : says("done", "已完成")
    }
    // Until it is measured it is not over.
    return progress.running.first { $0.run.key == run.key }
      .map { "\(min(99, Int($0.share * 100)))%" } ?? says("waiting", "等待")
  }

  /// The command that trains a run alone, kept and with every epoch measured: lines of a shell.
  private func commandLines(of run: SweepRun, width: Int) -> [String] {
    let words = ["--no-compare"] + dataOptions + progress.plan.configuration(of: run.key).options
    // An option and its value stay together.
    let phrases = words.map(Self.quoted).reduce(into: ["fmnist-tui"]) { phrases, word in
      if word.hasPrefix("-") { phrases.append(word) } else { phrases[phrases.count - 1] += " " + word }
    }
    let lines = TextWrap.lines(
      label: "", phrases: phrases, separator: " ", indent: 0, width: max(1, width - 2))
    return lines.enumerated().map { $1 + ($0 < lines.count - 1 ? " \\" : "") }
  }

  /// A word as a shell takes it for one.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber) || "-_=.,/:+@%".contains($0)
    }
    return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
  }
}
