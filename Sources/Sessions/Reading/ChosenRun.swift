package import Experiment
import TerminalUI

/// A run that a person chose among recorded ones, with the letter that it has beside the others.
package struct ChosenRun {
  /// Its number among the chosen ones.
  package let id: RunID
  /// Letter, folder and name: `C exp4 with dropout`.
  package let title: String
  package let run: RecordedRun

  private static let longestName = 24

  /// All runs of some sessions, in order.
  package static func all(of sessions: [RecordedSession]) -> [ChosenRun] {
    sessions.flatMap(\.runs).enumerated().map { index, run in
      let name = run.name.cellWidth <= longestName ? " \(run.name)" : ""
      let letter = run.folder.name + (name.isEmpty ? " \(run.id.letter)" : name)
      return ChosenRun(id: RunID(index), title: "\(RunID(index).letter) \(letter)", run: run)
    }
  }
}
