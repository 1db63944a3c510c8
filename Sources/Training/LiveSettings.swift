internal import TrainingEvents

extension RunConfiguration {
  /// Sets a live setting and returns its old value, or `nil` and no change if `value` is out of range.
  mutating func set(_ setting: LiveSetting, to value: Double) -> Double? {
    switch setting {
    case .dropout(let layer):
      guard dropout.indices.contains(layer), (0...1).contains(value) else { return nil }
      defer { dropout[layer] = value }
      return dropout[layer]
    case .learningRate:
      guard value > 0, value.isFinite else { return nil }
      defer { learningRate = value }
      return learningRate
    case .weightDecay:
      guard value >= 0, value.isFinite else { return nil }
      defer { weightDecay = value }
      return weightDecay
    case .epochs:
      guard let count = Int(exactly: value), count > 0 else { return nil }
      defer { epochs = count }
      return Double(epochs)
    }
  }
}
