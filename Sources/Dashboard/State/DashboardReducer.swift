public import TerminalUI
internal import TrainingEvents

extension DashboardState {
  /// Answers a key: changes what is shown, and returns what is asked of the outside.
  public mutating func press(_ key: Key) -> [DashboardEffect] {
    if let question { return answer(question, with: key) }
    if key == .control("c") { return leave() }
    guard let action = KeyBindings.action(for: key, in: self) else { return [] }
    return perform(action)
  }

  /// Does what was asked for.
  mutating func perform(_ action: DashboardAction) -> [DashboardEffect] {
    message = ""
    switch action {
    case .pauseOrResume: return [.sendToAll(isPaused ? .resume : .pause)]
    case .oneStep: return [.sendToAll(.advanceOneStep)]
    case .oneEpoch: return [.sendToAll(.advanceOneEpoch)]
    case .stop: return [.sendToAll(.stop)]
    case .addEpoch: return addEpochs(1)
    case .addTenEpochs: return addEpochs(10)
    case .restart: return restart(newSeed: false)
    case .restartWithNewSeed: return restart(newSeed: true)
    case .lowerDropout: return changeDropout(by: -0.05)
    case .raiseDropout: return changeDropout(by: 0.05)
    case .lowerLearningRate: return scaleLearningRate(by: 1 / 1.25)
    case .raiseLearningRate: return scaleLearningRate(by: 1.25)
    case .addReplicates: return [.addReplicates]
    case .lowerWeightDecay: return scale(.weightDecay, \.weightDecay, by: 0.5, smallest: 1e-5)
    case .raiseWeightDecay: return scale(.weightDecay, \.weightDecay, by: 2, smallest: 1e-5)
    case .lowerL1: return scale(.l1, \.l1, by: 0.5, smallest: 1e-7)
    case .raiseL1: return scale(.l1, \.l1, by: 2, smallest: 1e-7)
    case .lowerLabelSmoothing: return changeLabelSmoothing(by: -0.05)
    case .raiseLabelSmoothing: return changeLabelSmoothing(by: 0.05)
    case .cycleAugmentation: return cycleAugmentation()
    case .typeDropout: question = .dropout(text: "")
    case .fork: askForFork()
    case .renameRun: askForName()
    case .removeRun: askForRemoval()
    case .quit: return quit()
    case .cancel: cancel()
    case .cycleOrdering: return cycleOrdering()
    case .toggleMonteCarlo:
      showsMonteCarlo.toggle()
      return showsMonteCarlo ? measureUncertainty() : []
    case .help: help = help.next
    default: performOnScreen(action)
    }
    return []
  }

  /// Does what changes only the picture.
  private mutating func performOnScreen(_ action: DashboardAction) {
    switch action {
    case .nextRun: selectNextRun()
    case .toggleRun: toggleRun()
    case .previousLayer: selectedLayer = max(0, selectedLayer - 1)
    case .nextLayer: selectedLayer = min(max(0, layerCount - 1), selectedLayer + 1)
    case .view(let view):
      self.view = view
      settings.view = view
      help = .closed
    case .toggleLogarithm: settings.isLogarithmic.toggle()
    case .toggleBeginning:
      settings.showsBeginning.toggle()
      message = settings.showsBeginning ? "room for the first epoch" : "scaled from epoch 1 on"
    case .cycleSmoothing:
      settings.smoothing = settings.smoothing < 0.3 ? 0.6 : settings.smoothing < 0.8 ? 0.9 : 0
      message =
        settings.smoothing == 0 ? "no smoothing" : "smoothing \(SettingText.number(settings.smoothing))"
    case .cycleGlyphs:
      let sets = GlyphSet.allCases.filter { terminalGlyphs != .ascii || $0 == .ascii }
      let next = (sets.firstIndex(of: glyphs) ?? 0) + 1
      settings.glyphs = sets[next % sets.count]
    case .toggleBands: settings.showsBands.toggle()
    case .toggleColors: settings.showsColors.toggle()
    case .toggleMouse:
      settings.usesMouse.toggle()
      message = settings.usesMouse ? "mouse on: click a chart or a run, turn the wheel" : "mouse off"
    case .previousSample: leaf(by: -1)
    case .nextSample: leaf(by: 1)
    case .previousSamples: leaf(by: -10)
    case .nextSamples: leaf(by: 10)
    case .firstSample: if showsPreview { selectPreview(at: 0) } else { selectedSample = nil }
    case .lastSample:
      if showsPreview { selectPreview(at: .max) } else { selectSample(at: sampleOrder.count - 1) }
    case .togglePreview: previewsAugmentation.toggle()
    case .toggleConfusion: showsConfusion.toggle()
    case .nextDemonstration: demonstration = demonstration == .dropoutLayer ? .activations : .dropoutLayer
    case .previousDemonstrationValue: changeDemonstration(by: -1)
    case .nextDemonstrationValue: changeDemonstration(by: 1)
    case .drawDemonstrationAgain: demonstratedDraw += 1
    case .zoomIn: zoom(by: 0.5)
    case .zoomOut: zoom(by: 2)
    case .panLeft: pan(by: -0.25)
    case .panRight: pan(by: 0.25)
    case .cursorLeft: moveCursor(by: -1)
    case .cursorRight: moveCursor(by: 1)
    default: break
    }
  }

