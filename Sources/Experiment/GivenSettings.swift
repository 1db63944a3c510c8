public import NeuralNetwork

/// What a person said about a run; everything else takes its default.
///
/// Some defaults depend on what was said: the dropout on the number of hidden layers, the learning rate on
/// the optimiser. They are filled in here, once, so that run B of a comparison gets them as run A does.
public struct GivenSettings: Codable, Hashable, Sendable {
  /// The texts given, by setting.
  public private(set) var texts: [RunSetting: String] = [:]

  /// Nothing said: the default experiment.
  public init() {}

  /// The text given for a setting; `nil` leaves it to its default.
  public subscript(setting: RunSetting) -> String? {
    get { texts[setting] }
    set { texts[setting] = newValue }
  }

  /// These settings with `changes` in place of what was said before.
  public func changed(by changes: GivenSettings) -> GivenSettings {
    var changed = self
    changed.texts.merge(changes.texts) { _, new in new }
    return changed
  }

  /// The run that was asked for, validated.
  ///
  /// - Throws: `ConfigurationError` if a text cannot be read or no run can have these settings.
  public func configuration() throws(ConfigurationError) -> RunConfiguration {
    var configuration = RunConfiguration()
    for setting in RunSetting.allCases {
      if let text = texts[setting] {
        try setting.set(text, in: &configuration)
      } else if setting == .dropout {
        configuration.dropout = RunConfiguration.defaultDropout(depth: configuration.hiddenWidths.count)
      } else if setting == .learningRate {
        configuration.learningRate = RunConfiguration.defaultLearningRate(for: configuration.optimizer)
      }
    }
    try configuration.validate()
    return configuration
  }
}

extension RunConfiguration {
  /// The default experiment's rate for SGD, PyTorch's defaults for others.
  public static func defaultLearningRate(for optimizer: OptimizerKind) -> Double {
    optimizer.defaultLearningRate
  }
}
