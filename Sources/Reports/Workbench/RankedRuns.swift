package import Experiment
package import Sessions
import TerminalUI

/// Runs of several sessions, the best by a figure first.
package struct RankedRuns {
  /// A run and its figure.
  package struct Run {
    let session: ListedSession
    let run: RunSummary.Run
    let configuration: RunConfiguration
    let figure: Figure
    let value: Double
    let epoch: Int

    /// The run for a program.
    package var json: String {
      var object = JSONObject()
      object.add("schema", 1)
      object.add("folder", session.folder.path)
      object.add("run", run.run.letter)
      object.add("name", run.name)
      object.add("figure", figure.key)
      object.add("value", value)
      object.add("epoch", epoch)
      object.add(configuration)
      return object.text
    }
  }

  /// The runs that have the figure, the best first; of equal ones those of earlier sessions.
  package let runs: [Run]

  /// Ranks all runs of some sessions.
  package init(_ sessions: [ListedSession], by figure: Figure, ofBestEpoch: Bool) {
    let found = sessions.flatMap { session -> [Run] in
      (session.known?.runs ?? []).compactMap { plan, run in
        guard let epoch = ofBestEpoch ? run.best : run.final, let value = epoch.metrics[figure], !value.isNaN
        else { return nil }
        return Run(
          session: session, run: run, configuration: plan.configuration, figure: figure, value: value,
          epoch: epoch.position.epoch)
      }
    }
    runs = found.enumerated().sorted { first, second in
      figure.isBetter(first.element.value, than: second.element.value)
        || first.element.value == second.element.value && first.offset < second.offset
    }.map(\.element)
  }

  /// A line for each run.
  package static func table(_ runs: [Run]) -> [String] {
    let overview = SettingsOverview(runs.map(\.configuration))
    let rows = runs.map { run in
      [
        run.session.folder.name, run.run.run.letter, run.figure.text(run.value), "@\(run.epoch)",
        RunName.shown(run.run.name),
        overview.phrases(run.configuration).joined(separator: ", "),
      ]
    }
    return TextTable(rows: rows, flushLeft: 2).lines.map(\.withoutTrailingBlanks)
  }
}
