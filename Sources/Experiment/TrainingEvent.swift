/// Names a run within one session: 0 is A, 1 is B.
public struct RunID: Codable, Hashable, Sendable, Comparable {
  /// Position among the session's runs, from 0.
  public let index: Int

  /// The run at `index`.
  public init(_ index: Int) { self.index = index }

  /// `A`, `B`, … as it is shown.
  public var letter: String { String(UnicodeScalar(UInt8(ascii: "A") + UInt8(index % 26))) }

  /// Orders runs as they were started.
  public static func < (first: RunID, second: RunID) -> Bool { first.index < second.index }
}

/// Something that happened in a run, in the past tense.
///
/// The only way training speaks to the outside.
public enum TrainingEvent: Codable, Hashable, Sendable {
  /// The run has its weights and begins.
  case runStarted(RunStarted)
  /// One step, or several merged ones, were made.
  case stepsCompleted(StepsCompleted)
  /// An epoch ended and its weights were measured with dropout off.
  case epochEvaluated(EpochEvaluated)
  /// The network's answers to the test images were noted, for a run that is observed.
  case testPredicted(TestPredicted)
  /// The state of the layers was noted, for a run that is observed.
  case layersObserved(LayersObserved)
  /// Some test images were looked at with Monte-Carlo dropout, because a person asked for it.
  case imagesExamined(ImagesExamined)
  /// All test images were passed with Monte-Carlo dropout, because a person asked for it.
  case uncertaintyMeasured(UncertaintyMeasured)
  /// A live change took effect.
  case settingChanged(SettingChanged)
  /// The run waits for a command.
  case paused(RunPosition)
  /// The run goes on, after a pause or because epochs were added to a complete run.
  case resumed(RunPosition)
  /// A person gave the run another name.
  case runRenamed(RunRenamed)
  /// A person took the run out of the session; what it did is kept in the folder.
  case runRemoved(RunID)
  /// The run is over; no event of it follows, unless it is resumed.
  case runEnded(RunEnded)

  /// The run it happened in.
  public var run: RunID {
    switch self {
    case .runStarted(let event): event.run
    case .stepsCompleted(let event): event.position.run
    case .epochEvaluated(let event): event.position.run
    case .testPredicted(let event): event.position.run
    case .layersObserved(let event): event.position.run
    case .imagesExamined(let event): event.position.run
    case .uncertaintyMeasured(let event): event.answers.position.run
    case .settingChanged(let event): event.position.run
    case .paused(let position), .resumed(let position): position.run
    case .runRenamed(let event): event.run
    case .runRemoved(let run): run
    case .runEnded(let event): event.position.run
    }
  }
}

/// A place in a run: after `step` updates, within `epoch`.
public struct RunPosition: Codable, Hashable, Sendable {
  /// The run.
  public var run: RunID
  /// Updates made since the run began.
  public var step: Int
  /// The epoch that contains the position, from 1.
  public var epoch: Int
  /// Batches of that epoch already used.
  public var batch: Int

  /// A place in a run.
  public init(run: RunID, step: Int, epoch: Int, batch: Int) {
    self.run = run
    self.step = step
    self.epoch = epoch
    self.batch = batch
  }
}

/// One step's figures, or those of several neighbouring steps of one epoch merged.
///
/// Dropout is on and the weights move: these are the running training figures.
public struct StepsCompleted: Codable, Hashable, Sendable {
  /// Where the last of the steps ended.
  public var position: RunPosition
  /// How many steps are merged here.
  public var count: Int
  /// Images in these steps.
  public var samples: Int
  /// Sum of the per-sample losses.
  public var lossSum: Double
  /// Correct predictions.
  public var correct: Int
  /// Seconds of training since the run began, without evaluation and pauses.
  public var trainingSeconds: Double

  /// The figures of `count` steps that end at `position`.
  public init(
    position: RunPosition, count: Int, samples: Int, lossSum: Double, correct: Int, trainingSeconds: Double
  ) {
    self.position = position
    self.count = count
    self.samples = samples
    self.lossSum = lossSum
    self.correct = correct
    self.trainingSeconds = trainingSeconds
  }

  /// Whether these are the run's first steps.
  public var isFirst: Bool { position.step == count }

  /// Mean loss and accuracy over the samples of these steps.
  public var measurements: Measurements {
    Measurements(
      .runningTrain, loss: lossSum / Double(samples), accuracy: Double(correct) / Double(samples))
  }

  /// The figures of these steps and the `later` ones together.
  public func merged(with later: StepsCompleted) -> StepsCompleted {
    StepsCompleted(
      position: later.position,
      count: count + later.count,
      samples: samples + later.samples,
      lossSum: lossSum + later.lossSum,
      correct: correct + later.correct,
      trainingSeconds: later.trainingSeconds)
  }
}

/// The figures of an epoch that has just ended.
public struct EpochEvaluated: Codable, Hashable, Sendable {
  /// Where the epoch ended.
  public var position: RunPosition
  /// What was measured.
  public var metrics: Measurements
  /// Images trained on in this epoch.
  public var trainedSamples: Int
  /// Seconds this epoch's steps took, without pauses.
  public var trainingSeconds: Double
  /// Seconds the evaluation over train and test took.
  public var evaluationSeconds: Double

  /// The figures of the epoch that ended at `position`.
  public init(
    position: RunPosition, metrics: Measurements, trainedSamples: Int, trainingSeconds: Double,
    evaluationSeconds: Double
  ) {
    self.position = position
    self.metrics = metrics
    self.trainedSamples = trainedSamples
    self.trainingSeconds = trainingSeconds
    self.evaluationSeconds = evaluationSeconds
  }
}
