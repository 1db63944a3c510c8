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
