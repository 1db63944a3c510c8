internal import Experiment
package import Sessions
internal import TerminalUI

/// What was found in logs as lines: for a person a table of runs and figures, for a program a JSON object each.
package struct LogsTable {
  private let found: FoundLogs
  private let runs: [LoggedRun]
  private let figures: LogPattern

  /// A table of those runs and figures whose names are meant.
  package init(_ found: FoundLogs, runs: LogPattern, figures: LogPattern) {
    self.found = found
    self.runs = runs.places(in: found.runs.map(\.name)).map { found.runs[$0] }
    self.figures = figures
  }

  private func figures(of run: LoggedRun) -> [LoggedFigure] {
    figures.places(in: run.figures.map(\.name)).map { run.figures[$0] }
  }

  /// Whether there is no figure to show.
  package var isEmpty: Bool { runs.allSatisfy { figures(of: $0).isEmpty } }

  /// The table, and below it what else is in the logs.
  package var lines: [String] {
    let heading = ["run", "figure", "points", "last", "at step", "min", "at step", "max", "at step"]
    let rows = runs.flatMap { run in
      figures(of: run).enumerated().map { index, figure in
        [index == 0 ? run.name : "", figure.name, NumberText.grouped(figure.count)]
          + [figure.last, figure.lowest, figure.highest].flatMap(Self.texts)
      }
    }
    let table = rows.isEmpty ? [] : TextTable(rows: [heading] + rows, spacing: 2, flushLeft: 2).lines
    let others = runs.compactMap { run -> String? in
      guard !run.others.isEmpty else { return nil }
      return "\(run.name) has also \(Self.text(run.otherKinds))."
    }
    return table + (others.isEmpty || table.isEmpty ? [] : [""]) + others
  }

  private static func texts(_ point: LoggedPoint?) -> [String] {
    guard let point else { return ["-", "-"] }
    return [NumberText.significant(point.value, digits: 4), step(point.step)]
  }

  /// A step, which in a table without steps may be part of an epoch.
  package static func step(_ step: Double) -> String {
    step == step.rounded() ? NumberText.grouped(step) : NumberText.significant(step, digits: 4)
  }

  /// What is no figure in words: `histograms: weights ×3; texts: args`.
  package static func text(_ kinds: [(kind: String, tags: [LoggedRun.Other])]) -> String {
    kinds.map { kind, tags in
      let most = 4
      let named = tags.prefix(most).map { $0.count == 1 ? $0.tag : "\($0.tag) ×\($0.count)" }.joined(
        separator: ", ")
      return "\(kind): \(named)" + (tags.count > most ? " and \(tags.count - most) more" : "")
    }.joined(separator: "; ")
  }

  /// An object for each figure, each other thing and each note.
  package var jsonLines: [String] {
    runs.flatMap { run -> [String] in
      let points = figures(of: run).map { figure in
        var object = JSONObject(event: "figure_logged")
        object.add("run", run.name)
        object.add("figure", figure.name)
        object.add("points", figure.count)
        object.add("non_finite", figure.nonFiniteCount)
        for (key, point) in [("last", figure.last), ("min", figure.lowest), ("max", figure.highest)] {
          object.add(key, point?.value)
          object.add("\(key)_step", point?.step)
        }
        return object.text
      }
      let others = run.otherKinds.flatMap(\.tags).map { other in
        var object = JSONObject(event: "other_logged")
        object.add("run", run.name)
        object.add("kind", other.kind)
        object.add("tag", other.tag)
        object.add("count", other.count)
        return object.text
      }
      return points + others
    }
      + found.notes.map { note in
        var object = JSONObject(event: "note")
        object.add("note", note)
        return object.text
      }
  }
}
