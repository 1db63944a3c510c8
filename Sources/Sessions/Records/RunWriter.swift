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
  private var runRecord: RunRecord
  /// Whether `run.json` says less than is known.
  private var isRecordStale = false
  /// Runs that have started, once or several times.
  private var begun: Set<RunID> = []
  private var session: SessionState
  private var unwritten: (metrics: [String], commands: [String]) = ([], [])
  private var steps: [RunID: Positioned<StepsCompleted>] = [:]
  private var secondsWritten: [RunID: Double] = [:]
  private var synchronized = 0.0

  /// Begins a session in a folder that was claimed for it.
  ///
  /// - Throws: `RunLogError` if the system refuses, or another program writes there.
  public convenience init(_ folder: RunFolder, record: RunRecord) throws(RunLogError) {
    try self.init(folder: folder, record: record, lock: FolderLock(folder.path))
    try record.write(to: folder.runRecord)
  }

  /// Goes on with a session.
  ///
  /// What the folder tells of later steps is taken back by the start of each run.
  ///
  /// - Throws: `RunLogError` if the system refuses, or another program writes there.
  public convenience init(continuing folder: RunFolder) throws(RunLogError) {
    try self.init(continuing: folder, lock: FolderLock(folder.path))
  }

  /// Goes on with a session that was read under `lock`.
  convenience init(continuing folder: RunFolder, lock: FolderLock) throws(RunLogError) {
    try self.init(folder: folder, record: RunReader(folder).record(), lock: lock)
    try DurableFile.remove(folder.summary)
  }

  private init(folder: RunFolder, record: RunRecord, lock: FolderLock) throws(RunLogError) {
    self.lock = lock
    for path in [folder.path, folder.checkpoints] { try DurableFile.removeLeftovers(in: path) }
    metrics = try LineFile(appendingTo: folder.metrics)
    commands = try LineFile(appendingTo: folder.commands)
    self.folder = folder
    runRecord = record
    session = record.session
  }

  /// Takes in an event that happened at `time`, in seconds since 1970.
  ///
  /// - Throws: `RunLogError` if the system refuses, for example because the disk is full.
  public func record(_ event: TrainingEvent, at time: Double) throws(RunLogError) {
    if case .runStarted(let start) = event.kind, start.forkedFrom == nil, !begun.insert(event.run).inserted {
      session.removeForks()
      runRecord.runs.removeAll { $0.forkedFrom != nil }
      isRecordStale = true
    }
    session.apply(event)
    func line() -> String { TimedEvent(event, time: time).line }
    switch event.kind {
    case .stepsCompleted(let steps): add(Positioned(steps, at: event.position), at: time)
    case .runStarted:
      flushSteps(of: event.run, at: time)
      secondsWritten[event.run] = nil
      unwritten.metrics.append(line())
      unwritten.commands.append(line())
      updateRecord()
    case .runRenamed, .runRemoved:
      unwritten.metrics.append(line())
      updateRecord()
    case .settingChanged:
      flushSteps(of: event.run, at: time)
      unwritten.commands.append(line())
    case .epochEvaluated, .layersMeasured:
      flushSteps(of: event.run, at: time)
      unwritten.metrics.append(line())
    case .runEnded(let end):
      flushSteps(of: event.run, at: time)
      unwritten.metrics.append(line())
      if end.reason == .stopped { unwritten.commands.append(line()) }
    default: break
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
    for run in steps.keys.sorted() { flushSteps(of: run, at: time) }
    try write()
    try synchronize()
  }

  /// Writes what is left and the summary; the session has ended at `time`, in seconds since 1970.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public func finish(weightsSHA256: [RunID: String] = [:], at time: Double) throws(RunLogError) {
    try flush(at: time)
    let reader = RunReader(folder)
    var summary = try RunSummary(reader.events().session(reader.record()), isBeingWritten: false)
    for index in summary.runs.indices { summary.runs[index].weightsSHA256 = weightsSHA256[RunID(index)] }
    summary.ended = Date(timeIntervalSince1970: time.rounded(.down))
    try summary.write(to: folder.summary)
  }

  /// Notes runs that were not planned, new names and removals.
  private func updateRecord() {
    let runs = session.runs.map { run in
      let configuration =
        runRecord.runs.indices.contains(run.id.index)
        ? runRecord.runs[run.id.index].configuration : run.initialConfiguration
      return RunRecord.Run(
        name: run.name, configuration: configuration, forkedFrom: run.forkedFrom, isRemoved: run.isRemoved)
    }
    guard runs != runRecord.runs else { return }
    runRecord.runs = runs
    isRecordStale = true
  }

  private func add(_ later: Positioned<StepsCompleted>, at time: Double) {
    let run = later.position.run
    if let earlier = steps[run], earlier.position.epoch != later.position.epoch {
      flushSteps(of: run, at: time)
    }
    let merged = Positioned(
      steps[run]?.details.merged(with: later.details) ?? later.details, at: later.position)
    steps[run] = merged
    if merged.trainingSeconds - (secondsWritten[run] ?? 0) >= Self.secondsPerLine {
      flushSteps(of: run, at: time)
    }
  }

  private func flushSteps(of run: RunID, at time: Double) {
    guard let merged = steps.removeValue(forKey: run) else { return }
    unwritten.metrics.append(TimedEvent(merged.event(TrainingEvent.Kind.stepsCompleted), time: time).line)
    secondsWritten[run] = merged.trainingSeconds
  }

  /// Commands first: figures never show the effect of a command that is not there.
  private func write() throws(RunLogError) {
    if isRecordStale {
      try runRecord.write(to: folder.runRecord)
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
