internal import Experiment
internal import Messages
internal import NeuralNetwork

/// What steps change of a run: all that a checkpoint keeps.
struct TrainingState {
  /// The settings in force.
  private(set) var configuration: RunConfiguration
  private(set) var network: Network
  private var optimizer: any Optimizer
  private(set) var position: RunPosition
  /// The settings with which the epoch began that is under way.
  private(set) var epochConfiguration: RunConfiguration
  /// Epochs that are complete, and measured where they are to be.
  private(set) var completedEpochs = 0
  /// The steps of the epoch that is under way.
  private(set) var running = StepsCompleted.none
  /// Whether the weights that the last complete epoch ended with are measured.
  private var isMeasured = false
  /// What was measured of the layers in the latest step, if that was to be.
  private(set) var layers: LayersMeasured?
  /// What was measured of the last step that ended an epoch.
  private(set) var lastStep = Measurements()
  /// The best epoch, where the run may stop early.
  private var earlyStopping: EarlyStopping?
  private var trainingSeconds = 0.0
  private var secondsBeforeEpoch = 0.0

  /// A run before its first step.
  init(_ run: RunID, configuration: RunConfiguration, network: Network) {
    self.configuration = configuration
    epochConfiguration = configuration
    self.network = network
    optimizer = configuration.makeOptimizer()
    position = .beginning(of: run)
    if configuration.earlyStopping != nil { earlyStopping = EarlyStopping() }
  }

  /// Goes on where a run was left, with the weights that it has already.
  mutating func goOn(from checkpoint: Checkpoint) {
    let progress = checkpoint.progress
    optimizer.state = checkpoint.optimizer
    position = progress.position
    completedEpochs = progress.completedEpochs
    if position.batch > 0, completedEpochs < position.epoch {
      epochConfiguration = progress.epochConfiguration
    }
    running = progress.running
    lastStep = progress.lastStep
    trainingSeconds = progress.trainingSeconds
    secondsBeforeEpoch = progress.secondsBeforeEpoch
    isMeasured = progress.metrics != nil
    if let search = progress.earlyStopping {
      earlyStopping = EarlyStopping(search, weights: checkpoint.bestWeights)
    }
  }

  /// All there is to the run, between two steps; `metrics` are the figures of the epoch that has just ended.
  func checkpoint(name: String, metrics: Measurements?) -> Checkpoint {
    let progress = CheckpointProgress(
      name: name, configuration: configuration, epochConfiguration: epochConfiguration, position: position,
      completedEpochs: completedEpochs,
      running: running, trainingSeconds: trainingSeconds, secondsBeforeEpoch: secondsBeforeEpoch,
      lastStep: lastStep, metrics: metrics, earlyStopping: earlyStopping?.progress)
    return Checkpoint(
      progress: progress, weights: network.stateDictionary, optimizer: optimizer.state,
      bestWeights: earlyStopping?.weights ?? [])
  }

  /// Whether there is nothing left to do.
  var isComplete: Bool { completedEpochs >= configuration.epochs || earlyStopping?.hasEnded == true }

  /// Whether the run is complete and nothing is known of its weights: no run ends without figures.
  var lacksFigures: Bool {
    isComplete && completedEpochs == position.epoch && !isMeasured && earlyStopping?.hasEnded != true
  }

  /// The epoch that the run went back to when it was complete.
  var restoredEpoch: Int? { earlyStopping.flatMap { $0.hasEnded ? $0.best?.epoch : nil } }

  /// Seconds of training in the epoch that is under way, or has just ended.
  var secondsOfEpoch: Double { trainingSeconds - secondsBeforeEpoch }

  /// Changes a setting from the next step on, and returns its old value; `nil` where the run cannot have it, or has it.
  mutating func change(_ change: SettingChange, trainingImages: Int) -> SettingValue? {
    guard let changed = try? configuration.changed(by: change), changed != configuration,
      (try? changed.validate(trainingImages: trainingImages)) != nil, changed.epochs >= position.epoch
    else { return nil }
    let oldValue = change.setting.value(in: configuration, layer: change.layer)
    configuration = changed
    configuration.apply(to: &network)
    optimizer = configuration.makeOptimizer(goingOnFrom: optimizer)
    if change.setting == .epochs { earlyStopping?.goOn() }
    return oldValue
  }
}

