import RunLog
import TrainingEvents

/// Everything that a run's folder tells.
struct RecordedSession {
  let folder: RunFolder
  let record: RunRecord
  let summary: RunSummary
  let events: RunReader.Events
  /// The runs, A first.
  let runs: [RecordedRun]

  /// Reads `folder`.
  ///
  /// - Throws: `RunLogError` if a file of it is missing or damaged.
  init(_ folder: RunFolder) throws(RunLogError) {
    let reader = RunReader(folder)
    self.folder = folder
    record = try reader.record()
    summary = try reader.summary()
    events = try reader.events()
    runs = zip(record.runs, summary.runs).enumerated().map { [events] index, run in
      RecordedRun(
        folder: folder, id: RunID(index), name: run.0.name, planned: run.0.configuration, summary: run.1,
        events: events.events.map(\.event).filter { $0.run == RunID(index) })
    }
  }
}

/// One run of a recorded session.
struct RecordedRun {
  let folder: RunFolder
  let id: RunID
  let name: String
  let summary: RunSummary.Run
  /// The settings it began with.
  let configuration: RunConfiguration
  let history: RunHistory
  /// Live changes, in order.
  let changes: [SettingChanged]
  /// Each complete epoch with the settings in force at its end.
  let epochs: [(event: EpochEvaluated, configuration: RunConfiguration)]

  init(
    folder: RunFolder, id: RunID, name: String, planned: RunConfiguration, summary: RunSummary.Run,
    events: [TrainingEvent]
  ) {
    var (history, current) = (RunHistory(), planned)
    var (changes, epochs): ([SettingChanged], [(EpochEvaluated, RunConfiguration)]) = ([], [])
    for event in events {
      history.record(event)
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
    self.name = name
    self.summary = summary
    configuration = history.started?.configuration ?? planned
    self.history = history
    self.changes = changes
    self.epochs = epochs
  }

  /// Folder, letter and name: `exp1 A with dropout`.
  var title: String { "\(folder.name) \(id.letter) \(name)" }
}
