/// What the events of one run have told so far.
public struct RunHistory: Hashable, Sendable {
  /// The run's description, once it has started.
  public private(set) var started: RunStarted?
  /// The complete epochs, first to last; those before a fork are the parent's.
  public private(set) var epochs: [EpochEvaluated] = []
  /// The latest step that is known.
  public private(set) var step = 0
  /// How many updates its epochs make.
  public private(set) var lengths = EpochLengths(1)
  /// How the run ended, once it has.
  public private(set) var ended: RunEnded?
  /// Whether a person took the run out of the session.
  public private(set) var isRemoved = false

  /// A run of which nothing is known yet.
  public init() {}

  /// Takes in one event of this run.
  public mutating func record(_ event: TrainingEvent) {
    switch event {
    case .runStarted(let event):
      started = event
      // A run that is gone on with keeps what is known of its epochs.
      if step == 0 { lengths = event.lengths }
    case .stepsCompleted(let event):
      // Whoever follows a recorded run sees it begin again when it was restarted.
      if event.isFirst, step > 0, let started {
        epochs = []
        lengths = started.lengths
      }
      step = event.position.step
      ended = nil
    case .epochEvaluated(let event):
      epochs.append(event)
      step = event.position.step
    case .resumed: ended = nil
    case .runRenamed(let event): started?.name = event.name
    case .runRemoved: isRemoved = true
    case .settingChanged(let event):
      if event.setting == .batchSize, case .integer(let size) = event.newValue, let started {
        // An epoch keeps the size with which it began.
        lengths.set(
          started.steps(batchSize: size), from: event.position.epoch + (event.position.batch == 0 ? 0 : 1))
      }
    case .testPredicted, .layersObserved, .imagesExamined, .uncertaintyMeasured, .paused: break
    case .runEnded(let event): ended = event
    }
  }

  /// Takes over what was before the fork from the run that this one was forked from.
  public mutating func inherit(from parent: RunHistory) {
    guard let fork = started?.forkedFrom else { return }
    epochs = parent.epochs.filter { $0.position.step <= fork.step } + ownEpochs
    lengths = parent.lengths
    if let started {
      lengths.set(
        started.steps(batchSize: started.configuration.batchSize), from: lengths.nextEpoch(at: fork.step))
    }
    step = max(step, fork.step)
  }

  /// The complete epochs since the fork, or all of a run that is none.
  public var ownEpochs: [EpochEvaluated] {
    guard let fork = started?.forkedFrom else { return epochs }
    return epochs.filter { $0.position.step > fork.step }
  }

  /// The epoch whose weights the run has: the last one, or the one that a run that has ended went back to.
  public var final: EpochEvaluated? {
    guard let epoch = ended?.restoredEpoch else { return epochs.last }
    return epochs.last { $0.position.epoch == epoch } ?? epochs.last
  }

  /// The best of its own epochs by `Figure.selection`, the earliest of equals.
  public var best: EpochEvaluated? {
    ownEpochs.reduce(nil) { best, epoch in epoch.metrics.isBetter(than: best?.metrics) ? epoch : best }
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
}

extension [RunHistory] {
  /// Takes in one event of any run, the first of a further one too.
  public mutating func record(_ event: TrainingEvent) {
    let index = event.run.index
    while count <= index { append(RunHistory()) }
    self[index].record(event)
    guard case .runStarted(let start) = event, let fork = start.forkedFrom, fork.run < start.run else {
      return
    }
    self[index].inherit(from: self[fork.run.index])
  }
}

extension EpochEvaluated {
  /// Images trained on per second of training, or `nil` if no time was measured.
  public var imagesPerSecond: Double? {
    trainingSeconds > 0 ? Double(trainedSamples) / trainingSeconds : nil
  }
}
