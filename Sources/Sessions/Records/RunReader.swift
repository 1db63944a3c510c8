public import Experiment
internal import Messages

/// Reads a run's folder, also while it is written and after its program was killed.
public struct RunReader: Sendable {
  /// Events that were recorded, and what was strange about their files.
  public struct Events: Hashable, Sendable {
    /// The events in the order in which they happened, as far as they count.
    public var events: [TimedEvent]
    /// What could not be read and is left out, a sentence each.
    public var notes: [String]

    /// What the events tell of the runs of `record`.
    public func session(_ record: RunRecord) -> SessionState {
      events.reduce(into: record.session) { $0.apply($1.event) }
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
  /// Of numbered folders it is the one with the highest number, whatever the clock said; one with another name is later
  /// if it says so.
  ///
  /// - Throws: `RunLogError` if the directory cannot be read.
  public static func latest(in directory: String) throws(RunLogError) -> RunReader? {
    var latest: (reader: RunReader, record: RunRecord, number: Int?)?
    for folder in try RunFolder.all(in: directory).reversed() {
      let reader = RunReader(folder)
      let number = RunFolder.number(of: folder.name)
      if number != nil, latest?.number != nil { continue }
      let record: RunRecord
      do {
        record = try reader.record()
      } catch {
        // What cannot be read may be the one that is meant.
        guard error.kind != .unreadable else { throw error }
        continue
      }
      if let latest, record.provenance.created <= latest.record.provenance.created { continue }
      latest = (reader, record, number)
    }
    return latest?.reader
  }

  /// What the session was asked to do.
  ///
  /// - Throws: `RunLogError` if `run.json` is missing, invalid, or of another format.
  public func record() throws(RunLogError) -> RunRecord {
    try JSONText.read(RunRecord.self, path: folder.runRecord)
  }

  /// How the session went; without `summary.json`, what the figures tell.
  ///
  /// - Throws: `RunLogError` if a file is invalid, or of another format.
  public func summary() throws(RunLogError) -> RunSummary {
    do {
      return try JSONText.read(RunSummary.self, path: folder.summary)
    } catch {
      guard error.kind == .missing else { throw error }
      // Asked first: a session that ends in between counts as under way, never as interrupted.
      let isBeingWritten = folder.isBeingWritten
      return try RunSummary(events().session(record()), isBeingWritten: isBeingWritten)
    }
  }

  /// All events: the figures, and each live change before the first figures that it had a part in.
  ///
  /// - Throws: `RunLogError` if a file cannot be read; a missing one is empty.
  public func events() throws(RunLogError) -> Events {
    let metrics = try Self.read(folder.metrics)
    var changes = try commands()
    changes.events.removeAll { if case .settingChanged = $0.event.kind { false } else { true } }
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
    var events: [TimedEvent] = []
    var leftOut = LeftOutLines(of: path)
    for (index, line) in lines.enumerated() {
      do {
        try events.append(JSONText.decode(TimedEvent.self, line, path: path))
      } catch {
        leftOut.add(index, error.problem)
      }
    }
    var notes = leftOut.notes
    if isCutOff {
      notes.append(says("\(path): the last line is incomplete and left out.", "\(path)：最后一行不完整，已略过。"))
    }
    return Events(events: withoutTakenBack(events), notes: notes)
  }

  /// The events that count: a start takes back what its run's earlier lines tell of later steps.
  private static func withoutTakenBack(_ events: [TimedEvent]) -> [TimedEvent] {
    // From the end: how far the lines before the present one still count, for each run.
    var limits: [RunID: Int] = [:]
    var epochs: Set<[Int]> = []
    // Each run's earliest start of those seen.
    var starts: [RunID: (index: Int, start: RunStarted)] = [:]
    var counted: [TimedEvent?] = []
    for timed in events.reversed() {
      var event = timed.event
      let (run, position) = (event.run, event.position)
      let limit = limits[run]
      // Of what came before a restart from the beginning, nothing counts.
      if limit == 0 { continue }
      let isWithin = position.step <= limit ?? .max
      switch event.kind {
      case .runStarted(var started):
        // The earliest start of what counts stays alone: whoever reads on sees one run. What is still to be made of
        // its changes the latest one knows.
        if let later = starts[run] {
          counted[later.index] = nil
          started.scheduled = later.start.scheduled
          event.kind = .runStarted(started)
        }
        starts[run] = (counted.count, started)
        counted.append(TimedEvent(event, time: timed.time))
        let isNew = position.step == started.forkedFrom?.step
        limits[run] = isNew ? 0 : min(limit ?? .max, position.step)
      case .runEnded: if limit == nil { counted.append(timed) }
      case .epochEvaluated:
        // An epoch whose end was a checkpoint may have been measured again.
        if isWithin, epochs.insert([run.index, position.epoch]).inserted { counted.append(timed) }
      case .runRenamed, .runRemoved: counted.append(timed)
      // Whoever goes on from a step makes the changes again that were made after it, and tells them again.
      case .settingChanged: if position.step < limit ?? .max { counted.append(timed) }
      default: if isWithin, !event.isPassing { counted.append(timed) }
      }
    }
    return counted.reversed().compactMap(\.self)
  }

  /// The figures, with each change before the first ones that it had a part in.
  private static func merge(_ metrics: [TimedEvent], changes: [TimedEvent]) -> [TimedEvent] {
    var waiting = Dictionary(grouping: changes, by: \.event.run).mapValues { $0[...] }
    var merged: [TimedEvent] = []
    for timed in metrics {
      let run = timed.event.run
      while let change = waiting[run]?.first, timed.event.showsEffect(ofChangeAfter: change.event.position) {
        merged.append(change)
        waiting[run]?.removeFirst()
      }
      merged.append(timed)
    }
    return merged + waiting.sorted { $0.key < $1.key }.flatMap(\.value)
  }
}

extension TrainingEvent {
  /// Whether it tells of steps that were made after a change; one after step n has a part in step n + 1.
  fileprivate func showsEffect(ofChangeAfter change: RunPosition) -> Bool {
    switch kind {
    case .stepsCompleted, .epochEvaluated: change.step < position.step
    case .runEnded: true
    default: false
    }
  }
}
