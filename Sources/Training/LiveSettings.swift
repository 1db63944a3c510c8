internal import TrainingEvents

extension RunConfiguration {
  /// Sets a live setting and returns its old value, or `nil` and no change if `value` is out of range.
  mutating func set(_ setting: LiveSetting, to value: Double) -> Double? {
    guard setting.accepts(value) else { return nil }
    switch setting {
    case .dropout(let layer):
      guard dropout.indices.contains(layer) else { return nil }
      defer { dropout[layer] = value }
      return dropout[layer]
    case .learningRate:
      defer { learningRate = value }
      return learningRate
    case .weightDecay:
      defer { weightDecay = value }
      return weightDecay
    case .epochs:
      defer { epochs = Int(value) }
      return Double(epochs)
    }
  }
}
