public import Experiment

/// Writes the figures of a session as TensorBoard's event files, event by event.
///
/// Each run has a sub-folder, and beside the layout's scalars its settings and its end for the HParams view.
/// For one queue or thread of its own, because a disk can be slow; what could not be written is written with the
/// next event.
public final class TensorBoardLog {
  private let directory: String
  private let layout: TensorBoardLayout
  private var runs: [RunID: TensorBoardRun] = [:]

  /// A log in `directory`, which need not exist.
  ///
  /// What was logged of a run beyond the step that it goes on from is taken back.
  public init(_ directory: String, layout: TensorBoardLayout = .runs) {
    self.directory = directory
    self.layout = layout
  }

  /// Takes in an event that happened at `time`, in seconds since 1970.
  ///
  /// - Throws: `RunLogError` if the system refuses, for example because the disk is full.
  public func record(_ event: TrainingEvent, at time: Double) throws(RunLogError) {
    switch event.kind {
    case .runStarted(let started):
      let run = try TensorBoardRun(
        Positioned(started, at: event.position), in: directory, layout: layout)
      runs[event.run] = run
      try run.recordStart(at: time)
    case .epochEvaluated(let epoch):
      try runs[event.run]?.record(Positioned(epoch, at: event.position), at: time)
    case .settingChanged(let change):
      try runs[event.run]?.record(
        Positioned(change, at: event.position), at: time)
    case .runEnded(let ended): try runs[event.run]?.record(ended, at: time)
    default: break
    }
  }

  /// Writes what could not be written before.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public func flush() throws(RunLogError) {
    for run in runs.values { try run.flush() }
  }
}
