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
    let figures = runs.flatMap { run in self.figures(of: run).map { (run: run.name, figure: $0) } }
    let names = figures.enumerated().map { index, row in
      // A name that has just been told is not told again.
      [index > 0 && figures[index - 1].run == row.run ? "" : row.run, row.figure.name]
    }
    // A value and its step stay together.
    let points = [
      Self.column("last", figures.map(\.figure.last)), Self.column("min", figures.map(\.figure.lowest)),
      Self.column("max", figures.map(\.figure.highest)),
    ]
    let counts = ["points"] + figures.map { NumberText.grouped($0.figure.count) }
    let rows = ([["run", "figure"]] + names).enumerated().map { row, names in
      names + [counts[row]] + points.map { $0[row] }
    }
    let table =
      figures.isEmpty ? [] : TextTable(rows: rows, spacing: 2, flushLeft: 2).lines(width: Self.width)
    let others = runs.compactMap { run -> String? in
      guard !run.others.isEmpty else { return nil }
      return "\(run.name) has also \(Self.text(run.otherKinds))."
    }
    return table + (others.isEmpty || table.isEmpty ? [] : [""]) + others
  }

  /// Columns of what has no screen.
  private static let width = 80

  /// The heading and the cells of some points: each value with its step.
  private static func column(_ heading: String, _ points: [LoggedPoint?]) -> [String] {
    let cells = points.map { point in
      point.map { [NumberText.significant($0.value, digits: 4), step($0.step)] } ?? ["-", "-"]
    }
    return TextTable(rows: [[heading, "at step"]] + cells, spacing: 2, flushLeft: 0).paddedLines
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