  /// Makes a run the one whose settings the keys change.
  mutating func select(run: Int) {
    selectedRun = run
    selectedLayer = min(selectedLayer, max(0, layerCount - 1))
    sortSamples()
  }

  /// Shows the image so many places on, of those on the page.
  private mutating func leaf(by places: Int) {
    if showsPreview { selectPreview(at: previewRank + places) } else { selectSample(at: sampleRank + places) }
  }

  private mutating func selectSample(at rank: Int) {
    guard !sampleOrder.isEmpty else { return }
    selectedSample = sampleOrder[min(max(rank, 0), sampleOrder.count - 1)]
  }

  /// Shows the next probability, or the next function after the last one the first.
  private mutating func changeDemonstration(by step: Int) {
    guard let demonstrations else { return }
    switch demonstration {
    case .dropoutLayer:
      demonstratedSetting = min(max(demonstratedSetting + step, 0), demonstrations.dropout.settings.count - 1)
    case .activations:
      let count = max(1, demonstrations.activations.count)
      demonstratedActivation = (demonstratedActivation + step + count) % count
    }
  }

  // MARK: Settings

  /// Lets every run that can go on make more epochs.
  private func addEpochs(_ count: Int) -> [DashboardEffect] {
    listedRuns.filter(\.canGoOn).map { run in
      .send(.set(.epochs, to: Double(run.configuration.epochs + count)), to: run.id)
    }
  }

  private func changeDropout(by difference: Double) -> [DashboardEffect] {
    guard let selected, selected.configuration.dropout.indices.contains(selectedLayer) else { return [] }
    // Twentieths, so that ten steps of 0.05 are exactly 0.5.
    let twentieths = (selected.configuration.dropout[selectedLayer] * 20 + difference * 20).rounded()
    return setDropout(min(max(twentieths / 20, 0), 1))
  }

  /// Changes the selected run and those that repeat it: they would not repeat it any more.
  private func set(_ setting: LiveSetting, to value: Double) -> [DashboardEffect] {
    selectedSide.filter { !$0.isEnded }.map { .send(.set(setting, to: value), to: $0.id) }
  }

  private func setDropout(_ probability: Double) -> [DashboardEffect] {
    guard selected != nil else { return [] }
    return set(.dropout(layer: selectedLayer), to: probability)
  }

  private func scaleLearningRate(by factor: Double) -> [DashboardEffect] {
    guard let selected else { return [] }
    let rate = min(max(selected.configuration.learningRate * factor, 1e-6), 1000)
    return set(.learningRate, to: rate.rounded(significantDigits: 4))
  }

  /// Scales a penalty; below the smallest value there is only 0.
  private func scale(
    _ setting: LiveSetting, _ value: KeyPath<RunConfiguration, Double>, by factor: Double, smallest: Double
  ) -> [DashboardEffect] {
    guard let selected else { return [] }
    let old = selected.configuration[keyPath: value]
    let new = factor > 1 ? max(old * factor, smallest) : old * factor < smallest ? 0 : old * factor
    return set(setting, to: min(new, 1000).rounded(significantDigits: 4))
  }

