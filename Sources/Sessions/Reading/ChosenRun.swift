package import Experiment
import TerminalUI

/// A run that a person chose among recorded ones.
package struct ChosenRun {
  /// Its number among the chosen ones.
  package let id: RunID
  /// Its letter in its session, after the folder's name where the chosen ones are of several: `exp4 A`.
  package let letter: String
  /// Folder, letter and name: `exp4 A with dropout`.
  package let title: String
  package let run: RecordedRun

  private static let longestName = 24

  /// All runs of some sessions, in order.
  package static func all(of sessions: [RecordedSession]) -> [ChosenRun] {
    sessions.flatMap(\.runs).enumerated().map { index, run in
      let name = run.name.cellWidth <= longestName ? " \(run.name)" : ""
      let letter = "\(run.folder.name) \(run.id.letter)"
      return ChosenRun(
        id: RunID(index), letter: sessions.count > 1 ? letter : run.id.letter, title: letter + name, run: run)
    }
  }

  /// This run's figures minus another's, in letters: `exp3 A − exp5 B`, or `exp3 A − B` of one session.
  package func minus(_ other: ChosenRun) -> String {
    let isOfOneFolder = run.folder.path == other.run.folder.path
    return "\(letter) − \(isOfOneFolder ? other.run.id.letter : other.letter)"
  }
}
