package import Datasets
package import Experiment
internal import Messages
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
  /// What is planned of each run, A first; to plan others is to begin anew.
  package var plans: [RunPlan] {
    get { planned }
    set { (planned, state) = (newValue, SessionState(newValue.enumerated().map(Self.planned))) }
  }
  /// The known experiment that the runs are, apart from what was changed.
  package var preset: Preset?
  /// The folder that it is kept in, if it is.
  package var folder: String?
  /// Why the session is not quite what was asked for, if so.
  package var note: String?

  private var planned: [RunPlan]
  /// What the session's events have told so far.
  package private(set) var state: SessionState
  /// The runs that are shown where these are only some of them.
  private var chosen: [RunID]?

  /// A session of which nothing has happened yet.
  package init(
    version: String, dataSource: DataSource, trainCount: Int, testCount: Int, threads: Int, plans: [RunPlan],
    folder: String? = nil, note: String? = nil
  ) {
    self.version = version
    self.dataSource = dataSource
    self.trainCount = trainCount
    self.testCount = testCount
    self.threads = threads
    planned = plans
    state = SessionState(plans.enumerated().map(Self.planned))
    self.folder = folder
    self.note = note
  }

  private static func planned(_ index: Int, _ plan: RunPlan) -> RunHistory {
    RunHistory(
      RunID(index), name: plan.name, configuration: plan.configuration, forkedFrom: plan.forkedFrom,
      isRemoved: plan.isRemoved)
  }

  /// Plans a further run.
  package mutating func add(_ plan: RunPlan) {
    state.add(Self.planned(planned.count, plan))
    planned.append(plan)
  }

  /// Takes in an event.
  package mutating func apply(_ event: TrainingEvent) {
    state.apply(event)
    for run in state.runs.dropFirst(planned.count) {
      planned.append(
        RunPlan(name: run.name, configuration: run.initialConfiguration, forkedFrom: run.forkedFrom))
    }
  }

  /// The runs that are shown: those that were planned, and those that have begun.
  package var runs: [RunHistory] { chosen.map { $0.map { state[$0] } } ?? state.runs }

  /// The session with only some of its runs, which keep their letters.
  package func selecting(_ indices: [Int]) -> SessionDescription {
    var selection = self
    selection.chosen = indices.map { runs[$0].id }
    return selection
  }

  /// The letter of a run in the whole session.
  package func letter(of run: RunID) -> String {
    guard let chosen, chosen.indices.contains(run.index) else { return run.letter }
    return chosen[run.index].letter
  }

  /// The memory that the runs which are to be made take, with checkpoints or without.
  package func memory(isSaved: Bool) -> MemoryCheck {
    MemoryCheck(
      planned.filter { !$0.isRemoved }.map(\.configuration), trainingImages: trainCount, threads: threads,
      isSaved: isSaved)
  }

  /// The runs by what they repeat.
  package var replicates: Replicates {
    Replicates(runs.enumerated().map { (RunID($0), $1.name, $1.initialConfiguration) })
  }

  /// The letter and name of a run within a sentence: `A (with dropout)`.
  package func mention(of run: RunID) -> String {
    let letter = letter(of: run)
    guard runs.indices.contains(run.index) else { return letter }
    let shown = runs[run.index]
    return
      "\(letter) (\(shown.shownName)\(replicates.areSeveral ? says(", seed \(shown.configuration.seed)", "，种子 \(shown.configuration.seed)") : ""))"
  }

  /// The letter and name of a run at the head of a column or line: `A with dropout`.
  package func title(of run: RunID) -> String {
    let letter = letter(of: run)
    return runs.indices.contains(run.index) ? "\(letter) \(runs[run.index].shownName)" : letter
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
