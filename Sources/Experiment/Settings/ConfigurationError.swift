internal import Messages

/// A setting that no run can have, told in the words in which a person gave it.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The setting at fault, or `nil` if it cannot be named because it is unknown.
  public let setting: Setting?
  /// The option and its value as typed, for example `--lr nan`.
  public let given: String
  /// What is wrong with it and what is allowed.
  public let problem: String
  /// What to do instead.
  public let remedy: String

  /// An error of a setting and its value.
  public init(_ setting: Setting, _ value: String, _ problem: String, remedy: String) {
    self.init(
      setting: setting, given: value.isEmpty ? setting.option : "\(setting.option) \(value)",
      problem: problem, remedy: remedy)
  }

  /// An error of what was given in other words than a setting's option.
  public init(setting: Setting?, given: String, problem: String, remedy: String) {
    self.setting = setting
    self.given = given
    self.problem = problem
    self.remedy = remedy
  }

  /// The same error of what was given in other words.
  public func given(as words: String) -> ConfigurationError {
    ConfigurationError(setting: setting, given: words, problem: problem, remedy: remedy)
  }

  /// One sentence with the option, the value and the allowed range, and one with the remedy.
  public var description: String {
    says("\(given): \(problem). \(remedy).", "\(given)：\(problem)。\(remedy)。")
  }
}
