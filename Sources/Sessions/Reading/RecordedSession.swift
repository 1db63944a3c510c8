package import Experiment

/// Everything that a run's folder tells.
package struct RecordedSession {
  package let folder: RunFolder
  package let record: RunRecord
  package let summary: RunSummary
  package let events: RunReader.Events
  /// The runs, A first.
  package let runs: [RecordedRun]

  /// Reads `folder`.
  ///
  /// - Throws: `RunLogError` if a file of it is missing or damaged.
  package init(_ folder: RunFolder) throws(RunLogError) {
    let reader = RunReader(folder)
    self.folder = folder
    record = try reader.record()
    summary = try reader.summary()
    events = try reader.events()
    let histories = events.histories
    runs = zip(record.runs, summary.runs).enumerated().map { [events] index, run in
      RecordedRun(
        folder: folder, id: RunID(index), plan: run.0, summary: run.1,
        history: histories[RunID(index)] ?? RunHistory(),
        events: events.events.map(\.event).filter { $0.run == RunID(index) })
    }
  }
}

/// One run of a recorded session.
package struct RecordedRun {
  package let folder: RunFolder
  package let id: RunID
  package let name: String
  /// Where it branched off another run of the session, if it did.
  package let forkedFrom: ForkPoint?
  /// Whether a person took it out of the session.
  package let isRemoved: Bool
  package let summary: RunSummary.Run
  /// The settings it began with.
  package let configuration: RunConfiguration
  package let history: RunHistory
  /// Live changes, in order.
  package let changes: [SettingChanged]
  /// Each complete epoch with the settings in force at its end.
  package let epochs: [(event: EpochEvaluated, configuration: RunConfiguration)]

  package init(
    folder: RunFolder, id: RunID, plan: RunRecord.Run, summary: RunSummary.Run, history: RunHistory,
    events: [TrainingEvent]
  ) {
    var current = plan.configuration
    var (changes, epochs): ([SettingChanged], [(EpochEvaluated, RunConfiguration)]) = ([], [])
    for event in events {
      switch event {
      // A session that was started again with another seed says so here only.
      case .runStarted(let started): current = started.configuration
      case .settingChanged(let change):
        changes.append(change)
        current.apply(change)
      case .epochEvaluated(let epoch): epochs.append((epoch, current))
      default: break
      }
    }
    self.folder = folder
    self.id = id
    name = plan.name
    forkedFrom = plan.forkedFrom
    isRemoved = plan.isRemoved
    self.summary = summary
    configuration = history.started?.configuration ?? plan.configuration
    self.history = history
    self.changes = changes
    self.epochs = epochs
  }

  /// Folder, letter and name: `exp1 A with dropout`.
  package var title: String { "\(folder.name) \(id.letter) \(name)" }
}
