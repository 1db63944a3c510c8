internal import Experiment

/// Settings that keys change while runs train.
extension DashboardState {
  /// Lets every run that can go on make more epochs.
  func addEpochs(_ count: Int) -> [DashboardEffect] {
    listedRuns.filter(\.canGoOn).map { run in
      .send(.set(.epochs, to: Double(run.configuration.epochs + count)), to: run.id)
    }
  }

  func changeDropout(by difference: Double) -> [DashboardEffect] {
    guard let selected, selected.configuration.dropout.indices.contains(selectedLayer) else { return [] }
    // Twentieths, so that ten steps of 0.05 are exactly 0.5.
    let twentieths = (selected.configuration.dropout[selectedLayer] * 20 + difference * 20).rounded()
    return setDropout(min(max(twentieths / 20, 0), 1))
  }

  /// Changes the selected run and those that repeat it: they would not repeat it any more.
  private func set(_ setting: LiveSetting, to value: Double) -> [DashboardEffect] {
    selectedSide.filter { !$0.isEnded }.map { .send(.set(setting, to: value), to: $0.id) }
  }

  func setDropout(_ probability: Double) -> [DashboardEffect] {
    guard selected != nil else { return [] }
    return set(.dropout(layer: selectedLayer), to: probability)
  }

  func scaleLearningRate(by factor: Double) -> [DashboardEffect] {
    guard let selected else { return [] }
    let rate = min(max(selected.configuration.learningRate * factor, 1e-6), 1000)
    return set(.learningRate, to: rate.rounded(significantDigits: 4))
  }

  /// Scales a penalty; below the smallest value there is only 0.
  func scale(
    _ setting: LiveSetting, _ value: KeyPath<RunConfiguration, Double>, by factor: Double, smallest: Double
  ) -> [DashboardEffect] {
    guard let selected else { return [] }
    let old = selected.configuration[keyPath: value]
    let new = factor > 1 ? max(old * factor, smallest) : old * factor < smallest ? 0 : old * factor
    return set(setting, to: min(new, 1000).rounded(significantDigits: 4))
  }

  func changeLabelSmoothing(by difference: Double) -> [DashboardEffect] {
    guard let selected else { return [] }
    let twentieths = ((selected.configuration.labelSmoothing + difference) * 20).rounded()
    return set(.labelSmoothing, to: min(max(twentieths / 20, 0), 0.95))
  }

  /// From images as they are to mirrored ones, to mirrored and moved ones, and back.
  func cycleAugmentation() -> [DashboardEffect] {
    guard let selected else { return [] }
    let old = selected.configuration.augmentation
    let moves = old.flip && old.shift == 0
    let new: [(LiveSetting, Double)] = [
      (.flip, moves || !old.isActive ? 1 : 0), (.shift, moves ? Double(Augmentation.usualShift) : 0),
    ]
    return new.flatMap { set($0, to: $1) }
  }
}

extension Double {
  /// The nearest number with so many significant decimal digits: what a person sees is what is set.
  func rounded(significantDigits digits: Int) -> Double {
    guard self != 0, isFinite else { return self }
    var scale = 1.0
    let limit = (0..<digits).reduce(1.0) { limit, _ in limit * 10 }
    while magnitude * scale < limit / 10 { scale *= 10 }
    while magnitude * scale >= limit { scale /= 10 }
    return (self * scale).rounded() / scale
  }
}
