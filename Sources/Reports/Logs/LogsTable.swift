internal import Experiment
internal import Messages
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
    let figures = runs.flatMap { run in
      // A name that has just been told is not told again.
      self.figures(of: run).enumerated().map { (run: $0 == 0 ? run.name : "", figure: $1) }
    }
    let names = figures.map { [$0.run, $0.figure.name] }
    // A value and its step stay together.
    let points = [
      Self.column(says("last", "最后"), figures.map(\.figure.last)),
      Self.column(says("min", "最小"), figures.map(\.figure.lowest)),
      Self.column(says("max", "最大"), figures.map(\.figure.highest)),
    ]
    let counts = [says("points", "点数")] + figures.map { NumberText.grouped($0.figure.count) }
    let rows = ([[says("run", "运行"), says("figure", "指标")]] + names).enumerated().map { row, names in
      names + [counts[row]] + points.map { $0[row] }
    }
    let table =
      figures.isEmpty ? [] : TextTable(rows: rows, spacing: 2, flushLeft: 2).lines(width: Self.width)
    let others = runs.compactMap { run -> String? in
      guard !run.others.isEmpty else { return nil }
      return Self.sentence(othersOf: run)
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
    return TextTable(rows: [[heading, says("at step", "在第几步")]] + cells, spacing: 2, flushLeft: 0).paddedLines
  }

  /// A step, which in a table without steps may be part of an epoch.
  package static func step(_ step: Double) -> String {
    step == step.rounded() ? NumberText.grouped(step) : NumberText.significant(step, digits: 4)
  }

  /// What of a run is no figure, in a sentence.
  package static func sentence(othersOf run: LoggedRun) -> String {
    says("\(run.name) has also \(text(run.otherKinds)).", "\(run.name) 另有 \(text(run.otherKinds))。")
  }

  /// What is no figure in words: `histograms: weights ×3; texts: args`.
  private static func text(_ kinds: [(kind: String, tags: [LoggedRun.Other])]) -> String {
    kinds.map { kind, tags in
      let most = 4
      let named = tags.prefix(most).map { $0.count == 1 ? $0.tag : "\($0.tag) ×\($0.count)" }.joined(
        separator: ", ")
      return "\(kind): \(named)"
        + (tags.count > most ? says(" and \(tags.count - most) more", "，另有 \(tags.count - most) 项") : "")
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
