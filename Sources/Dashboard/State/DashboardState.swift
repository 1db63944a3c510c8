package import Experiment
package import TerminalUI

/// Everything the dashboard shows: a value that events and keys change, and views draw.
package struct DashboardState: Hashable, Sendable {
  /// What is written above and cannot change: the data and the program.
  package var caption: String
  /// The runs, A first.
  package internal(set) var runs: [RunState] = []
  /// The page.
  package internal(set) var view: DashboardView
  /// The run whose settings the keys change.
  package internal(set) var selectedRun = 0
  /// The hidden layer whose dropout the keys change.
  package internal(set) var selectedLayer = 0
  /// What a person sets once.
  package internal(set) var settings: DashboardSettings
  /// The best glyphs that the terminal has.
  package let terminalGlyphs: GlyphSet
  /// The colours that the terminal has.
  package let terminalColors: TerminalTraits.Colors
  /// Where the events come from.
  package let origin: Origin
  /// The test images, if there are any to show.
  package let testImages: TestImages?
  /// The test images by how much there is to see in the answers of the runs.
  package internal(set) var sampleOrder: [Int] = []
  /// What that order is by.
  package internal(set) var sampleOrdering = SampleOrdering.disagreement
  /// The images that the runs were asked about last.
  var askedImages: ShownImages?
  /// Whether the calibration is that of passes with dropout.
  package internal(set) var showsMonteCarlo = false
  /// The test image that was chosen; `nil` for the first of the order.
  package internal(set) var selectedSample: Int?
  /// Whether the confusion matrix is shown where there is no room for it beside the images.
  package internal(set) var showsConfusion = false
  /// Whether training images as runs learn from them are shown in place of test images.
  package internal(set) var previewsAugmentation = false
  /// Place of the shown training image among those of a run.
  var previewRank = 0
  /// That image.
  var preview: AugmentedImage?
  /// What the demonstrations show, if they are there.
  package let demonstrations: Demonstrations?
  /// The demonstration that is shown.
  package internal(set) var demonstration = Demonstrations.Name.dropoutLayer
  /// The place of the probability whose dropout is shown; the middle one at first.
  package internal(set) var demonstratedSetting: Int
  /// Which mask is shown.
  package internal(set) var demonstratedDraw = 0
  /// The place of the activation function that is shown.
  package internal(set) var demonstratedActivation = 0
  /// Part of the runs that the charts show, in epochs; `nil` for all.
  package internal(set) var zoom: ClosedRange<Double>?
  /// Place at which the values are read, in epochs.
  package internal(set) var cursor: Double?
  /// The page of the help that is open, from 0.
  var helpPage: Int?
  /// Whether the help is open.
  package var showsHelp: Bool { helpPage != nil }
  /// What is being asked.
  package internal(set) var question: Question?
  /// The latest change or refusal, in words.
  package internal(set) var message = ""
  /// Time of the latest event, in seconds since the start.
  package private(set) var seconds = 0.0

  /// Where the events of a dashboard come from.
  package enum Origin: Hashable, Sendable {
    /// Runs that the keys steer.
    case training
    /// A recording, which is replayed in its time.
    case recording
    /// The folders of runs that are over, or that another program makes.
    case folders
  }

  /// A question that waits for an answer.
  package enum Question: Hashable, Sendable {
    /// Whether to stop the runs and leave.
    case quit
    /// A dropout probability, as far as it is typed.
    case dropout(text: String)
    /// What a fork of the selected run changes, as far as it is typed.
    case fork(text: String)
    /// The selected run's new name, as far as it is typed.
    case rename(text: String)
    /// Whether to remove the selected run, which is called so.
    case remove(name: String)
    /// Whether to begin all runs anew, with the next seed if wanted.
    case restart(newSeed: Bool)
  }

  /// A dashboard of which no run has started.
  package init(
    caption: String, settings: DashboardSettings = DashboardSettings(), terminalGlyphs: GlyphSet,
    terminalColors: TerminalTraits.Colors = .palette256, testImages: TestImages? = nil,
    demonstrations: Demonstrations? = nil, origin: Origin = .training
  ) {
    self.demonstrations = demonstrations
    demonstratedSetting = (demonstrations?.dropout.settings.count ?? 0) / 2
    self.origin = origin
    self.caption = caption
    self.terminalColors = terminalColors
    self.testImages = testImages
    self.settings = settings
    self.terminalGlyphs = terminalGlyphs
    view = settings.view
  }

  /// Takes in an event that arrived at the time `seconds`.
  package mutating func record(_ event: TrainingEvent, at seconds: Double) {
    self.seconds = seconds
    let index = event.run.index
    while runs.count <= index { runs.append(RunState(id: RunID(runs.count))) }
    runs[index].record(event, at: seconds)
    note(event)
    if case .settingChanged(let change) = event {
      message = change.sentence(names: runs.map(\.name)) + runs[index].consequence(of: change)
    }
    switch event {
    case .testPredicted, .uncertaintyMeasured:
      if let testImages { runs[index].assess(labels: testImages.labels) }
      sortSamples()
    default: break
    }
  }

  /// Whether nothing that is shown can be changed.
  var isReplay: Bool { origin != .training }
  /// Whether the events can be paused and stopped.
  var canBePaused: Bool { origin != .folders }
  /// The characters to draw with.
  package var glyphs: GlyphSet { settings.glyphs ?? terminalGlyphs }
  /// Whether colours are wanted.
  package var showsColors: Bool { settings.showsColors }
  /// Place of the shown test image in the order.
  var sampleRank: Int { selectedSample.flatMap(sampleOrder.firstIndex) ?? 0 }
  /// Whether any run computes.
  package var isMoving: Bool { runs.contains(where: \.isMoving) }
  /// Whether the runs wait for the person.
  package var isPaused: Bool { !isMoving && runs.contains { $0.pausedAt != nil } }
  /// Whether every run is over.
  package var isEnded: Bool { !runs.isEmpty && runs.allSatisfy(\.isEnded) }

  /// The run whose settings the keys change, if there is one.
  var selected: RunState? { runs.indices.contains(selectedRun) ? runs[selectedRun] : nil }
  /// Hidden layers of the selected run.
  var layerCount: Int { selected?.configuration.dropout.count ?? 0 }
  /// Whether settings of the selected run can change.
  var canChangeSettings: Bool {
    !isReplay && selected.map { $0.history.started != nil && !$0.isEnded } ?? false
  }
  /// Whether some run can make more epochs.
  var canAddEpochs: Bool { !isReplay && listedRuns.contains(where: \.canGoOn) }
  /// Whether another seed can be begun: training, with a seed for each side.
  var canAddReplicates: Bool {
    origin == .training && !replicates.seeds.isEmpty && replicates.sides.count <= 2
      && !listedRuns.contains { $0.history.ended?.reason == .stopped }
      && Set(replicates.sides.map(\.seeds)).count == 1
  }
  /// Whether there are test images on the page.
  var showsSamples: Bool { view == .samples && !previewsAugmentation && !sampleOrder.isEmpty }
  /// Whether there are demonstrations on the page.
  var showsDemonstrations: Bool { view == .demonstrations && demonstrations != nil }
  /// Whether there is a layer whose dropout can change.
  var canChangeDropout: Bool { canChangeSettings && layerCount > 0 }
  /// The epochs that the longest run is meant to make.
  var epochs: Double { Double(shownRuns.map(\.configuration.epochs).max() ?? 1) }
  /// What the charts show of the epochs.
  var visibleEpochs: ClosedRange<Double> { zoom ?? 0...max(1, epochs) }
}

extension SettingChanged {
  /// The change in words.
  func sentence(names: [String]) -> String {
    let name = names.indices.contains(position.run.index) ? names[position.run.index] : position.run.letter
    return "\(name): \(setting.title) \(setting.text(oldValue)) → \(setting.text(newValue))"
      + " from step \(NumberText.grouped(position.step + 1))"
  }
}

extension LiveSetting {
  /// The setting as a mark in a chart names it.
  var symbol: String {
    switch self {
    case .dropout(let layer): "p\(layer + 1)"
    case .learningRate: "lr"
    case .weightDecay: "wd"
    case .l1: "L1"
    case .labelSmoothing: "ls"
    case .flip: "flip"
    case .shift: "shift"
    case .epochs: "epochs"
    }
  }

  /// A value of the setting.
  func text(_ value: Double) -> String {
    switch self {
    case .dropout: NumberText.fixed(value, decimals: 2)
    case .flip: value == 0 ? "off" : "on"
    case .learningRate, .weightDecay, .l1, .labelSmoothing, .shift, .epochs: SettingText.number(value)
    }
  }
}
