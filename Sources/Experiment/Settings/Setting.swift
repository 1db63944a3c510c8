public import Messages

/// A setting of a run: everything that the program knows of it but what training makes of it.
///
/// Options, files, differences, forks, sweeps and live changes read and write a `RunConfiguration` only through the table
/// of these, so that a value means the same everywhere and has one spelling.
public struct Setting: Sendable {
  /// The options that a setting's one stands with in the help.
  public enum Group: Sendable { case network, optimizer, schedule, data }

  /// What two runs share only if they have the setting in common.
  enum Shared: Sendable { case initialWeights, batches }

  /// Its name in options without the dashes, in files and in everything that is typed.
  public let key: String
  /// It in words.
  public let titles: Wording
  /// The group of its option.
  public let group: Group
  /// What the help calls a value.
  public let valueName: String
  /// What it does, a sentence.
  private let helpText: @Sendable () -> String
  /// The default in words where it depends on other settings.
  private let defaultWords: @Sendable () -> String?
  /// How values are spelt.
  public let form: SettingForm
  /// The values to choose from, where they can be listed.
  public let choices: [String]
  /// Whether a value tells by itself what it is of.
  private let isSelfExplanatory: Bool
  private let expected: @Sendable () -> String
  private let example: @Sendable () -> String
  /// What runs share only if they have it in common.
  let decides: [Shared]
  /// Why a fork cannot differ in it from the run that it goes on from, if it cannot.
  private let obstacle: @Sendable () -> String?
  /// Whether files say nothing of it where it has its default: those of earlier versions do not know it.
  let mayBeLeftOut: Bool
  /// How it changes while a run is under way, if it can.
  public let live: LiveSetting?

  private let isApplicable: @Sendable (RunConfiguration) -> Bool
  /// Why it does not apply, where it does not.
  private let inapplicable: @Sendable () -> SpellingFault
  private let get: @Sendable (RunConfiguration) -> SettingValue
  private let put: @Sendable (SettingValue, inout RunConfiguration) -> Bool
  private let standard: @Sendable (RunConfiguration) -> SettingValue
  private let complete: @Sendable (SettingValue, RunConfiguration) -> SettingValue
  private let isAllowed: @Sendable (RunConfiguration) -> Bool
  private let range: @Sendable () -> SpellingFault
  private let fault: @Sendable (String) -> SpellingFault?
  private let phraseInWords: @Sendable (RunConfiguration, _ grouped: (Int) -> String) -> String?

  /// A setting that is the property at `path`.
  ///
  /// `complete` makes a value of one that was typed, `words` tells it in a session's heading if it is worth telling.
  init<Value: Sendable>(
    _ key: String, _ title: String, _ chineseTitle: String,
    at path: any WritableKeyPath<RunConfiguration, Value> & Sendable,
    as codec: SettingCodec<Value>, in group: Group, value name: String = "",
    help: @autoclosure @escaping @Sendable () -> String,
    default standard: (@Sendable (RunConfiguration) -> Value)? = nil,
    defaultWords: @autoclosure @escaping @Sendable () -> String? = nil,
    allows isAllowed: @escaping @Sendable (Value) -> Bool = { _ in true },
    range: @autoclosure @escaping @Sendable () -> String = "",
    remedy: @autoclosure @escaping @Sendable () -> String = "", decides: [Shared] = [],
    obstacleToFork: @autoclosure @escaping @Sendable () -> String? = nil, mayBeLeftOut: Bool = false,
    live: LiveSetting? = nil,
    applies isApplicable: @escaping @Sendable (RunConfiguration) -> Bool = { _ in true },
    inapplicable: @autoclosure @escaping @Sendable () -> SpellingFault = (
      says("--network says all layers", "--network 已写出所有层"), says("Leave one of them out", "去掉其中一个")
    ),
    complete: @escaping @Sendable (SettingValue, RunConfiguration) -> SettingValue = { value, _ in value },
    words: @escaping @Sendable (RunConfiguration, _ grouped: (Int) -> String) -> String? = { _, _ in nil }
  ) {
    (self.key, titles, self.group, valueName, helpText) = (
      key, Wording(title, chineseTitle), group, name, help
    )
    (form, choices, isSelfExplanatory) = (codec.form, codec.choices, codec.isSelfExplanatory)
    (expected, example) = (codec.expected, codec.example)
    (self.decides, obstacle, self.live) = (decides, obstacleToFork, live)
    self.mayBeLeftOut = mayBeLeftOut
    (self.complete, self.defaultWords, phraseInWords) = (complete, defaultWords, words)
    self.range = { (range(), remedy()) }
    (self.isApplicable, self.inapplicable, fault) = (isApplicable, inapplicable, codec.fault)
    self.isAllowed = { !isApplicable($0) || isAllowed($0[keyPath: path]) }
    self.standard = { codec.value(standard?($0) ?? RunConfiguration()[keyPath: path]) }
    get = { isApplicable($0) ? codec.value($0[keyPath: path]) : .none }
    put = { value, configuration in
      guard let property = codec.property(value) else { return false }
      configuration[keyPath: path] = property
      return true
    }
  }
}

extension Setting: CaseIterable {
  /// All settings, as they are listed for a person.
  public static let allCases = ofNetwork + ofOptimizer + ofSchedule + ofData

  private static let byKey = Dictionary(uniqueKeysWithValues: allCases.map { ($0.key, $0) })
  private static let positions = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1.key, $0) })

  /// The setting with a key, if there is one.
  public init?(key: String) {
    guard let setting = Self.byKey[key] else { return nil }
    self = setting
  }
}

