internal import Messages

/// What a further run of a comparison changes of run A, as `--versus [NAME:]KEY=VALUE…` says it.
///
/// A key is the name of a run's option without the dashes; flags may leave out `=true`.
public struct VersusSpecification: Hashable, Sendable {
  /// What the run is called, where its differences are not its name.
  public let name: String?
  /// The settings that differ, with the run's values.
  public let changes: GivenSettings

  /// A run with a name.
  public init(name: String, _ texts: [Setting: String]) {
    var changes = GivenSettings()
    for (setting, text) in texts { changes[setting] = text }
    self.init(name: name, changes: changes)
  }

  /// A run that may have a name.
  public init(name: String?, changes: GivenSettings) {
    (self.name, self.changes) = (name, changes)
  }

  /// Reads one run: perhaps a name and a colon, then settings that are separated by spaces.
  ///
  /// - Throws: `ConfigurationError` for an unknown key, a missing value or a key given twice.
  public init(run text: String) throws(ConfigurationError) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let isNamed = parts.count == 2 && !parts[0].contains("=")
    let words = Self.specifications(in: isNamed ? parts[1] : text[...])
    guard !words.isEmpty else {
      throw ConfigurationError(
        setting: nil, given: "--versus \(text.isEmpty ? "''" : text)",
        problem: says("it changes nothing", "它什么也没有改变"),
        remedy: says(
          "Give KEY=VALUE, for example dropout=none or 'lr=0.1 momentum=0.9'",
          "给出 KEY=VALUE，例如 dropout=none 或 'lr=0.1 momentum=0.9'"))
    }
    let name = isNamed ? parts[0].split(separator: " ").joined(separator: " ") : ""
    self.name = name.isEmpty ? nil : name
    changes = try Self.changes(words, option: "--versus ")
  }

  /// Reads specifications that are separated by spaces, which stand after `option`; none changes nothing.
  ///
  /// - Throws: `ConfigurationError` for an unknown key, a missing value or a key given twice.
  public init(words: String, option: String = "") throws(ConfigurationError) {
    name = nil
    changes = try Self.changes(Self.specifications(in: words[...]), option: option)
  }

  /// The settings in a text, each a key and its value: lists may have spaces in them, and layers that are written out.
  private static func specifications(in text: Substring) -> [String] {
    text.split(separator: " ").reduce(into: []) { specifications, word in
      if let last = specifications.last,
        last.hasSuffix(",") || last.hasPrefix("\(Setting.network.key)=") && !word.contains("=")
      {
        specifications[specifications.count - 1] += " \(word)"
      } else {
        specifications.append(String(word))
      }
    }
  }

  private static func changes(
    _ specifications: [String], option: String
  ) throws(ConfigurationError) -> GivenSettings {
    var changes = GivenSettings()
    for specification in specifications {
      let parts = specification.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let setting = Setting(key: String(parts[0])) else {
        let keys = Setting.allCases.map(\.key).joined(separator: ", ")
        throw ConfigurationError(
          setting: nil, given: "\(option)\(specification)",
          problem: says("'\(parts[0])' is no setting of a run", "“\(parts[0])”不是运行的设置"),
          remedy: says("Give KEY=VALUE with one of \(keys)", "给出 KEY=VALUE，KEY 为 \(keys) 之一"))
      }
      guard changes[setting] == nil else {
        throw ConfigurationError(
          setting: setting, given: "\(option)\(specification)",
          problem: says("\(setting.key) is given twice", "\(setting.key) 给了两次"),
          remedy: says(
            "Give each key once; lists are separated by commas, as in dropout=0.1,0.3",
            "每个名称只给一次；多个值以逗号分隔，如 dropout=0.1,0.3"))
      }
      guard parts.count == 2 || setting.isFlag else {
        throw ConfigurationError(
          setting: setting, given: "\(option)\(specification)", problem: says("the value is missing", "缺少值"),
          remedy: says(
            "Give KEY=VALUE, for example \(setting.key)=\(setting.text(in: RunConfiguration()))",
            "给出 KEY=VALUE，例如 \(setting.key)=\(setting.text(in: RunConfiguration()))"))
      }
      changes[setting] = parts.count == 2 ? String(parts[1]) : "true"
    }
    return changes
  }

  /// The same run, which keeps what it is not told of a setting.
  func without(_ setting: Setting) -> VersusSpecification {
    var changes = changes
    changes[setting] = nil
    return VersusSpecification(name: name, changes: changes)
  }

  /// A further run: run A's settings with the changes.
  ///
  /// - Throws: `ConfigurationError` if no run can have these settings, in the words of `--versus` if only run A can.
  public func configuration(against settings: GivenSettings) throws(ConfigurationError) -> RunConfiguration {
    _ = try settings.configuration()
    do {
      return try settings.changed(by: changes).configuration()
    } catch {
      throw reworded(error)
    }
  }

  /// The option that asks for it, with its settings in the order in which they are listed.
  public var text: String {
    let words = (name.map { "\($0): " } ?? "") + changes.words()
    return "--versus " + (words.contains(" ") ? "'\(words)'" : words)
  }

  private func reworded(_ error: ConfigurationError) -> ConfigurationError {
    if let setting = error.setting, let value = changes[setting] {
      error.given(as: "--versus \(setting.key)=\(value)")
    } else {
      error.given(as: says("\(text) with \(error.given)", "\(text) 加 \(error.given)"))
    }
  }
}
