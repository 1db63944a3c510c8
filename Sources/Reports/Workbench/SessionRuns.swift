import Experiment
internal import Messages
package import Sessions
import TerminalUI

/// The runs of one session, a line each.
package struct SessionRuns {
  /// The lines, under each other.
  package let lines: [String]

  /// Lines for what was read of a session.
  package init(_ contents: ListedSession.Contents) {
    let overview = SettingsOverview(contents.record.runs.map(\.configuration))
    let rows = contents.runs.map { plan, run in
      [
        run.run.letter, RunName.shown(run.name), run.state.words,
        run.best.map { epoch in
          let best = Self.text(epoch.judged(0))
          return says(
            "best \(best) at epoch \(epoch.position.epoch)", "最佳 \(best) 在第 \(epoch.position.epoch) 轮")
        } ?? says("no figures", "没有指标"),
        run.final == nil ? "" : says("final ", "最终 ") + Self.text(run.final?.judged(0)),
        run.message.map(DivergenceMessage.told)
          ?? overview.phrases(plan.configuration).joined(separator: ", "),
      ]
    }
    lines = TextTable(rows: rows, flushLeft: 6).lines.map(\.withoutTrailingBlanks)
  }

  private static func text(_ value: (figure: Figure, value: Double)?) -> String {
    value.map { $0.figure.text($0.value) } ?? "–"
  }
}
