package import Experiment
import NeuralNetwork

/// Which settings of some runs are worth telling.
package struct SettingsOverview {
  /// What all runs share although it is not the default.
  package let commonPhrases: [String]
  /// The settings in which the runs differ.
  package let differing: [Setting]

  package init(_ configurations: [RunConfiguration]) {
    var (common, differing): ([String], [Setting]) = ([], [])
    if let first = configurations.first {
      for setting in Setting.allCases {
        let text = setting.text(in: first)
        if configurations.contains(where: { setting.text(in: $0) != text }) {
          differing.append(setting)
        } else if (setting == .learningRate ? configurations : [first]).contains(where: {
          // The same learning rate can be the default of one optimiser and not of another.
          !setting.isDefault(in: $0)
        }) {
          common.append(setting.phrase(in: first))
        }
      }
    }
    commonPhrases = common
    self.differing = differing
  }

  /// The settings of a run that differ both between the runs and from the default.
  package func phrases(_ configuration: RunConfiguration) -> [String] {
    differing.filter { !$0.isDefault(in: configuration) }.map { $0.phrase(in: configuration) }
  }
}
