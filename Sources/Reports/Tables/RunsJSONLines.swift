import Experiment
package import Sessions

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The list of runs for a program: a flat JSON object for each run, and one for each folder that cannot be read.
///
/// Every object begins with `schema` (1; within one keys are only added), `folder` and `problem`. If `problem` is not
/// null, nothing follows. Otherwise: `tags` and `note`, what a person wrote on the session; `created` and `ended` (ISO 8601, or null), `run` (`"A"`, `"B"`), `name`, `state`,
/// `message` (why it diverged or failed, or null), `step`, all settings under the names of their options, then of the
/// final and of the best epoch, prefixed with `final_` and `best_`: `epoch`, `running_train_loss`,
/// `running_train_accuracy`, `train_loss`, `train_accuracy`, `test_loss`, `test_accuracy`, `generalization_gap`; these
/// are missing before the first epoch.
package struct RunsJSONLines {
  private static let schema = 1
  package let sessions: [ListedSession]

  /// Made of its parts.
  package init(sessions: [ListedSession]) {
    self.sessions = sessions
  }

  package var lines: [String] { sessions.flatMap(lines) }

  private func lines(_ session: ListedSession) -> [String] {
    var object = JSONObject()
    object.add("schema", Self.schema)
    object.add("folder", session.folder.path)
    object.add("problem", session.problem)
    guard case .success(let contents) = session.contents else { return [object.text] }
    object.add("tags", session.tags)
    object.add("note", session.note)
    object.add("created", contents.record.provenance.created.formatted(.iso8601))
    object.add("ended", contents.summary.ended?.formatted(.iso8601))
    return contents.runs.map { plan, run in
      var object = object
      object.add("run", run.run.letter)
      object.add("name", run.name)
      object.add("state", run.state.rawValue)
      object.add("message", run.message)
      object.add("step", run.step)
      object.add(plan.configuration)
      add(run.final, "final_", to: &object)
      add(run.best, "best_", to: &object)
      return object.text
    }
  }

  /// Before the first epoch there are no figures.
  private func add(_ epoch: Positioned<EpochEvaluated>?, _ prefix: String, to object: inout JSONObject) {
    guard let epoch else { return }
    object.add(prefix + "epoch", epoch.position.epoch)
    object.add(epoch.metrics, prefix: prefix)
  }
}
