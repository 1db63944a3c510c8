import Datasets
import Training
import TrainingEvents

/// What is known of a session before its first event.
struct SessionDescription: Sendable {
  /// The program's version.
  var version: String
  /// Where the data was found.
  var dataSource: DataSource
  /// Images in the whole training set.
  var trainCount: Int
  /// Images in the test set.
  var testCount: Int
  /// Threads that compute, over all runs.
  var threads: Int
  /// The runs, A first.
  var runs: [RunPlan]
  /// The known experiment that the runs are, apart from what was changed.
  var preset: Preset?
  /// The folder that it is kept in, if it is.
  var folder: String?
  /// Why the session is not quite what was asked for, if so.
  var note: String?

  /// The letter and name of a run within a sentence: `A (with dropout)`.
  func mention(of run: RunID) -> String {
    runs.indices.contains(run.index) ? "\(run.letter) (\(runs[run.index].name))" : run.letter
  }

  /// The letter and name of a run at the head of a column or line: `A with dropout`.
  func title(of run: RunID) -> String {
    runs.indices.contains(run.index) ? "\(run.letter) \(runs[run.index].name)" : run.letter
  }
}

/// How a session ended.
struct SessionEnd: Sendable {
  /// The program's exit status.
  var status: ProgramStatus
  /// Seconds from the start of training to its end.
  var seconds: Double
}
