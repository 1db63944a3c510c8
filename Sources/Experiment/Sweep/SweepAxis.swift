internal import Messages

/// A setting and the values that a sweep gives it.
///
/// Commas separate values, so what belongs to one network is joined otherwise: the widths of its hidden layers by `x`
/// (`256x128`), their dropout probabilities by `/` (`0.2/0.5`). One probability alone is that of every hidden layer.
public struct SweepAxis: Hashable, Sendable {
  /// The setting.
  public let setting: Setting
  /// The values in a sweep's spelling, in the order given.
  public let values: [String]

  /// An axis of given values.
  public init(_ setting: Setting, values: [String]) {
    self.setting = setting
    self.values = values
  }

  /// Reads a list of values.
  ///
  /// - Throws: `ConfigurationError` if it is no list of different values.
  public init(_ setting: Setting, list text: String) throws(ConfigurationError) {
    self.init(setting, values: try SweepValues.expand(text, of: setting))
  }

  /// `value` as the setting itself is spelt, for a network of `depth` layers with dropout.
  ///
  /// - Throws: `ConfigurationError` if it cannot be one network's value.
  func text(of value: String, depth: Int) throws(ConfigurationError) -> String {
    switch setting {
    case .hidden where value != SettingText.none:
      let widths = value.split(separator: "x", omittingEmptySubsequences: false)
      guard widths.allSatisfy({ Int($0) != nil }) else {
        throw ConfigurationError(
          .hidden, value,
          says("expected the widths of one network's hidden layers, joined by x", "应为一个网络各隐藏层的宽度，以 x 相连"),
          remedy: says(
            "Give for example 64,256x256 for two networks, the second of two hidden layers",
            "例如用 64,256x256 表示两个网络，后一个有两个隐藏层"))
      }
      return SettingText.list(widths.map(String.init))
    case .dropout where value != SettingText.none:
      let probabilities = value.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      if depth == 0, probabilities.count == 1 { return SettingText.none }
      guard probabilities.count == 1 || probabilities.count == depth else {
        throw ConfigurationError(
          .dropout, value,
          says(
            "\(probabilities.count) probabilities joined by / are for as many layers with dropout; this network has \(depth)",
            "以 / 相连的 \(probabilities.count) 个概率要用于同样多的暂退层；这个网络有 \(depth) 个"),
          remedy: says(
            "Give one probability for every layer, as in 0.5, or one for each, as in 0.2/0.5",
            "各层共用一个概率，如 0.5，或每层一个，如 0.2/0.5"))
      }
      return SettingText.list(probabilities)
    default: return value
    }
  }
}
