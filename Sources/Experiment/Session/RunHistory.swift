public import Datasets

/// What is known of one run: how it was planned, and what its events have told so far.
public struct RunHistory: Hashable, Sendable {
  /// The run.
  public let id: RunID
  /// What the person calls it.
  public private(set) var name: String
  /// What it is called on the screen, in the language that the program speaks.
  public var shownName: String { RunName.shown(name) }
  /// The settings it was planned with, until it starts; then those that it began or was gone on with.
  public private(set) var initialConfiguration: RunConfiguration
  /// The settings in force: the initial ones and every change since.
  public private(set) var configuration: RunConfiguration
  /// Where it branched off another run, if it did.
  public private(set) var forkedFrom: ForkPoint?
  /// Whether a person took the run out of the session.
  public private(set) var isRemoved: Bool
  /// The run's description, once it has started.
  public private(set) var started: RunStarted?
  /// How many updates its epochs make.
  public private(set) var lengths = EpochLengths(1)
  /// How far the run is, as its steps and epochs tell.
  public private(set) var position: RunPosition
  /// The latest running figures.
  public private(set) var latest: Positioned<StepsCompleted>?
  /// The complete epochs, first to last; those before a fork are the parent's.
  public private(set) var epochs: [Positioned<EpochEvaluated>] = []
  /// What was measured of its layers, first to last; before a fork of the parent's.
  public private(set) var layers: [Positioned<LayersMeasured>] = []
  /// The step of the last epoch before the fork.
  public private(set) var forkedAfter: Int?
  /// Changes made while it ran.
  public private(set) var changes: [Positioned<SettingChanged>] = []
  /// Where it waits, if it does.
  public private(set) var pausedAt: RunPosition?
  /// How the run ended, once it has.
  public private(set) var ended: Positioned<RunEnded>?

  /// A run of which no event has told yet.
  public init(
    _ id: RunID, name: String = "", configuration: RunConfiguration = RunConfiguration(),
    forkedFrom: ForkPoint? = nil, isRemoved: Bool = false
  ) {
    self.id = id
    self.name = name
    initialConfiguration = configuration
    self.configuration = configuration
    self.forkedFrom = forkedFrom
    self.isRemoved = isRemoved
    position = .beginning(of: id)
  }

  /// Whether units were dropped at some time.
  public var usesDropout: Bool {
    initialConfiguration.usesDropout || configuration.usesDropout
      || changes.contains { [.dropout, .inputDropout].contains($0.details.setting) }
  }

  /// Takes in one event of this run.
  mutating func apply(_ event: TrainingEvent) {
    switch event.kind {
    case .runStarted(let start):
      takeBack(from: event.position)
      // A run that is gone on with keeps what is known of its epochs.
      if started == nil || event.position.step == 0 {
        lengths = EpochLengths(start.stepsPerEpoch, at: event.position)
      }
      (started, name, forkedFrom) = (start, start.name, start.forkedFrom)
      (initialConfiguration, configuration) = (start.configuration, start.configuration)
    case .stepsCompleted(let steps):
      latest = Positioned(steps, at: event.position)
      position = event.position
      ended = nil
    case .epochEvaluated(let epoch):
      epochs.append(Positioned(epoch, at: event.position))
      position = event.position
    case .layersMeasured(let measured): layers.append(Positioned(measured, at: event.position))
    case .settingChanged(let change):
      changes.append(Positioned(change, at: event.position))
      configuration.apply(change)
      setLengths(after: Positioned(change, at: event.position))
    case .paused: pausedAt = event.position
    case .resumed: (pausedAt, ended) = (nil, nil)
    case .runRenamed(let renamed): name = renamed.name
    case .runRemoved: isRemoved = true
    case .runEnded(let end): (pausedAt, ended) = (nil, Positioned(end, at: event.position))
    default: break
    }
  }

  /// The lengths of epochs after a change of the batch size: an epoch keeps the size with which it began.
  private mutating func setLengths(after change: Positioned<SettingChanged>) {
    guard change.setting == .batchSize, case .integer(let size) = change.newValue, let started else { return }
    let position = change.position
    lengths.set(started.steps(batchSize: size), from: position.epoch + (position.batch == 0 ? 0 : 1))
  }

