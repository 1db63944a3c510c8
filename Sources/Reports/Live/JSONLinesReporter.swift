import Datasets
package import Experiment
import Platform
package import Sessions

/// Reports a session to a program: JSON Lines, one flat object per event.
///
/// Every object begins with `schema` (the version of this description, 1) and `event`. Within one schema
/// version keys are only ever added. Losses are means over samples without penalties, accuracies shares in
/// 0...1, times seconds. A number that JSON lacks (NaN, infinity) is `null`, and `KEY_non_finite` after it says
/// `"nan"`, `"inf"` or `"-inf"`. Text is UTF-8.
///
/// - `session_started`, always first: `version`, `dataset`, `data_source` (`argument`, `environment`, `cache`, `system` or
///   `sample`), `data_directory`, `train_images`, `test_images`, `threads`, `runs` (how many), `note` (why the
///   session is not quite what was asked for, or null).
/// - `run_started`, before any other of its run: `run` (`"A"`, `"B"`), `name`, all settings under the names of their options
///   (`hidden`, `input-dropout`, `lr`; null: no limit, all images, or none held out), then `parameters`, `train_images` and
///   `test_images` of this run, `steps_per_epoch`, `threads`; of a fork also `forked_from` (the run that it goes on from) and
///   `forked_at_step` (updates made before).
/// - `steps_completed`: the position, then `count` (steps merged into this event), `samples`,
///   `running_train_loss`, `running_train_accuracy` (dropout on, weights moving), `training_seconds` (since the
///   run began, without evaluation and pauses).
/// - `epoch_evaluated`: the position, then each figure of `Figure.all` that was measured under its key, such as
///   `running_train_loss` (dropout on) and `test_accuracy`; `samples`, `training_seconds`, `evaluation_seconds`
///   (both of this epoch), `images_per_second`.
/// - `setting_changed`: the position, then `setting` (the name of its option), `layer` (from 1, or null), `old_value`,
///   `new_value`.
/// - `paused`, `resumed`: the position.
/// - `run_renamed`: `run`, `name`. `run_removed`: `run`.
/// - `run_ended`, the last of its run: the position, then `reason` (`completed`, `stopped`, `diverged`, `failed`)
///   and `message` (or null), and after early stopping `restored_epoch`, the best one, whose weights the run has.
/// - `replicates_compared`, before the session's end, for each figure of a session with replicates: `figure` (its key),
///   `sides` (names), `epoch` (or null), `seeds`, `means` and `standard_deviations` (of each side over the seeds, null
///   where unknown), and of the difference between two sides, paired by seed, `mean_difference`, `confidence`,
///   `interval_lower`, `interval_upper` (Student's t, for each figure by itself) and `difference_shown` (whether the
///   interval leaves out zero).
/// - `session_ended`, always last unless the output broke: `exit_status`, `seconds`.
///
/// The position is `run`, `step` (updates made, over the whole run), `epoch` (from 1) and `batch` (of that epoch).
package struct JSONLinesReporter: SessionReporter {
  /// The version of the description above.
  package static let schema = 1

  private var session: SessionDescription
  private var histories: [RunHistory]

  package init(session: SessionDescription) {
    self.session = session
    histories = session.runs.map { _ in RunHistory() }
  }

  package mutating func sessionStarted() -> [String] {
    var object = Self.object("session_started")
    object.add("version", session.version)
    object.add("dataset", session.dataSource.dataset.key)
    object.add("data_source", session.dataSource.place.key)
    object.add("data_directory", session.dataSource.directory)
    object.add("train_images", session.trainCount)
    object.add("test_images", session.testCount)
    object.add("threads", session.threads)
    object.add("runs", session.runs.count)
    object.add("run_folder", session.folder)
    object.add("note", session.note)
    return [object.text]
  }

  package mutating func report(_ event: TrainingEvent) -> [String] {
    session.note(event)
    histories.record(event)
    let object: JSONObject? =
      switch event {
      case .runStarted(let event): Self.runStarted(event)
      case .stepsCompleted(let event): Self.stepsCompleted(event)
      case .epochEvaluated(let event): Self.epochEvaluated(event)
      case .settingChanged(let event): Self.settingChanged(event)
      // Too large for lines that a script reads; it can ask for them by other means.
      case .testPredicted, .layersObserved, .imagesExamined, .uncertaintyMeasured: nil
      case .paused(let position): Self.object("paused", at: position)
      case .resumed(let position): Self.object("resumed", at: position)
      case .runRenamed(let event): Self.runRenamed(event)
      case .runRemoved(let run): Self.runRemoved(run)
      case .runEnded(let event): Self.runEnded(event)
      }
    return object.map { [$0.text] } ?? []
  }

  package mutating func sessionEnded(_ end: SessionEnd) -> [String] {
    var object = Self.object("session_ended")
    object.add("exit_status", Int(end.status.rawValue))
    object.add("seconds", end.seconds)
    return replicatesCompared.map(\.text) + [object.text]
  }

  /// Mean, spread and paired difference of each figure, where runs are repeated with other seeds.
  private var replicatesCompared: [JSONObject] {
    let replicates = session.replicates
    guard replicates.areSeveral else { return [] }
    let comparison = ReplicateComparison(replicates, histories: histories)
    return comparison.figures.map { figure in
      let statistics = comparison.statistics(of: figure)
      let difference = comparison.difference(of: figure)
      var object = Self.object("replicates_compared")
      object.add("figure", figure.key)
      object.add("sides", comparison.sides.map(\.name))
      object.add("epoch", comparison.epoch)
      object.add("seeds", comparison.seeds)
      object.add("means", statistics.map { $0?.mean ?? .nan })
      object.add("standard_deviations", statistics.map { $0?.standardDeviation ?? .nan })
      object.add("mean_difference", difference?.mean)
      object.add("confidence", PairedDifference.confidence)
      object.add("interval_lower", difference?.interval?.lowerBound)
      object.add("interval_upper", difference?.interval?.upperBound)
      object.add("difference_shown", difference?.isShown ?? false)
      return object
    }
  }

  private static func object(_ event: String) -> JSONObject {
    var object = JSONObject()
    object.add("schema", schema)
    object.add("event", event)
    return object
  }

  private static func object(_ event: String, at position: RunPosition) -> JSONObject {
    var object = object(event)
    object.add("run", position.run.letter)
    object.add("step", position.step)
    object.add("epoch", position.epoch)
    object.add("batch", position.batch)
    return object
  }

  private static func runStarted(_ event: RunStarted) -> JSONObject {
    var object = object("run_started")
    object.add("run", event.run.letter)
    object.add("name", event.name)
    object.add(event.configuration)
    object.add("parameters", event.parameterCount)
    object.add("train_images", event.trainCount)
    object.add("test_images", event.testCount)
    object.add("steps_per_epoch", event.stepsPerEpoch)
    object.add("threads", event.threads)
    if let fork = event.forkedFrom {
      object.add("forked_from", fork.run.letter)
      object.add("forked_at_step", fork.step)
    }
    return object
  }

  private static func runRenamed(_ event: RunRenamed) -> JSONObject {
    var object = object("run_renamed")
    object.add("run", event.run.letter)
    object.add("name", event.name)
    return object
  }

  private static func runRemoved(_ run: RunID) -> JSONObject {
    var object = object("run_removed")
    object.add("run", run.letter)
    return object
  }

  private static func stepsCompleted(_ event: StepsCompleted) -> JSONObject {
    var object = object("steps_completed", at: event.position)
    object.add("count", event.count)
    object.add("samples", event.samples)
    object.add(event.measurements)
    object.add("training_seconds", event.trainingSeconds)
    return object
  }

  private static func epochEvaluated(_ event: EpochEvaluated) -> JSONObject {
    var object = object("epoch_evaluated", at: event.position)
    object.add(event.metrics)
    object.add("samples", event.trainedSamples)
    object.add("training_seconds", event.trainingSeconds)
    object.add("evaluation_seconds", event.evaluationSeconds)
    object.add("images_per_second", event.imagesPerSecond)
    return object
  }

  private static func settingChanged(_ event: SettingChanged) -> JSONObject {
    var object = object("setting_changed", at: event.position)
    object.add("setting", event.setting.key)
    object.add("layer", event.layer.map { $0 + 1 })
    object.add("old_value", event.oldValue)
    object.add("new_value", event.newValue)
    return object
  }

  private static func runEnded(_ event: RunEnded) -> JSONObject {
    var object = object("run_ended", at: event.position)
    var message: String?
    switch event.reason {
    case .completed: object.add("reason", "completed")
    case .stopped: object.add("reason", "stopped")
    case .diverged(let text):
      object.add("reason", "diverged")
      message = text
    case .failed(let text):
      object.add("reason", "failed")
      message = text
    }
    object.add("message", message)
    if let epoch = event.restoredEpoch { object.add("restored_epoch", epoch) }
    return object
  }
}
