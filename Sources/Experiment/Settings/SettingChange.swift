internal import Messages

/// What a run is asked to change while it is under way.
public struct SettingChange: Hashable, Sendable {
  /// The setting.
  public var setting: Setting
  /// The hidden layer, from 0, where each has a value of its own.
  public var layer: Int?
  /// The value from now on.
  public var value: SettingValue

  /// A change of a setting, or of one layer's.
  public init(_ setting: Setting, layer: Int? = nil, to value: SettingValue) {
    (self.setting, self.layer, self.value) = (setting, layer, value)
  }
}

extension Setting {
  /// A value of the setting, or of one layer, as text.
  public func text(of value: SettingValue, layer: Int?) -> String {
    (layer == nil ? form : form.element).text(of: value)
  }

  /// The value in `configuration`, or one layer's; `nil` if there is no such layer.
  public func value(in configuration: RunConfiguration, layer: Int?) -> SettingValue? {
    guard let layer else { return value(in: configuration) }
    guard case .list(let values) = value(in: configuration), values.indices.contains(layer) else {
      return nil
    }
    return values[layer]
  }

  /// Reads a value that the setting can change to, or one layer's.
  ///
  /// - Throws: `DecodingError` if no run can have it.
  public func decode<Key: CodingKey>(
    _ key: Key, layer: Int?, from fields: KeyedDecodingContainer<Key>
  ) throws -> SettingValue {
    let value = try fields.decode(layer == nil ? form : form.element, forKey: key)
    var configuration = RunConfiguration()
    func fault(_ problem: String) -> DecodingError {
      .dataCorruptedError(forKey: key, in: fields, debugDescription: problem)
    }
    guard live != nil, set(layer == nil ? value : .list([value]), in: &configuration) else {
      throw fault(says("\(title) cannot change to it", "\(title)不能改成它"))
    }
    do {
      try check(configuration)
    } catch {
      throw fault(error.problem)
    }
    return value
  }
}

extension RunConfiguration {
  /// Takes over a live change; one that no run with these settings can make changes nothing.
  public mutating func apply(_ change: SettingChanged) {
    if let changed = try? changed(by: change.change) { self = changed }
  }

  /// These settings after a live change.
  ///
  /// - Throws: `ConfigurationError` if no run can have them, or the setting cannot change while a run is under way.
  public func changed(by change: SettingChange) throws(ConfigurationError) -> RunConfiguration {
    let setting = change.setting
    let given = "\(setting.key)=\(setting.text(of: change.value, layer: change.layer))"
    var changed = self
    var value = change.value
    if let layer = change.layer, case .list(var values) = setting.value(in: self),
      values.indices.contains(layer)
    {
      values[layer] = value
      value = .list(values)
    }
    guard let live = setting.live, live.isPerLayer || change.layer == nil, setting.set(value, in: &changed)
    else {
      throw ConfigurationError(
        setting: setting, given: given,
        problem: says("it cannot change so while a run is under way", "运行途中不能这样更改"),
        remedy: says("Change one of \(Self.liveKeys), or fork the run", "更改 \(Self.liveKeys) 之一，或给运行作分支"))
    }
    do {
      try changed.validate()
    } catch {
      throw error.given(as: given)
    }
    return changed
  }

  /// The live changes that make these settings those that were `given`, layer by layer.
  ///
  /// - Throws: `ConfigurationError` if no run can have them, or one cannot change while a run is under way.
  public func liveChanges(_ given: GivenSettings) throws(ConfigurationError) -> [SettingChange] {
    var (changed, changes): (RunConfiguration, [SettingChange]) = (self, [])
    for (setting, text) in given.inOrder {
      try setting.set(text, in: &changed)
      let (old, new) = (setting.value(in: self), setting.value(in: changed))
      if setting.live?.isPerLayer == true, case .list(let before) = old, case .list(let after) = new,
        before.count == after.count
      {
        for layer in after.indices where after[layer] != before[layer] {
          changes.append(SettingChange(setting, layer: layer, to: after[layer]))
        }
      } else if old != new || setting.live == nil {
        changes.append(SettingChange(setting, to: new))
      }
    }
    var reached = self
    for change in changes { reached = try reached.changed(by: change) }
    return changes
  }

  private static var liveKeys: String {
    Setting.allCases.filter { $0.live != nil }.map(\.key).joined(separator: ", ")
  }
}