extension Setting: Hashable, Comparable, Codable, CustomStringConvertible {
  /// Settings are known by their keys.
  public static func == (first: Setting, second: Setting) -> Bool { first.key == second.key }

  /// Orders settings as they are listed for a person.
  public static func < (first: Setting, second: Setting) -> Bool {
    (positions[first.key] ?? 0) < (positions[second.key] ?? 0)
  }

  /// Hashes the key.
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }

  /// Reads a key.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let key = try container.decode(String.self)
    guard let setting = Setting(key: key) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: says("'\(key)' is no setting of a run", "“\(key)”不是运行的设置"))
    }
    self = setting
  }

  /// Writes the key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(key)
  }

  /// The key.
  public var description: String { key }
}

// MARK: - Texts

extension Setting {
  /// What it is called in words.
  public var title: String { titles.text }
  /// What it does, for lists of options.
  public var help: String { helpText() }
  /// Why a fork cannot change it, or `nil` if it can.
  public var obstacleToFork: String? { obstacle() }
}

// MARK: - Values

extension Setting {
  /// The option as a person types it, for example `--batch-size`.
  public var option: String { "--" + key }

  /// Whether it is switched on by its name alone.
  public var isFlag: Bool { form == .flag }

  /// Whether it says anything of such a run.
  public func applies(to configuration: RunConfiguration) -> Bool { isApplicable(configuration) }

  /// Whether files have it: in any case if it says something of the default experiment, otherwise where it applies.
  func isKept(of configuration: RunConfiguration) -> Bool {
    applies(to: configuration) || applies(to: RunConfiguration())
  }

  /// The value in `configuration`; none if it does not apply.
  public func value(in configuration: RunConfiguration) -> SettingValue { get(configuration) }

  /// The value in `configuration`, in the spelling that `set(_:in:)` reads; empty if it does not apply.
  public func text(in configuration: RunConfiguration) -> String {
    applies(to: configuration) ? form.text(of: get(configuration)) : ""
  }

  /// What a person gets who says nothing of it, in the help's words.
  public var defaultText: String { defaultWords() ?? text(in: RunConfiguration()) }

  /// Whether `configuration` has what a person gets who says nothing of it.
  public func isDefault(in configuration: RunConfiguration) -> Bool {
    !applies(to: configuration) || get(configuration) == standard(configuration)
  }

  /// Gives it the value that it has where nothing is said of it.
  func setDefault(in configuration: inout RunConfiguration) {
    _ = put(standard(configuration), &configuration)
  }

  /// Gives it a value; returns false, and changes nothing, if the value is of another kind.
  func set(_ value: SettingValue, in configuration: inout RunConfiguration) -> Bool {
    put(value, &configuration)
  }

  /// Reads `text` and puts it into `configuration`; whether the value is allowed is for `check(_:)` to say.
  ///
  /// - Throws: `ConfigurationError` if `text` cannot be read, or the setting does not apply.
  public func set(_ text: String, in configuration: inout RunConfiguration) throws(ConfigurationError) {
    guard applies(to: configuration) else {
      let fault = inapplicable()
      throw ConfigurationError(
        self, isFlag ? "" : Self.shortened(text), fault.problem, remedy: fault.remedy)
    }
    guard let value = form.value(of: text), put(complete(value, configuration), &configuration) else {
      let fault = fault(text)
      throw ConfigurationError(
        self, text.isEmpty ? "''" : Self.shortened(text),
        fault?.problem ?? says("expected \(expected())", "应为\(expected())"),
        remedy: fault?.remedy ?? says("Give for example \(example())", "例如用 \(example())"))
    }
  }

  /// Checks the value by itself.
  ///
  /// - Throws: `ConfigurationError` if no run can have it.
  func check(_ configuration: RunConfiguration) throws(ConfigurationError) {
    guard isAllowed(configuration) else {
      let (problem, remedy) = range()
      throw error(in: configuration, problem, remedy: remedy)
    }
    guard !get(configuration).isLostInSinglePrecision else {
      throw error(
        in: configuration,
        says(
          "networks compute in single precision, from 1e-45 to 3e38, and would take it for 0 or infinity",
          "网络以单精度（1e-45 到 3e38）计算，会把它当作 0 或无穷"),
        remedy: says("Give a number between these, or 0", "请给出这之间的数，或 0"))
    }
  }

  /// An error of the value in `configuration`, which is told as far as it can be read.
  func error(
    in configuration: RunConfiguration, _ problem: String, remedy: String
  ) -> ConfigurationError {
    ConfigurationError(
      self, isFlag ? "" : Self.shortened(text(in: configuration)), problem, remedy: remedy)
  }

  private static func shortened(_ text: String) -> String { text.count > 80 ? text.prefix(77) + "..." : text }
}

// MARK: - Words

extension Setting {
  /// The setting and its value as a few words: `dropout 0.2,0.5`, `no batch-norm`.
  public func phrase(in configuration: RunConfiguration) -> String {
    switch get(configuration) {
    case .flag(let isOn):
      isOn ? key : key.hasPrefix("no-") ? String(key.dropFirst(3)) : says("no \(key)", "无 \(key)")
    case .none where text(in: configuration) == SettingText.none: says("no \(key)", "无 \(key)")
    case .text(let text) where isSelfExplanatory: text
    default: "\(key) \(text(in: configuration))"
    }
  }

  /// What a session's heading says of it, if it is worth telling; `grouped` spells large numbers.
  public func words(in configuration: RunConfiguration, grouped: (Int) -> String) -> String? {
    phraseInWords(configuration, grouped)
  }
}
