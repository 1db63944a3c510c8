internal import Experiment
package import TerminalUI

extension DashboardState {
  /// Answers a key: changes what is shown, and returns what is asked of the outside.
  package mutating func press(_ key: Key) -> [DashboardEffect] {
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
    case .restart: return askForRestart(newSeed: false)
    case .restartWithNewSeed: return askForRestart(newSeed: true)
    case .lowerDropout: return changeDropout(by: -0.05)
    case .raiseDropout: return changeDropout(by: 0.05)
    case .lowerLearningRate: return scaleLearningRate(by: 1 / 1.25)
    case .raiseLearningRate: return scaleLearningRate(by: 1.25)
    case .addReplicates: return [.addReplicates(isPaused: isPaused)]
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
    case .help: helpPage = helpPage.map { $0 + 1 } ?? 0
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
      // Whoever trains the next time wants to see that.
      if view != .demonstrations { settings.view = view }
      helpPage = nil
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
}
