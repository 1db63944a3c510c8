internal import Platform

/// Where and how often a session keeps itself.
package struct SavingPlan: Sendable {
  /// Folder in which each session gets one of its own.
  package var directory: String
  /// Name of the session's folder; `nil` for the next free number.
  package var name: String?
  /// A checkpoint is kept at least so often within an epoch.
  package var checkpointInterval: Duration
  /// How TensorBoard's files are laid out.
  package var tensorBoardLayout: TensorBoardLayout

  /// The plan of a session that begins anew beside this one: a name that was given gets the next free number.
  package var again: SavingPlan {
    var plan = self
    plan.name = name.map { name in
      let number = (2...).first { !Files.exists("\(directory)/\(name)-\($0)") } ?? 2
      return "\(name)-\(number)"
    }
    return plan
  }

  /// A plan for sessions in `directory`.
  package init(
    directory: String, name: String?, checkpointInterval: Duration, tensorBoardLayout: TensorBoardLayout
  ) {
    self.directory = directory
    self.name = name
    self.checkpointInterval = checkpointInterval
    self.tensorBoardLayout = tensorBoardLayout
  }
}
