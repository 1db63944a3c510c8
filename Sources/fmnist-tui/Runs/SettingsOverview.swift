import TrainingEvents

/// Which settings of some runs are worth telling.
struct SettingsOverview {
  /// What all runs share although it is not the default.
  let commonPhrases: [String]
  /// The settings in which the runs differ.
  let differing: [RunSetting]

  init(_ configurations: [RunConfiguration]) {
    // Many runs have few different settings.
    let distinct = Set(configurations)
    var (common, differing): ([String], [RunSetting]) = ([], [])
    for setting in RunSetting.allCases {
      if Set(distinct.map(setting.text)).count > 1 {
        differing.append(setting)
      } else if let first = distinct.first, !setting.isDefault(in: first) {
        common.append(setting.phrase(in: first))
      }
    }
    commonPhrases = common
    self.differing = differing
  }

  /// The settings of a run that differ both between the runs and from the default.
  func phrases(_ configuration: RunConfiguration) -> [String] {
    differing.filter { !$0.isDefault(in: configuration) }.map { $0.phrase(in: configuration) }
  }
}

extension RunSetting {
  /// Whether `configuration` has what a person gets who says nothing of this setting.
  func isDefault(in configuration: RunConfiguration) -> Bool {
    var standard = RunConfiguration()
    standard.dropout = RunConfiguration.defaultDropout(depth: configuration.hiddenWidths.count)
    standard.learningRate = RunConfiguration.defaultLearningRate(for: configuration.optimizer)
    return text(in: configuration) == text(in: standard)
  }
}
