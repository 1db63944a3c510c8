internal import Messages

/// Runs that were prepared, and that single options can change: what they share, and what each has of its own.
public struct PreparedRuns: Hashable, Sendable {
  /// How a person asked for them: `--preset polynomial`.
  public let source: String
  /// What they share.
  public let settings: GivenSettings
  /// The runs, each by what it changes of the settings; none names none, and run B is as always.
  public let runs: [VersusSpecification]
  /// Runs that go on from these, as `--fork` says them.
  public let forks: [String]

  /// Runs that `source` stands for.
  public init(
    source: String, settings: GivenSettings, runs: [VersusSpecification], forks: [String] = []
  ) {
    (self.source, self.settings, self.runs, self.forks) = (source, settings, runs, forks)
  }

  /// Runs whose settings are all told, with their names; what they have in common can be changed.
  public init(source: String, runs: [(name: String?, settings: GivenSettings)], forks: [String] = []) {
    let texts = runs.map(\.settings.texts)
    // Layers and what stands for them take each other's place, and so are shared together or not at all.
    let layers = GivenSettings.ofLayers
    func areAlike(_ setting: Setting) -> Bool { texts.allSatisfy { $0[setting] == texts[0][setting] } }
    let haveSameLayers = layers.allSatisfy(areAlike)
    var shared = GivenSettings()
    shared.dataset = runs.first?.settings.dataset
    for (setting, text) in texts.first ?? [:]
    where areAlike(setting) && (haveSameLayers || !layers.contains(setting)) {
      shared[setting] = text
    }
    let own = runs.map { VersusSpecification(name: $0.name, changes: $0.settings.differing(from: shared)) }
    self.init(source: source, settings: shared, runs: own, forks: forks)
  }

  /// The settings with what else was `given`.
  ///
  /// - Throws: `ConfigurationError` if what was given is what the runs differ in.
  public func merged(with given: GivenSettings) throws(ConfigurationError) -> GivenSettings {
    let differing = Set(runs.flatMap(\.changes.texts.keys))
    for (setting, text) in given.inOrder where setting != .epochs {
      guard differing.contains(where: { GivenSettings.contradict($0, setting) }) else { continue }
      throw ConfigurationError(
        setting: setting, given: "\(setting.option)\(setting.isFlag ? "" : " \(text)")",
        problem: says("the runs of \(source) differ in it", "\(source) 的各运行在这一项上不同"),
        remedy: says(
          "Leave it out, or add a run that has it: --versus \(setting.key)=\(text)",
          "去掉它，或加一个有它的运行：--versus \(setting.key)=\(text)"))
    }
    var settings = settings
    if let hidden = given[.hidden], let own = settings[.hidden],
      SettingText.items(hidden).count != SettingText.items(own).count
    {
      // Probabilities of other layers say nothing of these, but none is none.
      if settings[.dropout] != SettingText.none { settings[.dropout] = nil }
    }
    return settings.changed(by: given)
  }

  /// The runs, of which each makes as many epochs as were `given`.
  public func runs(with given: GivenSettings) -> [VersusSpecification] {
    given[.epochs] == nil ? runs : runs.map { $0.without(.epochs) }
  }

  /// An error of a setting that nobody has typed, because it was prepared, in words that tell so.
  public func reworded(_ error: ConfigurationError, given: GivenSettings) -> ConfigurationError {
    guard let setting = error.setting, given[setting] == nil,
      ([settings] + runs.map(\.changes)).contains(where: { $0[setting] != nil })
    else { return error }
    return error.given(as: says("\(source) with \(error.given)", "\(source) 加 \(error.given)"))
  }
}
