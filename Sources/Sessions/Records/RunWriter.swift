public import Experiment

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Writes a session into its folder, event by event.
///
/// For one queue or thread of its own, because a disk can be slow. A step that fails can be tried again: what could not
/// be written is written with the next event.
public final class RunWriter {
  /// Neighbouring steps become one line as long as they took less than this many seconds of training.
  static let secondsPerLine = 0.5
  /// The longest time that a power failure can take away, in seconds.
  private static let secondsBetweenSynchronizations = 1.0

  /// The folder.
  public let folder: RunFolder
  private let lock: FolderLock
  private let metrics: LineFile
  private let commands: LineFile
  private var firstSteps: [RunID: Int]
  private var runRecord: RunRecord
  /// Whether `run.json` says less than is known.
  private var isRecordStale = false
  /// Runs that have started, once or several times.
  private var begun: Set<RunID> = []
  private var starts = StartsInOrder()
  private var unwritten: (metrics: [String], commands: [String]) = ([], [])
  private var steps: [RunID: StepsCompleted] = [:]
  private var secondsWritten: [RunID: Double] = [:]
  private var synchronized = 0.0

  /// Begins a session in a folder that was claimed for it.
  ///
  /// - Throws: `RunLogError` if the system refuses, or another program writes there.
  public convenience init(_ folder: RunFolder, record: RunRecord) throws(RunLogError) {
    try self.init(folder: folder, record: record, firstSteps: [:])
    try DurableFile.write(JSONText.file(record, path: folder.runRecord), to: folder.runRecord)
  }

  /// Goes on with a session: each run from the step of its checkpoint, 0 where none is given.
  ///
  /// What the folder tells of later steps is taken back by the start of each run.
  ///
  /// - Throws: `RunLogError` if the system refuses, or another program writes there.
  public convenience init(continuing folder: RunFolder, from steps: [RunID: Int]) throws(RunLogError) {
    try self.init(folder: folder, record: RunReader(folder).record(), firstSteps: steps)
    try DurableFile.remove(folder.summary)
  }

  private init(folder: RunFolder, record: RunRecord, firstSteps: [RunID: Int]) throws(RunLogError) {
    lock = try FolderLock(folder.path)
    for path in [folder.path, folder.checkpoints] { try DurableFile.removeLeftovers(in: path) }
    metrics = try LineFile(appendingTo: folder.metrics)
    commands = try LineFile(appendingTo: folder.commands)
    self.folder = folder
    self.firstSteps = firstSteps
    runRecord = record
  }

  /// Takes in an event that happened at `time`, in seconds since 1970.
  ///
  /// - Throws: `RunLogError` if the system refuses, for example because the disk is full.
  public func record(_ event: TrainingEvent, at time: Double) throws(RunLogError) {
    switch event {
    case .stepsCompleted(let event): try add(event, at: time)
    case .runStarted(let started):
      try flushSteps(of: started.run, at: time)
      secondsWritten[started.run] = nil
      let firstStep = firstSteps.removeValue(forKey: started.run) ?? started.forkedFrom?.step ?? 0
      let line = try line(event, at: time, firstStep: firstStep)
      unwritten.metrics.append(line)
      unwritten.commands.append(line)
      list(started)
    case .runRenamed(let renamed):
      try unwritten.metrics.append(line(event, at: time))
      update(renamed.run) { $0.name = renamed.name }
    case .runRemoved(let run):
      try unwritten.metrics.append(line(event, at: time))
      update(run) { $0.isRemoved = true }
    case .settingChanged(let change):
      try flushSteps(of: change.position.run, at: time)
      try unwritten.commands.append(line(event, at: time))
    case .epochEvaluated, .runEnded:
      try flushSteps(of: event.run, at: time)
      let line = try line(event, at: time)
      unwritten.metrics.append(line)
      if case .runEnded(let ended) = event, ended.reason == .stopped { unwritten.commands.append(line) }
    case .testPredicted, .layersObserved, .imagesExamined, .uncertaintyMeasured, .paused, .resumed: break
    }
    try write()
    // A clock that was set back must not put this off.
    if abs(time - synchronized) >= Self.secondsBetweenSynchronizations {
      try synchronize()
      synchronized = time
    }
  }

  /// Writes all that was taken in, at `time`, and waits until it would survive a power failure.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public func flush(at time: Double) throws(RunLogError) {
    for run in steps.keys.sorted() { try flushSteps(of: run, at: time) }
    try write()
    try synchronize()
  }

  /// Writes what is left and the summary; the session has ended at `time`, in seconds since 1970.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public func finish(weightsSHA256: [RunID: String] = [:], at time: Double) throws(RunLogError) {
    try flush(at: time)
    let reader = RunReader(folder)
    var summary = try RunSummary(reader.record(), reader.events().histories, isBeingWritten: false)
    for index in summary.runs.indices { summary.runs[index].weightsSHA256 = weightsSHA256[RunID(index)] }
    summary.ended = Date(timeIntervalSince1970: time.rounded(.down))
    try DurableFile.write(JSONText.file(summary, path: folder.summary), to: folder.summary)
  }

  /// Notes a run that was not planned; a restart of the others leaves no fork behind.
  private func list(_ started: RunStarted) {
    if started.forkedFrom == nil, !begun.insert(started.run).inserted {
      runRecord.runs.removeAll { $0.forkedFrom != nil }
      starts = StartsInOrder()
      isRecordStale = true
    }
    for next in starts.take(started, after: runRecord.runs.count) {
      runRecord.runs.append(
        RunRecord.Run(name: next.name, configuration: next.configuration, forkedFrom: next.forkedFrom))
      isRecordStale = true
    }
  }

  private func update(_ run: RunID, _ change: (inout RunRecord.Run) -> Void) {
    guard runRecord.runs.indices.contains(run.index) else { return }
    change(&runRecord.runs[run.index])
    isRecordStale = true
  }

  private func add(_ event: StepsCompleted, at time: Double) throws(RunLogError) {
    let run = event.position.run
    if let earlier = steps[run], earlier.position.epoch != event.position.epoch {
      try flushSteps(of: run, at: time)
    }
    let merged = steps[run].map { $0.merged(with: event) } ?? event
    steps[run] = merged
    if merged.trainingSeconds - (secondsWritten[run] ?? 0) >= Self.secondsPerLine {
      try flushSteps(of: run, at: time)
    }
  }

  private func flushSteps(of run: RunID, at time: Double) throws(RunLogError) {
    guard let event = steps[run] else { return }
    try unwritten.metrics.append(line(.stepsCompleted(event), at: time))
    steps[run] = nil
    secondsWritten[run] = event.trainingSeconds
  }

  private func line(
    _ event: TrainingEvent, at time: Double, firstStep: Int = 0
  ) throws(RunLogError) -> String {
    try JSONText.line(RecordedEvent(event, time: time, firstStep: firstStep), path: folder.path)
  }

  /// Commands first: figures never show the effect of a command that is not there.
  private func write() throws(RunLogError) {
    if isRecordStale {
      try DurableFile.write(JSONText.file(runRecord, path: folder.runRecord), to: folder.runRecord)
      isRecordStale = false
    }
    try commands.append(unwritten.commands)
    unwritten.commands = []
    try metrics.append(unwritten.metrics)
    unwritten.metrics = []
  }

  private func synchronize() throws(RunLogError) {
    try commands.synchronize()
    try metrics.synchronize()
  }
}