// MARK: - Steps

extension TrainingState {
  /// Begins the next epoch, if the last one is complete.
  mutating func beginEpochIfDue() {
    guard position.epoch == completedEpochs else { return }
    position = RunPosition(run: position.run, step: position.step, epoch: completedEpochs + 1, batch: 0)
    running = .none
    secondsBeforeEpoch = trainingSeconds
  }

  /// Takes the settings in force for those of the epoch, if that has made no step yet.
  mutating func fixEpochSettings() { if position.batch == 0 { epochConfiguration = configuration } }

  /// Learns from the batch whose pixels `pass` holds; `scores` tells what came of it.
  ///
  /// - Throws: `Divergence` if the loss is no longer a number.
  mutating func learn(
    from batch: LabeledBatch, pass: inout Pass, scores: inout SampleScores, stepsPerEpoch: Int,
    measuresLayers: Bool, team: ThreadTeam
  ) throws(Divergence) {
    pass.forwardTraining(
      &network, masks: RandomDropoutMasks(seed: configuration.seed, step: position.step), team: team)
    let objective = Objective(configuration)
    objective.score(pass.output, batch, into: &scores, team: team)
    try expectFinite(scores.lossSum, "the training loss")
    objective.gradient(pass.output, batch, into: &pass.outputGradient, team: team)
    pass.backward(&network, team: team)
    if position.batch + 1 == stepsPerEpoch { lastStep.measureGradient(of: network, team: team) }
    let measures = measuresLayers && LayersMeasured.measures(step: position.step + 1)
    layers = measures ? LayersMeasured(network, in: pass, team: team) : nil
    configuration.adjustGradients(of: &network, team: team)
    optimizer.learningRate = configuration.learningRate(
      step: (position.epoch - 1) * stepsPerEpoch + position.batch, stepsPerEpoch: stepsPerEpoch)
    if position.batch + 1 == stepsPerEpoch { lastStep[.learningRate] = optimizer.learningRate }
    optimizer.update(&network, team: team)
  }

  /// Counts a step that got `scores` and took so long, and returns what is told of it.
  mutating func countStep(_ scores: SampleScores, seconds: Double) -> StepsCompleted {
    position.step += 1
    position.batch += 1
    trainingSeconds += seconds
    let step = StepsCompleted(
      count: 1, samples: scores.losses.count, lossSum: scores.lossSum,
      correct: scores.correctCount, trainingSeconds: trainingSeconds)
    running = running.merged(with: step)
    return step
  }

  /// Completes an epoch with the figures `metrics`: takes the best epoch's weights if the run may stop early and is complete.
  ///
  /// Returns the figures of the weights that it has then.
  mutating func completeEpoch(_ metrics: Measurements?) throws(StateDictionaryError) -> Measurements? {
    completedEpochs = position.epoch
    isMeasured = metrics != nil
    guard let metrics, let patience = configuration.earlyStopping else { return metrics }
    earlyStopping?.record(
      metrics, epoch: position.epoch, of: network, patience: patience,
      interval: configuration.evaluationInterval)
    guard isComplete, let best = earlyStopping?.best, let weights = earlyStopping?.weights else {
      return metrics
    }
    earlyStopping?.end()
    try network.load(weights)
    return best.metrics
  }

  /// - Throws: `Divergence` if a loss or a weight is no number.
  func expectFinite(_ measured: Measurements) throws(Divergence) {
    // A weight of a pixel that is always black has no part in any loss.
    if let norm = measured[.weightNorm] { try expectFinite(norm, "the \(Figure.weightNorm.titles.english)") }
    for (figure, value) in measured.all where figure.quantity == .loss {
      let condition = figure.conditions.map { " (\($0.english))" } ?? ""
      try expectFinite(value, "the \(figure.titles.english)\(condition)")
    }
  }

  /// - Throws: `Divergence` if a loss is no number.
  func expectFinite(_ value: Double, _ quantity: String) throws(Divergence) {
    guard value.isFinite else {
      throw Divergence(quantity: quantity, value: value, position: position, configuration: configuration)
    }
  }
}
