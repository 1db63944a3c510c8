package import Experiment
internal import Messages
internal import TerminalUI

/// What the dashboard knows of one run.
package struct RunState: Hashable, Sendable {
  /// What its events have told so far.
  package private(set) var history: RunHistory
  /// Its running training figures.
  package private(set) var curve = RunCurve()
  /// Its latest answers to the test images.
  package private(set) var predictions: Positioned<TestPredicted>?
  /// What it gives, of a regression.
  package private(set) var fit: Positioned<SamplesFitted>?
  /// Its layers as they were last seen.
  package private(set) var layers: Positioned<LayersObserved>?
  /// What it said of the test images that it was asked about last.
  package private(set) var examined: Positioned<ImagesExamined>?
  /// How sure it was of all test images when it was last asked.
  package private(set) var uncertainty: Positioned<UncertaintyMeasured>?
  /// Its filters and feature maps as they were asked for last.
  package private(set) var pictures: Positioned<FeatureMapsPictured>?
  /// Its weights as they were last seen.
  package private(set) var weights: Positioned<WeightsObserved>?
  /// Whether the person does not want to see it in charts and tables.
  var isHidden = false
  /// What was asked of it and is not done yet, in order.
  private(set) var asked: [SettingChange] = []
  private var speed = SpeedEstimate(window: 3)
  private var startedAt: Double?
  private var elapsed = 0.0

  /// A run of which nothing is known yet.
  package init(id: RunID) {
    history = RunHistory(id)
  }

  /// Takes in what the run that this one was forked from has made its history.
  mutating func inherit(_ history: RunHistory) { self.history = history }

  /// Takes in one of its events, which arrived at the time `seconds` and made its history what it is now.
  mutating func apply(_ event: TrainingEvent, history: RunHistory, at seconds: Double) {
    // The clock stands still while it waits for a person.
    let waited = pausedAt != nil || isEnded
    if waited { startedAt = seconds - elapsed }
    let before = self.history
    self.history = history
    settle(event.kind)
    switch event.kind {
    case .runStarted:
      if event.position.step < before.step { forgetWhatWasSeen() }
      startedAt = seconds
      speed.record(completed: Double(history.step), at: seconds)
    case .stepsCompleted(let steps):
      curve.record(steps, epochs: epochs(at: history.step))
      speed.record(completed: Double(history.step), at: seconds)
    case .epochEvaluated: speed.record(completed: Double(history.step), at: seconds)
    case .testPredicted(let answers): predictions = Positioned(answers, at: event.position)
    case .samplesFitted(let fitted): fit = Positioned(fitted, at: event.position)
    case .layersObserved(let observed): layers = Positioned(observed, at: event.position)
    case .imagesExamined(let answers): examined = Positioned(answers, at: event.position)
    case .weightsObserved(let observed): weights = Positioned(observed, at: event.position)
    case .uncertaintyMeasured(let measured): uncertainty = Positioned(measured, at: event.position)
    case .featureMapsPictured(let pictures): self.pictures = Positioned(pictures, at: event.position)
    case .resumed:
      // What lies before a pause says nothing of the speed after it.
      speed = SpeedEstimate(window: 3)
      speed.record(completed: Double(history.step), at: seconds)
    default: break
    }
    if let startedAt { elapsed = seconds - startedAt }
  }

  /// Notes what is asked of it.
  mutating func ask(_ change: SettingChange) { asked.append(change) }

  /// Forgets what was asked for and is done, or will not be.
  private mutating func settle(_ kind: TrainingEvent.Kind) {
    switch kind {
    case .runStarted: asked = []
    case .settingChanged(let changed):
      guard let place = asked.firstIndex(of: changed.change) else { return }
      // What was asked for before it was done or refused before it.
      asked = asked.enumerated().filter {
        $0.offset > place || $0.element.setting != changed.setting || $0.element.layer != changed.layer
      }.map(\.element)
    case .runEnded(let end):
      // A run that is complete still takes further epochs.
      asked.removeAll { end.reason != .completed || $0.setting != .epochs }
    default: break
    }
  }

  /// Forgets what was seen of a run that was restarted.
  private mutating func forgetWhatWasSeen() {
    curve = RunCurve()
    (predictions, layers, fit) = (nil, nil, nil)
    (examined, uncertainty, pictures, weights) = (nil, nil, nil, nil)
  }

  /// The run.
  package var id: RunID { history.id }
  /// What the person calls it.
  package var name: String { history.shownName }
  /// The settings in force: those it started with and every change since.
  package var configuration: RunConfiguration { history.configuration }
  /// The settings once all that was asked for is done.
  package var wanted: RunConfiguration {
    asked.reduce(configuration) { settings, change in (try? settings.changed(by: change)) ?? settings }
  }
  /// The last epoch's end before the fork: from there on its curves are its own.
  var forkedAfter: Int? { history.forkedAfter }
  /// Its latest running figures.
  package var latest: Positioned<StepsCompleted>? { history.latest }
  /// Changes made while it ran.
  package var changes: [Positioned<SettingChanged>] { history.changes }
  /// Where it waits, if it does.
  package var pausedAt: RunPosition? { history.pausedAt }
  /// Whether it computes now.
  package var isMoving: Bool { history.started != nil && history.ended == nil && pausedAt == nil }
  /// Whether epochs can be added to it.
  package var canGoOn: Bool {
    guard history.started != nil, let ended = history.ended else { return history.started != nil }
    return ended.reason == .completed || ended.reason == .stopped
  }
  /// Whether it is over.
  package var isEnded: Bool { history.ended != nil }
  /// Updates of the whole run.
  package var totalSteps: Int { history.totalSteps }
  /// Share of the run that is done.
  package var share: Double { Double(history.step) / Double(max(1, totalSteps)) }
  /// Seconds since it started, up to its latest event, without pauses.
  ///
  /// The events of a recorded run come all at once, but its epochs tell how long they took.
  package var elapsedSeconds: Double { max(elapsed, history.trainingSeconds + history.evaluationSeconds) }
  /// Seconds until it ends at the present speed, if that is known.
  package var secondsRemaining: Double? { speed.secondsRemaining(total: Double(totalSteps)) }
  /// Images per second of training at present.
  package var imagesPerSecond: Double? {
    guard let latest, latest.trainingSeconds > 0, let started = history.started else { return nil }
    let epochImages = Double(started.trainCount)
    return epochImages * epochs(at: latest.position.step) / latest.trainingSeconds
  }

  /// What a change brings with it, as the end of a sentence about it: epochs spread a cosine anew.
  func consequence(of change: Positioned<SettingChanged>) -> String {
    guard change.setting == .epochs, configuration.schedule.decay == .cosine else { return "" }
    let rate = configuration.learningRate(step: change.position.step, lengths: history.lengths)
    let text = SettingText.number(rate.rounded(significantDigits: 3))
    return says(": the cosine ends later, learning rate now \(text)", "：余弦结束得更晚，学习率现为 \(text)")
  }

  /// Where a step is on the charts' axis.
  func epochs(at step: Int) -> Double { history.lengths.epochs(at: step) }
}
