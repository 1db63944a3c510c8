public import Experiment

/// Writes the figures of a session as TensorBoard's event files, event by event.
///
/// Each run has a sub-folder, and beside the layout's scalars its settings and its end for the HParams view.
/// For one queue or thread of its own, because a disk can be slow; what could not be written is written with the
/// next event.
public final class TensorBoardLog {
  private let directory: String
  private let layout: TensorBoardLayout
  private var firstSteps: [RunID: Int]
  private let past: [TrainingEvent]
  private var runs: [RunID: TensorBoardRun] = [:]

  /// A log in `directory`, which need not exist.
  ///
  /// Runs that go on from a checkpoint have the step of it in `steps`, and their earlier events in `past`; what was
  /// logged of later steps is taken back.
  public init(
    _ directory: String, layout: TensorBoardLayout = .runs, from steps: [RunID: Int] = [:],
    past: [TrainingEvent] = []
  ) {
    self.directory = directory
    self.layout = layout
    firstSteps = steps
    self.past = past
  }

  /// Takes in an event that happened at `time`, in seconds since 1970.
  ///
  /// - Throws: `RunLogError` if the system refuses, for example because the disk is full.
  public func record(_ event: TrainingEvent, at time: Double) throws(RunLogError) {
    switch event {
    case .runStarted(let started):
      let firstStep = firstSteps.removeValue(forKey: started.run) ?? 0
      let run = try TensorBoardRun(
        started, in: directory, layout: layout, firstStep: firstStep,
        past: past.filter { event in
          switch event {
          case .runStarted: event.run == started.run && firstStep > 0
          case .settingChanged(let change): event.run == started.run && change.position.step <= firstStep
          default: false
          }
        })
      runs[started.run] = run
      try run.recordStart(at: time)
    case .epochEvaluated(let epoch): try runs[event.run]?.record(epoch, at: time)
    case .settingChanged(let change): try runs[event.run]?.record(change, at: time)
    case .runEnded(let ended): try runs[event.run]?.record(ended, at: time)
    case .stepsCompleted, .testPredicted, .layersObserved, .imagesExamined, .uncertaintyMeasured, .paused,
      .resumed, .runRenamed, .runRemoved:
      break
    }
  }

  /// Writes what could not be written before.
  ///
  /// - Throws: `RunLogError` if the system refuses.
  public func flush() throws(RunLogError) {
    for run in runs.values { try run.flush() }
  }
}
