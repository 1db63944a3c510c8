public import TrainingEvents

/// A run to be made: its name and its settings.
public struct RunPlan: Hashable, Sendable {
  /// What the person calls it, for example `with dropout`.
  public var name: String
  /// All settings.
  public var configuration: RunConfiguration

  /// A run to be made.
  public init(name: String, configuration: RunConfiguration) {
    self.name = name
    self.configuration = configuration
  }
}
