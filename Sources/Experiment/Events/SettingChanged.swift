internal import Messages

/// A live change.
///
/// The next step is the first with the new value, or the next epoch's first.
public struct SettingChanged: Hashable, Sendable {
  /// The setting.
  public var setting: Setting
  /// The hidden layer, from 0, where each has a value of its own.
  public var layer: Int?
  /// The value before.
  public var oldValue: SettingValue
  /// The value from now on.
  public var newValue: SettingValue

  /// A change.
  public init(
    _ setting: Setting, layer: Int? = nil, from oldValue: SettingValue, to newValue: SettingValue
  ) {
    (self.setting, self.layer) = (setting, layer)
    (self.oldValue, self.newValue) = (oldValue, newValue)
  }

  /// What was asked for.
  public var change: SettingChange { SettingChange(setting, layer: layer, to: newValue) }
}

extension SettingChanged {
  /// What changed, in words.
  public var title: String {
    layer.map { says("\(setting.title) of layer \($0 + 1)", "第 \($0 + 1) 层的\(setting.title)") }
      ?? setting.title
  }
  /// The value before, as text.
  public var oldText: String { setting.text(of: oldValue, layer: layer) }
  /// The value from now on, as text.
  public var newText: String { setting.text(of: newValue, layer: layer) }
}

extension SettingChanged: EventDetails {
  package static var name: String { "setting_changed" }

  package init(_ fields: FieldDecoder, at position: RunPosition) throws {
    setting = try fields.decode(Setting.self, forKey: "setting")
    if try !fields.decodeNil(forKey: "layer") {
      let layer = try fields.count("layer")
      guard layer > 0 else { throw fields.fault("layer", says("layers are counted from 1", "层从 1 数起")) }
      self.layer = layer - 1
    }
    oldValue = try setting.decode("old_value", layer: layer, from: fields)
    newValue = try setting.decode("new_value", layer: layer, from: fields)
  }

  package func add(to object: inout JSONObject) {
    object.add("setting", setting.key)
    object.add("layer", layer.map { $0 + 1 })
    object.add("old_value", oldValue)
    object.add("new_value", newValue)
  }
}
