/// A setting that can change while a run is under way.
public enum LiveSetting: Codable, Hashable, Sendable {
  /// Probability to drop units of hidden layer `layer` (from 0).
  case dropout(layer: Int)
  /// The learning rate.
  case learningRate
  /// The weight decay λ.
  case weightDecay
  /// The strength of the L1 penalty.
  case l1
  /// ε of label smoothing.
  case labelSmoothing
  /// Whether half of the training images are mirrored: 0 or 1.
  case flip
  /// By up to how many pixels training images are moved.
  case shift
  /// How many epochs the run makes in all, at least those that have begun.
  case epochs
}

extension LiveSetting {
  /// The setting in words.
  public var title: String {
    switch self {
    case .dropout(let layer): "dropout of layer \(layer + 1)"
    case .learningRate: "learning rate"
    case .weightDecay: "weight decay"
    case .l1: "L1 penalty"
    case .labelSmoothing: "label smoothing"
    case .flip: "mirrored images"
    case .shift: "shift in pixels"
    case .epochs: "epochs"
    }
  }

  /// Whether a run can have the setting at `value`.
  public func accepts(_ value: Double) -> Bool {
    switch self {
    case .dropout: (0...1).contains(value)
    case .learningRate: value > 0 && value.isFinite
    case .weightDecay: value >= 0 && value.isFinite
    case .l1: (0...1000).contains(value)
    case .labelSmoothing: (0..<1).contains(value)
    case .flip: value == 0 || value == 1
    case .shift: Int(exactly: value).map((0...Augmentation.largestShift).contains) ?? false
    case .epochs: Int(exactly: value).map((1...RunConfiguration.largestEpochCount).contains) ?? false
    }
  }
}

/// A live change and the first step that it applies to.
public struct SettingChanged: Codable, Hashable, Sendable {
  /// Updates made before the change: the next step is the first with the new value.
  public var position: RunPosition
  /// The setting.
  public var setting: LiveSetting
  /// The value before.
  public var oldValue: Double
  /// The value from now on.
  public var newValue: Double

  /// A change at `position`.
  public init(position: RunPosition, setting: LiveSetting, oldValue: Double, newValue: Double) {
    self.position = position
    self.setting = setting
    self.oldValue = oldValue
    self.newValue = newValue
  }
}