  private func changeLabelSmoothing(by difference: Double) -> [DashboardEffect] {
    guard let selected else { return [] }
    let twentieths = ((selected.configuration.labelSmoothing + difference) * 20).rounded()
    return set(.labelSmoothing, to: min(max(twentieths / 20, 0), 0.95))
  }

  /// From images as they are to mirrored ones, to mirrored and moved ones, and back.
  private func cycleAugmentation() -> [DashboardEffect] {
    guard let selected else { return [] }
    let old = selected.configuration.augmentation
    let moves = old.flip && old.shift == 0
    let new: [(LiveSetting, Double)] = [
      (.flip, moves || !old.isActive ? 1 : 0), (.shift, moves ? Double(Augmentation.usualShift) : 0),
    ]
    return new.flatMap { set($0, to: $1) }
  }

  // MARK: Questions

  private mutating func quit() -> [DashboardEffect] {
    guard !isEnded, !runs.isEmpty, !isReplay else { return leave() }
    question = .quit
    return []
  }

  private func leave() -> [DashboardEffect] { [.sendToAll(.stop), .leave] }

  private mutating func answer(_ question: Question, with key: Key) -> [DashboardEffect] {
    switch (question, key) {
    case (_, .control("c")): return leave()
    case (.quit, .character("y")): return leave()
    case (.remove, .character("y")): return remove()
    case (.quit, .character("n")), (.remove, .character("n")), (_, .escape):
      self.question = nil
      message = ""
    case (.fork(let text), .enter): return fork(text)
    case (.rename(let text), .enter): return rename(to: text)
    case (.fork(let text), _):
      message = ""
      self.question = .fork(text: text.edited(with: key, limit: 60))
    case (.rename(let text), _): self.question = .rename(text: text.edited(with: key, limit: 40))
    case (.dropout(let text), .backspace): self.question = .dropout(text: String(text.dropLast()))
    case (.dropout(let text), .character(let character)) where "0123456789.".contains(character):
      if text.count < 8 { self.question = .dropout(text: text + String(character)) }
    case (.dropout(let text), .enter):
      self.question = nil
      guard let probability = Double(text), (0...1).contains(probability) else {
        message = "dropout stays: \(text.isEmpty ? "nothing" : text) is no probability in 0...1"
        return []
      }
      return setDropout(probability)
    default: break
    }
    return []
  }

  private mutating func cancel() {
    if showsHelp {
      help = .closed
    } else if cursor != nil {
      cursor = nil
    } else {
      zoom = nil
    }
  }

  private mutating func restart(newSeed: Bool) -> [DashboardEffect] {
    runs = []
    selectedRun = 0
    sampleOrder = []
    askedImages = nil
    selectedSample = nil
    zoom = nil
    cursor = nil
    return [.restart(newSeed: newSeed)]
  }

  // MARK: Charts

  private mutating func zoom(by factor: Double) {
    let whole = 0...max(1, epochs)
    let shown = visibleEpochs
    let center = cursor ?? (shown.lowerBound + shown.upperBound) / 2
    let width = (shown.upperBound - shown.lowerBound) * factor
    guard width < whole.upperBound else {
      zoom = nil
      return
    }
    let lower = min(max(0, center - width / 2), whole.upperBound - width)
    if width >= 0.02 { zoom = lower...lower + width }
  }

  private mutating func pan(by share: Double) {
    guard let shown = zoom else { return }
    let width = shown.upperBound - shown.lowerBound
    let lower = min(max(0, shown.lowerBound + share * width), max(1, epochs) - width)
    zoom = lower...lower + width
  }

  private mutating func moveCursor(by steps: Double) {
    let shown = visibleEpochs
    let reached = runs.map { $0.epochs(at: $0.history.step) }.max() ?? 0
    let stride = (shown.upperBound - shown.lowerBound) / 40
    let start = cursor ?? min(reached, shown.upperBound)
    cursor = min(max(start + steps * stride, shown.lowerBound), shown.upperBound)
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
