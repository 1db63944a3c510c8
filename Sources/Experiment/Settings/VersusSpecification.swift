/// What run B of a comparison changes of run A, as `--versus KEY=VALUE` says it.
///
/// A key is the name of a run's option without the dashes; flags may leave out `=true`.
public struct VersusSpecification: Hashable, Sendable {
  /// The settings that differ, with B's values.
  public let changes: GivenSettings

  /// Reads one or several specifications, which stand after `option`.
  ///
  /// - Throws: `ConfigurationError` for an unknown key, a missing value or a key given twice.
  public init(_ specifications: [String], option: String = "--versus ") throws(ConfigurationError) {
    var changes = GivenSettings()
    for specification in specifications {
      let parts = specification.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let setting = Setting(key: String(parts[0])) else {
        let keys = Setting.allCases.map(\.key).joined(separator: ", ")
        throw ConfigurationError(
          setting: nil, given: "\(option)\(specification)", problem: "'\(parts[0])' is no setting of a run",
          remedy: "Give KEY=VALUE with one of \(keys)")
      }
      guard changes[setting] == nil else {
        throw ConfigurationError(
          setting: setting, given: "\(option)\(specification)", problem: "\(setting.key) is given twice",
          remedy: "Give each key once; lists are separated by commas, as in dropout=0.1,0.3")
      }
      guard parts.count == 2 || setting.isFlag else {
        throw ConfigurationError(
          setting: setting, given: "\(option)\(specification)", problem: "the value is missing",
          remedy: "Give KEY=VALUE, for example \(setting.key)=\(setting.text(in: RunConfiguration()))")
      }
      changes[setting] = parts.count == 2 ? String(parts[1]) : "true"
    }
    self.changes = changes
  }

  /// Run B: run A's settings with the changes.
  ///
  /// - Throws: `ConfigurationError` in the words of `--versus`, also if B would equal A.
  public func configuration(against settings: GivenSettings) throws(ConfigurationError) -> RunConfiguration {
    let first = try settings.configuration()
    let second: RunConfiguration
    do {
      second = try settings.changed(by: changes).configuration()
    } catch {
      throw reworded(error)
    }
    guard second != first else {
      throw ConfigurationError(
        setting: nil, given: text, problem: "run B would equal run A",
        remedy: "Give values that differ from run A's, or train A alone with --no-compare")
    }
    return second
  }

  private var text: String {
    changes.words(prefix: "--versus ")
  }

  private func reworded(_ error: ConfigurationError) -> ConfigurationError {
    let given: String
    if let setting = error.setting, let value = changes[setting] {
      given = "--versus \(setting.key)=\(value)"
    } else {
      given = "\(text) with \(error.given)"
    }
    return error.given(as: given)
  }
}
