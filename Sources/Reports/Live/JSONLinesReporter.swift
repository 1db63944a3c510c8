import Datasets
package import Experiment
import Platform
package import Sessions

/// Reports a session to a program: JSON Lines, one flat object per event.
///
/// Every object begins with `schema` (the version of this description, 2) and `event`. Within one schema
/// version keys are only ever added. Losses are means over samples without penalties, accuracies shares in
/// 0...1, times seconds. A number that JSON lacks (NaN, infinity) is `null`, and `KEY_non_finite` after it says
/// `"nan"`, `"inf"` or `"-inf"`. Text is UTF-8.
///
/// - `session_started`, always first: `version`, `dataset`, `data_source` (`argument`, `environment`, `cache`, `system` or
///   `sample`), `data_directory`, `train_images`, `test_images`, `threads`, `runs` (how many), `note` (why the
///   session is not quite what was asked for, or null).
/// - `run_started`, before any other of its run: the position from which it begins or goes on, `name`, `dataset`, all settings under the
///   names of their options (`hidden`, `input-dropout`, `lr`; null: no limit, all images, or none held out), then `parameters`,
///   `train_images` and `test_images` of this run, `steps_per_epoch`, `threads`; of a fork also `forked_from` (the run that it goes on from) and
///   `forked_at_step` (updates made before).
/// - `steps_completed`: the position, then `count` (steps merged into this event), `samples`,
///   `running_train_loss`, `running_train_accuracy` (dropout on, weights moving), `loss_sum`, `correct` (over the samples),
///   `training_seconds` (since the run began, without evaluation and pauses).
/// - `epoch_evaluated`: the position, then each figure of `Figure.all` that was measured under its key, such as
///   `running_train_loss` (dropout on) and `test_accuracy`; `samples`, `training_seconds`, `evaluation_seconds`
///   (both of this epoch), `images_per_second`.
/// - `setting_changed`: the position, then `setting` (the name of its option), `layer` (from 1, or null), `old_value`,
///   `new_value`.
/// - `paused`, `resumed`, `run_removed`: the position. `run_renamed`: the position, then `name`.
/// - `run_ended`, the last of its run: the position, then `reason` (`completed`, `stopped`, `diverged`, `failed`)
///   and `message` (or null), and after early stopping `restored_epoch`, the best one, whose weights the run has.
/// - `replicates_compared`, before the session's end, for each figure of a session with replicates: `figure` (its key),
///   `sides` (names), `epoch` (or null), `seeds`, `means` and `standard_deviations` (of each side over the seeds, null
///   where unknown), and of the difference between two sides, paired by seed, `mean_difference`, `confidence`,
///   `interval_lower`, `interval_upper` (Student's t, for each figure by itself) and `difference_shown` (whether the
///   interval leaves out zero).
/// - `session_ended`, always last unless the output broke: `exit_status`, `seconds`. Only `replay` adds a
///   `weights_compared` for each run after it: `run`, `same` (whether the weights have the same bits), `message`.
///
/// The lines of a session's folder and those of a recording are the same, with a `time` after `event`.
///
/// The position is `run` (`"A"`, `"B"`), `step` (updates made, over the whole run), `epoch` (from 1) and `batch` (of that epoch).
package struct JSONLinesReporter: SessionReporter {
  package init() {}

  package func begin(_ session: SessionDescription) -> [String] {
    var object = JSONObject(event: "session_started")
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

  package func report(_ event: TrainingEvent, of session: SessionDescription) -> [String] {
    event.isPassing ? [] : [event.json().text]
  }

  package func end(_ session: SessionDescription, _ end: SessionEnd) -> [String] {
    var object = JSONObject(event: "session_ended")
    object.add("exit_status", Int(end.status.rawValue))
    object.add("seconds", end.seconds)
    return replicatesCompared(session).map(\.text) + [object.text]
  }

  /// Mean, spread and paired difference of each figure, where runs are repeated with other seeds.
  private func replicatesCompared(_ session: SessionDescription) -> [JSONObject] {
    let replicates = session.replicates
    guard replicates.areSeveral else { return [] }
    let comparison = ReplicateComparison(replicates, histories: session.runs)
    return comparison.figures.map { figure in
      let statistics = comparison.statistics(of: figure)
      let difference = comparison.difference(of: figure)
      var object = JSONObject(event: "replicates_compared")
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
}
