/// A run's description, complete before its first step.
public struct RunStarted: Codable, Hashable, Sendable {
  /// The run.
  public var run: RunID
  /// What the person calls it, for example `with dropout`.
  public var name: String
  /// All settings.
  public var configuration: RunConfiguration
  /// Trainable numbers of the network.
  public var parameterCount: Int
  /// Images trained on.
  public var trainCount: Int
  /// Images tested on.
  public var testCount: Int
  /// Updates per epoch.
  public var stepsPerEpoch: Int
  /// Threads that compute this run, at its start.
  public var threads: Int
  /// Where it branched off another run, if it did.
  public var forkedFrom: ForkPoint?
  /// Changes that it will make at their steps without anybody asking, if there are any.
  public var scheduled: [SettingChanged]?

  /// Describes a run.
  public init(
    run: RunID, name: String, configuration: RunConfiguration, parameterCount: Int, trainCount: Int,
    testCount: Int, stepsPerEpoch: Int, threads: Int, forkedFrom: ForkPoint? = nil,
    scheduled: [SettingChanged]? = nil
  ) {
    self.run = run
    self.name = name
    self.configuration = configuration
    self.parameterCount = parameterCount
    self.trainCount = trainCount
    self.testCount = testCount
    self.stepsPerEpoch = stepsPerEpoch
    self.threads = threads
    self.forkedFrom = forkedFrom
    self.scheduled = scheduled
  }

  /// Updates of the whole run.
  public var totalSteps: Int { stepsPerEpoch * configuration.epochs }
}

/// A run's new name.
public struct RunRenamed: Codable, Hashable, Sendable {
  /// The run.
  public var run: RunID
  /// What the person calls it from now on.
  public var name: String

  /// A new name for `run`.
  public init(run: RunID, name: String) {
    self.run = run
    self.name = name
  }
}