  /// Forgets what was told beyond `start`, where the run begins anew or goes on from.
  private mutating func takeBack(from start: RunPosition) {
    (pausedAt, ended) = (nil, nil)
    if start.step < position.step { latest = nil }
    epochs.removeAll { $0.position.step > start.step }
    layers.removeAll { $0.position.step > start.step }
    changes.removeAll { $0.position.step >= start.step }
    position = start
  }

  /// Takes over what was before the fork from the run that this one was forked from.
  mutating func inherit(from parent: RunHistory) {
    guard let forkedFrom else { return }
    let inherited = parent.epochs.filter { $0.position.step <= forkedFrom.step }
    forkedAfter = inherited.last?.position.step
    epochs = inherited + ownEpochs
    layers =
      parent.layers.filter { $0.position.step <= forkedFrom.step }
      + layers.filter { $0.position.step > forkedFrom.step }
    lengths = parent.lengths
    if let started {
      lengths.set(
        started.steps(batchSize: started.configuration.batchSize),
        from: lengths.nextEpoch(at: forkedFrom.step))
    }
    for change in changes { setLengths(after: change) }
  }
}

extension RunHistory {
  /// What it learns.
  public var task: Task.Kind { configuration.dataset.task.kind }

  /// Updates that are known to be made.
  public var step: Int { position.step }

  /// Updates of the whole run.
  public var totalSteps: Int { lengths.steps(through: configuration.epochs) }

  /// The complete epochs since the fork, or all of a run that is none.
  public var ownEpochs: [Positioned<EpochEvaluated>] {
    guard let forkedFrom else { return epochs }
    return epochs.filter { $0.position.step > forkedFrom.step }
  }

  /// The epoch whose weights the run has: the last one, or the one that a run that has ended went back to.
  public var final: Positioned<EpochEvaluated>? {
    guard let epoch = ended?.restoredEpoch else { return epochs.last }
    return epochs.last { $0.position.epoch == epoch } ?? epochs.last
  }

  /// The best of its own epochs by `Figure.selection`, the earliest of equals.
  public var best: Positioned<EpochEvaluated>? {
    ownEpochs.reduce(nil) { best, epoch in epoch.metrics.isBetter(than: best?.metrics) ? epoch : best }
  }

  /// The settings in force for the figures at `step`: a change after step n has a part in step n + 1.
  public func configuration(atStep step: Int) -> RunConfiguration {
    changes.prefix { $0.position.step < step }.reduce(into: initialConfiguration) { $0.apply($1.details) }
  }

  /// The settings in force for the figures at each of `steps`, in the time of one walk through the changes.
  public func configurations(atSteps steps: [Int]) -> [RunConfiguration] {
    var configurations = Array(repeating: initialConfiguration, count: steps.count)
    var configuration = initialConfiguration
    var waiting = changes[...]
    for index in steps.indices.sorted(by: { steps[$0] < steps[$1] }) {
      while let change = waiting.first, change.position.step < steps[index] {
        configuration.apply(change.details)
        waiting.removeFirst()
      }
      configurations[index] = configuration
    }
    return configurations
  }

  /// Images trained on per second of training, over all complete epochs.
  public var imagesPerSecond: Double? {
    let seconds = trainingSeconds
    return seconds > 0 ? Double(epochs.map(\.trainedSamples).reduce(0, +)) / seconds : nil
  }

  /// Seconds that the steps of the complete epochs took.
  public var trainingSeconds: Double { epochs.map(\.trainingSeconds).reduce(0, +) }

  /// Seconds that the evaluations took.
  public var evaluationSeconds: Double { epochs.map(\.evaluationSeconds).reduce(0, +) }

  /// Whether all epochs were made.
  public var isCompleted: Bool { ended?.reason == .completed }

  /// Whether nothing more is to come of it.
  public var isOver: Bool { isRemoved || ended != nil }
}
