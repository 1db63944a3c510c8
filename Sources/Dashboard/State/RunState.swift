package import Experiment
internal import TerminalUI

/// What the dashboard knows of one run.
package struct RunState: Hashable, Sendable {
  /// The run.
  package let id: RunID
  /// What the person calls it.
  package private(set) var name = ""
  /// The settings in force: those it started with and every change since.
  package private(set) var configuration = RunConfiguration()
  /// Its epochs, start and end.
  package private(set) var history = RunHistory()
  /// The last epoch's end before the fork: from there on its curves are its own.
  private(set) var forkedAfter: Int?
  /// Its running training figures.
  package private(set) var curve = RunCurve()
  /// Its latest running figures.
  package private(set) var latest: StepsCompleted?
  /// Changes made while it ran.
  package private(set) var changes: [SettingChanged] = []
  /// Its latest answers to the test images.
  package private(set) var predictions: TestPredicted?
  /// Its layers as they were last seen.
  package private(set) var layers: LayersObserved?
  /// What it said of the test images that it was asked about last.
  package private(set) var examined: ImagesExamined?
  /// How sure it was of all test images when it was last asked.
  package private(set) var uncertainty: UncertaintyMeasured?
  /// Where it waits, if it does.
  package private(set) var pausedAt: RunPosition?
  /// Whether the person does not want to see it in charts and tables.
  var isHidden = false
  private var speed = SpeedEstimate(window: 3)
  private var startedAt: Double?
  private var elapsed = 0.0

  /// A run of which nothing is known yet.
  package init(id: RunID) {
    self.id = id
  }

  /// Takes in one of its events, which arrived at the time `seconds`.
  mutating func record(_ event: TrainingEvent, at seconds: Double) {
    // The clock stands still while it waits for a person.
    let waited = pausedAt != nil || isEnded
    if waited { startedAt = seconds - elapsed }
    if case .stepsCompleted(let steps) = event, steps.isFirst, history.step > 0 { beginAgain() }
    history.record(event)
    switch event {
    case .runStarted(let start):
      name = start.name
      configuration = start.configuration
      startedAt = seconds
      speed.record(completed: Double(start.forkedFrom?.step ?? 0), at: seconds)
    case .stepsCompleted(let steps):
      latest = steps
      curve.record(steps, epochs: epochs(at: steps.position.step))
      speed.record(completed: Double(steps.position.step), at: seconds)
    case .epochEvaluated: speed.record(completed: Double(history.step), at: seconds)
    case .settingChanged(let change):
      changes.append(change)
      configuration.apply(change)
    case .testPredicted(let event): predictions = event
    case .layersObserved(let event): layers = event
    case .imagesExamined(let event): examined = event
    case .uncertaintyMeasured(let event): uncertainty = event
    case .paused(let position): pausedAt = position
    case .resumed:
      pausedAt = nil
      // What lies before a pause says nothing of the speed after it.
      speed = SpeedEstimate(window: 3)
      speed.record(completed: Double(history.step), at: seconds)
    case .runRenamed(let event): name = event.name
    case .runRemoved: break
    case .runEnded: pausedAt = nil
    }
    if let startedAt { elapsed = seconds - startedAt }
  }

  /// Forgets what was told of a run that was restarted.
  private mutating func beginAgain() {
    if let started = history.started { configuration = started.configuration }
    (curve, latest, changes) = (RunCurve(), nil, [])
    (predictions, layers) = (nil, nil)
    (examined, uncertainty) = (nil, nil)
  }

  /// Takes over the epochs before the fork from the run that it was forked from.
  mutating func inherit(from parent: RunState) {
    history.inherit(from: parent.history)
    forkedAfter = history.epochs.last?.position.step
  }

  /// Whether it computes now.
  package var isMoving: Bool { history.started != nil && history.ended == nil && pausedAt == nil }
  /// Whether epochs can be added to it.
  package var canGoOn: Bool { history.started != nil && (!isEnded || history.isCompleted) }
  /// Whether it is over.
  package var isEnded: Bool { history.ended != nil }
  /// Updates of the whole run.
  package var totalSteps: Int { history.lengths.steps(through: configuration.epochs) }
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
  func consequence(of change: SettingChanged) -> String {
    guard change.setting == .epochs, configuration.schedule.decay == .cosine else { return "" }
    let rate = configuration.learningRate(step: change.position.step, lengths: history.lengths)
    return
      ": the cosine ends later, learning rate now \(SettingText.number(rate.rounded(significantDigits: 3)))"
  }

  /// The place of a step on the charts' axis.
  func epochs(at step: Int) -> Double { history.lengths.epochs(at: step) }
}
