package import Experiment
import NeuralNetwork

extension JSONObject {
  /// Adds the figures that were measured, under their keys.
  package mutating func add(_ measured: Measurements, prefix: String = "") {
    for (figure, value) in measured.all { add(prefix + figure.key, value) }
  }

  /// Adds all settings under their names.
  package mutating func add(_ configuration: RunConfiguration) {
    for setting in Setting.allCases { add(setting.key, setting.value(in: configuration)) }
  }

  /// Adds the value of a setting.
  package mutating func add(_ key: String, _ value: SettingValue) {
    switch value {
    case .none: add(key, nil as String?)
    case .flag(let flag): add(key, flag)
    case .integer(let integer): add(key, integer)
    case .seed(let seed): add(key, seed)
    case .number(let number): add(key, number)
    case .text(let text): add(key, text)
    case .list(let values):
      let integers = values.compactMap { if case .integer(let integer) = $0 { integer } else { nil } }
      if integers.count == values.count { add(key, integers) } else { add(key, values.compactMap(\.number)) }
    }
  }
}
