internal import Datasets
import Experiment
internal import SwiftProtobuf

/// The event files of one run.
final class TensorBoardRun {
  private let folder: String
  private let layout: TensorBoardLayout
  private let started: RunStarted
  private let firstStep: Int
  private let run: RunID
  /// The run's settings and the lengths of its epochs.
  private var session = SessionState()
  /// By sub-folder, empty for the run's own.
  private var files: [String: EventFile] = [:]

  /// A run that begins, or goes on, below `directory`.
  init(
    _ started: Positioned<RunStarted>, in directory: String, layout: TensorBoardLayout
  ) throws(RunLogError) {
    folder = "\(directory)/\(Self.folderName(started))"
    self.layout = layout
    self.started = started.details
    firstStep = started.position.step == started.forkedFrom?.step ?? 0 ? 0 : started.position.step
    run = started.position.run
    session.apply(started.event(TrainingEvent.Kind.runStarted))
    if firstStep == 0 { try removeFiles() }
  }

  func recordStart(at time: Double) throws(RunLogError) {
    guard firstStep == 0 else { return }
    try append(
      settings(step: started.forkedFrom?.step ?? 0),
      [HyperParameters.start(started.configuration, time: time)],
      at: time)
  }

  func record(_ epoch: Positioned<EpochEvaluated>, at time: Double) throws(RunLogError) {
    try append(
      layout.figures(of: epoch) + settings(step: epoch.position.step), at: time)
  }

  func record(_ change: Positioned<SettingChanged>, at time: Double) throws(RunLogError) {
    session.apply(change.event(TrainingEvent.Kind.settingChanged))
    try append(settings(step: change.position.step + 1), at: time)
  }

  func record(_ ended: RunEnded, at time: Double) throws(RunLogError) {
    try append([], [HyperParameters.end(ended.reason, time: time)], at: time)
  }

  /// Writes what could not be written before.
  func flush() throws(RunLogError) {
    for file in files.values { try file.flush() }
  }

  private func settings(step: Int) -> [TensorBoardScalar] {
    layout.settings(session[run].configuration, step: step, lengths: session[run].lengths)
  }

  /// Writes scalars, those of one sub-folder at the same step, and values of other kinds at step 0.
  private func append(
    _ scalars: [TensorBoardScalar], _ others: [Tensorboard_Summary.Value] = [], at time: Double
  ) throws(RunLogError) {
    var events: [String: Tensorboard_Event] = [:]
    if !others.isEmpty { events["", default: Tensorboard_Event()].summary.value = others }
    for scalar in scalars {
      var value = Tensorboard_Summary.Value()
      value.tag = scalar.tag
      value.simpleValue = Float(scalar.value)
      events[scalar.folder, default: Tensorboard_Event()].step = Int64(scalar.step)
      events[scalar.folder, default: Tensorboard_Event()].summary.value.append(value)
    }
    var failure: RunLogError?
    for (folder, var event) in events {
      event.wallTime = time
      do {
        try file(folder, at: time).append(event)
      } catch {
        // The file keeps the event for the next time; the other files are to get theirs.
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// The file in a sub-folder.
  private func file(_ subfolder: String, at time: Double) throws(RunLogError) -> EventFile {
    if let file = files[subfolder] { return file }
    let first = layout.abscissa(ofStep: firstStep, lengths: session[run].lengths)
    let file = try EventFile(
      in: subfolder.isEmpty ? folder : "\(folder)/\(subfolder)", firstStep: firstStep == 0 ? 0 : first + 1,
      time: time)
    files[subfolder] = file
    return file
  }

  /// Removes what an earlier run of this name wrote, which has been started anew.
  private func removeFiles() throws(RunLogError) {
    for folder in [folder] + layout.folders(for: session[run].task).map({ "\(folder)/\($0)" }) {
      for name in try Folder.names(in: folder) where name.hasPrefix(EventFile.prefix) {
        try DurableFile.remove("\(folder)/\(name)")
      }
    }
  }

  /// The letter and the name, such as `A-with-dropout`, in characters that are harmless everywhere.
  private static func folderName(_ started: Positioned<RunStarted>) -> String {
    let kept = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._"
    let name = started.name.map { kept.contains($0) ? $0 : "-" }
    return "\(started.position.run.letter)-\(String(name).prefix(60))"
  }
}
