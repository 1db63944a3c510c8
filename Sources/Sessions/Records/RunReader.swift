public import Experiment

/// Reads a run's folder, also while it is written and after its program was killed.
public struct RunReader: Sendable {
  /// Events that were recorded, and what was strange about their files.
  public struct Events: Hashable, Sendable {
    /// The events in the order in which they happened, as far as they count.
    public var events: [RecordedEvent]
    /// What could not be read and is left out, a sentence each.
    public var notes: [String]

    /// What the events tell of each run.
    public var histories: [RunID: RunHistory] {
      let histories = events.reduce(into: [RunHistory]()) { $0.record($1.event) }
      return Dictionary(uniqueKeysWithValues: histories.enumerated().map { (RunID($0), $1) })
    }
  }

  /// The folder.
  public let folder: RunFolder

  /// A reader of `folder`, which reads when it is asked.
  public init(_ folder: RunFolder) {
    self.folder = folder
  }

  /// The session within `directory` that began last, as far as its `run.json` can be read; `nil` if there is none.
  ///
  /// - Throws: `RunLogError` if the directory cannot be read.
  public static func latest(in directory: String) throws(RunLogError) -> RunReader? {
    var latest: (reader: RunReader, record: RunRecord)?
    for folder in try RunFolder.all(in: directory) {
      let reader = RunReader(folder)
      let record: RunRecord
      do {
        record = try reader.record()
      } catch {
        // What cannot be read may be the one that is meant.
        guard error.kind != .unreadable else { throw error }
        continue
      }
      // Of sessions that began in the same second, the one with the highest number.
      if let latest, record.provenance.created < latest.record.provenance.created { continue }
      latest = (reader, record)
    }
    return latest?.reader
  }

  /// What the session was asked to do.
  ///
  /// - Throws: `RunLogError` if `run.json` is missing, invalid, or of a newer format.
  public func record() throws(RunLogError) -> RunRecord {
    try JSONText.read(RunRecord.self, path: folder.runRecord)
  }

  /// How the session went; without `summary.json`, what the figures tell.
  ///
  /// - Throws: `RunLogError` if a file is invalid, or of a newer format.
  public func summary() throws(RunLogError) -> RunSummary {
    do {
      return try JSONText.read(RunSummary.self, path: folder.summary)
    } catch {
      guard error.kind == .missing else { throw error }
      // Asked first: a session that ends in between counts as under way, never as interrupted.
      let isBeingWritten = folder.isBeingWritten
      return try RunSummary(record(), events().histories, isBeingWritten: isBeingWritten)
    }
  }

  /// All events: the figures, and each live change before the first figures that it had a part in.
  ///
  /// - Throws: `RunLogError` if a file cannot be read; a missing one is empty.
  public func events() throws(RunLogError) -> Events {
    let metrics = try Self.read(folder.metrics)
    var changes = try commands()
    changes.events.removeAll { if case .settingChanged = $0.event { false } else { true } }
    return Events(
      events: Self.merge(metrics.events, changes: changes.events), notes: metrics.notes + changes.notes)
  }

  /// What a person did: live changes and stops, each with its step; and the starts that they follow.
  ///
  /// - Throws: `RunLogError` if the file cannot be read; a missing one is empty.
  public func commands() throws(RunLogError) -> Events { try Self.read(folder.commands) }

  private static func read(_ path: String) throws(RunLogError) -> Events {
    let (lines, isCutOff): ([[UInt8]], Bool)
    do {
      (lines, isCutOff) = try LineFile.read(path)
    } catch {
      guard error.kind == .missing else { throw error }
      return Events(events: [], notes: [])
    }
    var events: [RecordedEvent] = []
    var notes: [String] = []
    for (index, line) in lines.enumerated() {
      do {
        try events.append(JSONText.decode(RecordedEvent.self, line, path: path))
      } catch {
        notes.append("\(path): line \(index + 1) is left out: \(error.problem).")
      }
    }
    if isCutOff { notes.append("\(path): the last line is incomplete and left out.") }
    return Events(events: withoutTakenBack(events), notes: notes)
  }

  /// The events that count: a start takes back what its run's earlier lines tell of later steps.
  private static func withoutTakenBack(_ events: [RecordedEvent]) -> [RecordedEvent] {
    // From the end: how far the lines before the present one still count, for each run.
    var limits: [RunID: Int] = [:]
    var epochs: Set<[Int]> = []
    var counted: [RecordedEvent] = []
    for recorded in events.reversed() {
      let limit = limits[recorded.event.run]
      // Of what came before a restart from the beginning, nothing counts.
      if limit == 0 { continue }
      let isWithin = { (position: RunPosition) in limit.map { position.step <= $0 } ?? true }
      switch recorded.event {
      case .runStarted(let started):
        // The earliest start of what counts stays alone: whoever reads on sees one run. What is still to be made of
        // its changes the latest one knows.
        var recorded = recorded
        let later = counted.lastIndex {
          if case .runStarted(let other) = $0.event { other.run == started.run } else { false }
        }
        if let later, case .runStarted(let other) = counted.remove(at: later).event {
          var started = started
          started.scheduled = other.scheduled
          recorded.event = .runStarted(started)
        }
        counted.append(recorded)
        let isNew = started.forkedFrom?.step == recorded.firstStep
        limits[started.run] = isNew ? 0 : min(limit ?? .max, recorded.firstStep)
      case .runEnded:
        if limit == nil { counted.append(recorded) }
      case .epochEvaluated(let event):
        // An epoch whose end was a checkpoint may have been measured again.
        if isWithin(event.position), epochs.insert([event.position.run.index, event.position.epoch]).inserted
        {
          counted.append(recorded)
        }
      case .stepsCompleted(let event): if isWithin(event.position) { counted.append(recorded) }
      case .settingChanged(let event): if isWithin(event.position) { counted.append(recorded) }
      case .paused(let position), .resumed(let position):
        if isWithin(position) { counted.append(recorded) }
      case .runRenamed, .runRemoved: counted.append(recorded)
      case .testPredicted, .layersObserved, .imagesExamined, .uncertaintyMeasured: break
      }
    }
    return counted.reversed()
  }

  private static func merge(_ metrics: [RecordedEvent], changes: [RecordedEvent]) -> [RecordedEvent] {
    var waiting = Dictionary(grouping: changes, by: \.event.run).mapValues { $0[...] }
    var merged: [RecordedEvent] = []
    for recorded in metrics {
      let run = recorded.event.run
      while let change = waiting[run]?.first, change.event.comesBefore(recorded.event) {
        merged.append(change)
        waiting[run]?.removeFirst()
      }
      merged.append(recorded)
    }
    return merged + waiting.sorted { $0.key < $1.key }.flatMap(\.value)
  }
}

extension TrainingEvent {
  /// Whether this change took effect before what `figures` tell; a change after step n has a part in step n + 1.
  fileprivate func comesBefore(_ figures: TrainingEvent) -> Bool {
    guard case .settingChanged(let change) = self else { return false }
    return switch figures {
    case .stepsCompleted(let steps): change.position.step < steps.position.step
    case .epochEvaluated(let epoch): change.position.step < epoch.position.step
    case .runEnded: true
    case .runStarted, .testPredicted, .layersObserved, .imagesExamined, .uncertaintyMeasured, .settingChanged,
      .paused, .resumed, .runRenamed, .runRemoved:
      false
    }
  }
}
