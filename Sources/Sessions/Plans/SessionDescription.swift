package import Datasets
package import Experiment
package import Platform
package import Training

/// What is known of a session before its first event.
package struct SessionDescription: Sendable {
  /// The program's version.
  package var version: String
  /// Where the data was found.
  package var dataSource: DataSource
  /// Images in the whole training set.
  package var trainCount: Int
  /// Images in the test set.
  package var testCount: Int
  /// Threads that compute, over all runs.
  package var threads: Int
  /// The runs, A first.
  package var runs: [RunPlan]
  /// The known experiment that the runs are, apart from what was changed.
  package var preset: Preset?
  /// The folder that it is kept in, if it is.
  package var folder: String?
  /// Why the session is not quite what was asked for, if so.
  package var note: String?

  /// Notes a run that was not planned, and a new name.
  package mutating func note(_ event: TrainingEvent) {
    switch event {
    case .runStarted(let start):
      runs += starts.take(start, after: runs.count).map {
        RunPlan(name: $0.name, configuration: $0.configuration, forkedFrom: $0.forkedFrom)
      }
    case .runRenamed(let renamed) where runs.indices.contains(renamed.run.index):
      runs[renamed.run.index].name = renamed.name
    case .runRemoved(let run) where runs.indices.contains(run.index): runs[run.index].isRemoved = true
    default: break
    }
  }

  private var starts = StartsInOrder()
  /// What the runs are called in the whole session, where these are only some of its runs.
  private var ids: [RunID]?

  /// A session of which nothing has happened yet.
  package init(
    version: String, dataSource: DataSource, trainCount: Int, testCount: Int, threads: Int, runs: [RunPlan],
    folder: String? = nil, note: String? = nil
  ) {
    self.version = version
    self.dataSource = dataSource
    self.trainCount = trainCount
    self.testCount = testCount
    self.threads = threads
    self.runs = runs
    self.folder = folder
    self.note = note
  }

  /// The session with only some of its runs, which keep their letters.
  package func selecting(_ indices: [Int]) -> SessionDescription {
    var selection = self
    selection.ids = indices.map { ids?[$0] ?? RunID($0) }
    selection.runs = indices.map { runs[$0] }
    return selection
  }

  /// The letter of a run in the whole session.
  package func letter(of run: RunID) -> String {
    guard let ids, ids.indices.contains(run.index) else { return run.letter }
    return ids[run.index].letter
  }

  /// The runs by what they repeat.
  package var replicates: Replicates {
    Replicates(runs.enumerated().map { (RunID($0), $1.name, $1.configuration) })
  }

  /// The letter and name of a run within a sentence: `A (with dropout)`.
  package func mention(of run: RunID) -> String {
    let letter = letter(of: run)
    guard runs.indices.contains(run.index) else { return letter }
    let plan = runs[run.index]
    return "\(letter) (\(plan.name)\(replicates.areSeveral ? ", seed \(plan.configuration.seed)" : ""))"
  }

  /// The letter and name of a run at the head of a column or line: `A with dropout`.
  package func title(of run: RunID) -> String {
    let letter = letter(of: run)
    return runs.indices.contains(run.index) ? "\(letter) \(runs[run.index].name)" : letter
  }
}

/// How a session ended.
package struct SessionEnd: Sendable {
  /// The program's exit status.
  package var status: ProgramStatus
  /// Seconds from the start of training to its end.
  package var seconds: Double

  /// The end of a session after `seconds`.
  package init(status: ProgramStatus, seconds: Double) {
    self.status = status
    self.seconds = seconds
  }
}
