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
    // A name that a person has given since stands in run.json alone.
    runs = zip(record.runs, zip(events.session(record).runs, summary.runs)).map {
      RecordedRun(folder: folder, name: $0.name, history: $1.0, summary: $1.1)
    }
  }

  /// Reads several folders.
  ///
  /// - Throws: `RunLogError` for the first one of which a file is missing or damaged.
  package static func read(_ folders: [RunFolder]) throws(RunLogError) -> [RecordedSession] {
    var sessions: [RecordedSession] = []
    for folder in folders { sessions.append(try RecordedSession(folder)) }
    return sessions
  }
}

/// One run of a recorded session.
package struct RecordedRun {
  package let folder: RunFolder
  package let name: String
  package let history: RunHistory
  package let summary: RunSummary.Run

  package init(folder: RunFolder, name: String, history: RunHistory, summary: RunSummary.Run) {
    self.folder = folder
    self.name = name
    self.history = history
    self.summary = summary
  }

  package var id: RunID { history.id }
  /// Where it branched off another run of the session, if it did.
  package var forkedFrom: ForkPoint? { history.forkedFrom }
  /// Whether a person took it out of the session.
  package var isRemoved: Bool { history.isRemoved }
  /// The settings it began with.
  package var configuration: RunConfiguration { history.initialConfiguration }
  /// Live changes, in order.
  package var changes: [Positioned<SettingChanged>] { history.changes }
  /// Each complete epoch of its own with the settings in force at its end.
  package var epochs: [(event: Positioned<EpochEvaluated>, configuration: RunConfiguration)] {
    let epochs = history.ownEpochs
    return Array(zip(epochs, history.configurations(atSteps: epochs.map(\.position.step))))
  }

  /// Folder, letter and name: `exp1 A with dropout`.
  package var title: String { "\(folder.name) \(id.letter) \(name)" }
}
