internal import Datasets
internal import NeuralNetwork
internal import TrainingEvents

/// One run from its first step to its end: an ordinary synchronous loop, owned by the queue it runs on.
final class TrainingLoop {
  private let run: RunID
  private let name: String
  private let dataset: Dataset
  private let trainIndices: [Int32]
  private let validationIndices: [Int32]
  private let batches: Batches
  private let threads: SharedThreads
  /// The threads that this run has at present, and how many they are.
  private var team = ThreadTeam(threads: 1)
  private var teamSize = 1
  private let control: RunControl
  private let events: EventQueue
  /// Whether a person looks on: the run is observed in detail, and waits at its end for more epochs.
  private let isWatched: Bool
  /// The share of the threads that is the run's own at its start.
  private let share: Int

  /// The settings in force; live changes are made here.
  private var configuration: RunConfiguration
  private var network: Network
  private var optimizer: any Optimizer
  private var pass: TrainingPass
  private var evaluation: Evaluation
  private var layerObserver: LayerObserver
  private var labeledBatch = LabeledBatch()
  private var scores = SampleScores()
  private var position: RunPosition
  private var completedEpochs = 0
  /// The steps of the epoch that is under way.
  private var running: StepsCompleted
  /// The best epoch, where the run may stop early.
  private var earlyStopping: EarlyStopping?
  private var pace = Pace.running
  private var trainingSeconds = 0.0
  private var secondsBeforeEpoch = 0.0
  /// Live changes that are still to be made again, and the step to stop at.
  private var schedule: RunPlan.Schedule
  private let forkedFrom: ForkPoint?
  private var branches: Branches
  private let checkpoints: CheckpointSink?
  private var lastCheckpoint = ContinuousClock.now
  /// Why the run cannot begin, if it cannot.
  private var obstacle: StateDictionaryError?

  /// How the loop goes on.
  private enum Pace: Equatable {
    case running
    case paused
    case untilStep(Int)
    case untilEpoch(Int)
    case stopping
  }

  init(
    run: RunID, plan: RunPlan, dataset: Dataset, threads: SharedThreads, share: Int, control: RunControl,
    events: EventQueue, isWatched: Bool, branches: Branches, checkpoints: CheckpointSink?
  ) {
    self.run = run
    name = plan.name
    configuration = plan.configuration
    self.dataset = dataset
    self.threads = threads
    self.share = share
    self.control = control
    self.events = events
    self.isWatched = isWatched
    self.branches = branches
    self.checkpoints = checkpoints
    forkedFrom = plan.forkedFrom
    schedule = plan.schedule
    trainIndices = configuration.trainIndices(available: dataset.train.count)
    validationIndices = configuration.validationIndices(available: dataset.train.count)
    batches = Batches(count: trainIndices.count, batchSize: configuration.batchSize)
    let (inputs, classes) = (dataset.train.pixelsPerImage, FashionMNIST.classNames.count)
    do {
      network = try plan.beginning.network(of: configuration, inputs: inputs, classes: classes)
    } catch {
      obstacle = error
      network = configuration.makeNetwork(inputs: inputs, classes: classes)
    }
    optimizer = configuration.makeOptimizer()
    pass = TrainingPass(for: network)
    evaluation = Evaluation(for: network)
    layerObserver = LayerObserver(for: network)
    position = RunPosition(run: run, step: 0, epoch: 1, batch: 0)
    running = StepsCompleted(beginningAt: position)
    if configuration.earlyStopping != nil { earlyStopping = EarlyStopping() }
    if case .checkpoint(let checkpoint) = plan.beginning { goOn(from: checkpoint) }
  }

  private func goOn(from checkpoint: Checkpoint) {
    optimizer.state = checkpoint.optimizer
    let place = checkpoint.place
    position = place.position
    position.run = run
    completedEpochs = place.completedEpochs
    running = place.running
    running.position.run = run
    trainingSeconds = place.trainingSeconds
    secondsBeforeEpoch = place.secondsBeforeEpoch
    if let place = place.earlyStopping {
      earlyStopping = EarlyStopping(place, weights: checkpoint.bestWeights)
    }
  }

  /// Makes the whole run.
  func train() {
    events.publish(.runStarted(description))
    // Whoever resumes the session finds the fork where it began.
    if let forkedFrom, forkedFrom.step == position.step { saveCheckpoint() }
    branches.giveUp(before: position.step)
    var reason: RunEnded.Reason
    repeat {
      do {
        reason = try trainEpochs() ? .completed : .stopped
      } catch let divergence as Divergence {
        reason = .diverged(message: divergence.message)
      } catch {
        reason = .failed(message: "\(error)")
      }
      threads.giveBack(by: run)
      events.publish(
        .runEnded(RunEnded(position: position, reason: reason, restoredEpoch: restoredEpoch)))
    } while reason == .completed && isWatched && waitForMoreEpochs()
    branches.giveUpAll()
  }

  /// Makes the epochs that are left; returns false if it was stopped before the end.
  private func trainEpochs() throws -> Bool {
    if let obstacle { throw obstacle }
    makeScheduledChanges()
    while !isComplete {
      if position.epoch == completedEpochs { beginEpoch() }
      let order = configuration.order(of: trainIndices, epoch: position.epoch)
      for batch in position.batch..<batches.count {
        guard obeyCommands() else {
          saveCheckpoint()
          return false
        }
        takeThreads()
        let steps = try makeStep(order[batches.range(of: batch)])
        running = running.merged(with: steps)
        events.publish(.stepsCompleted(steps))
        if isWatched { observeLayers() }
        if let checkpoints, lastCheckpoint.duration(to: .now) >= checkpoints.interval { saveCheckpoint() }
      }
      let metrics = configuration.isEvaluated(epoch: position.epoch) ? try evaluate() : nil
      completedEpochs = position.epoch
      saveCheckpoint(try restoringBest(metrics))
      makeScheduledChanges()
    }
    beginForks()
    return true
  }

  /// Whether there is nothing left to do.
  private var isComplete: Bool {
    completedEpochs >= configuration.epochs || earlyStopping?.hasEnded == true
  }

  /// The epoch that the run went back to when it was complete.
  private var restoredEpoch: Int? {
    earlyStopping.flatMap { $0.hasEnded ? $0.best?.epoch : nil }
  }

  /// After an epoch with the figures `metrics`: takes the best epoch's weights if the run may stop early and is complete.
  ///
  /// Returns the figures of the weights that it has then.
  private func restoringBest(_ metrics: EpochMetrics?) throws -> EpochMetrics? {
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

  private func beginEpoch() {
    position = RunPosition(run: run, step: position.step, epoch: completedEpochs + 1, batch: 0)
    running = StepsCompleted(beginningAt: position)
    secondsBeforeEpoch = trainingSeconds
  }

  /// Learns from one batch.
  private func makeStep(_ indices: ArraySlice<Int32>) throws -> StepsCompleted {
    let clock = ContinuousClock()
    let start = clock.now
    pass.resize(rows: indices.count)
    labeledBatch.take(indices, of: dataset.train)
    gatherInput()
    pass.forward(
      &network, masks: RandomDropoutMasks(seed: configuration.seed, step: position.step), team: team)
    SoftmaxCrossEntropy().score(logits: pass.logits, labels: labeledBatch.labels, into: &scores, team: team)
    let lossSum = scores.lossSum
    try expectFinite(lossSum, "the training loss")
    SoftmaxCrossEntropy(labelSmoothing: Float(configuration.labelSmoothing))
      .gradient(logits: pass.logits, labels: labeledBatch.labels, into: &pass.logitsGradient, team: team)
    pass.backward(&network, team: team)
    configuration.adjustGradients(of: &network, team: team)
    optimizer.learningRate = configuration.learningRate(
      step: position.step, stepsPerEpoch: batches.count)
    optimizer.update(&network, team: team)
    position.step += 1
    position.batch += 1
    trainingSeconds += (clock.now - start).inSeconds
    return StepsCompleted(
      position: position, count: 1, samples: indices.count, lossSum: lossSum, correct: scores.correctCount,
      trainingSeconds: trainingSeconds)
  }

  /// Fills the pass with the batch's pixels, changed at random if they are to be.
  private func gatherInput() {
    guard configuration.augmentation.isActive else {
      pass.input.gather(labeledBatch.samples, of: dataset.train.pixels, team: team)
      return
    }
    pass.input.gather(
      labeledBatch.samples, of: dataset.train.pixels, width: dataset.train.width,
      augmentation: configuration.augmentation(epoch: position.epoch), team: team)
  }

  /// Measures the epoch's final weights with dropout off.
  private func evaluate() throws -> EpochMetrics {
    let clock = ContinuousClock()
    let start = clock.now
    var waited = Duration.zero
    let takeTeam = {
      waited += clock.measure { self.takeThreads() }
      return self.team
    }
    let train = evaluation.measure(network, on: dataset.train, indices: trainIndices, takeTeam: takeTeam)
    let validation =
      validationIndices.isEmpty
      ? nil
      : evaluation.measure(network, on: dataset.train, indices: validationIndices, takeTeam: takeTeam)
    var predicted = TestPredicted(
      position: position, count: isWatched ? dataset.test.count : 0, classes: network.outputLayer.outputs)
    let test = evaluation.measure(
      network, on: dataset.test, indices: Array(0..<Int32(dataset.test.count)), takeTeam: takeTeam
    ) { samples, logits in
      if isWatched { predicted.set(logits, of: samples) }
    }
    try expectFinite(train.loss, "the train loss (dropout off)")
    if let validation { try expectFinite(validation.loss, "the validation loss") }
    try expectFinite(test.loss, "the test loss")
    let metrics = EpochMetrics(runningTrain: running.mean, train: train, test: test, validation: validation)
    events.publish(
      .epochEvaluated(
        EpochEvaluated(
          position: position, metrics: metrics, trainedSamples: running.samples,
          trainingSeconds: trainingSeconds - secondsBeforeEpoch,
          evaluationSeconds: (clock.now - start - waited).inSeconds)))
    if isWatched { events.publish(.testPredicted(predicted)) }
    return metrics
  }

  /// Tells of the layers a few times a second, and after every step that a person asked for.
  private func observeLayers() {
    let isSingleStep = pace == .untilStep(position.step)
    guard isSingleStep || layerObserver.isDue else { return }
    let layers = layerObserver.observe(
      network, on: dataset.test, masks: RandomDropoutMasks(seed: configuration.seed, step: position.step - 1),
      team: team)
    events.publish(.layersObserved(LayersObserved(position: position, layers: layers)))
  }

  private func expectFinite(_ value: Double, _ quantity: String) throws {
    guard value.isFinite else {
      throw Divergence(quantity: quantity, value: value, position: position, configuration: configuration)
    }
  }

  /// Waits for the run's turn to compute, and takes its share of the threads.
  private func takeThreads() {
    let size = threads.take(for: run)
    guard size != teamSize else { return }
    (team, teamSize) = (ThreadTeam(threads: size), size)
  }

  private var description: RunStarted {
    RunStarted(
      run: run, name: name, configuration: configuration, parameterCount: network.parameterCount,
      trainCount: trainIndices.count, testCount: dataset.test.count, stepsPerEpoch: batches.count,
      threads: share, forkedFrom: forkedFrom)
  }
}

// MARK: - Commands

extension TrainingLoop {
  /// Obeys what was asked, and waits while paused; returns false if the run is to stop.
  private func obeyCommands() -> Bool {
    makeScheduledChanges()
    beginForks()
    if schedule.stop == position.step { return false }
    if pace == .untilStep(position.step) || pace == .untilEpoch(position.epoch) { pause() }
    for command in control.takeCommands() { obey(command) }
    if pace == .paused { threads.giveBack(by: run) }
    while pace == .paused {
      for command in control.waitForCommands() { obey(command) }
    }
    return pace != .stopping
  }

  /// Waits at the end until epochs are added; returns false if there is nothing more to come.
  private func waitForMoreEpochs() -> Bool {
    pace = .running
    while isComplete {
      for command in control.waitForCommands() {
        switch command {
        case .stop: return false
        case .set(.epochs, let count): change(.epochs, to: count)
        case .fork(let changes): fork(changing: changes)
        case .examine, .measureUncertainty: answer(command)
        default: break
        }
      }
    }
    events.publish(.resumed(position))
    return true
  }

  private func obey(_ command: TrainingCommand) {
    guard pace != .stopping else { return }
    switch command {
    case .pause: if pace != .paused { pause() }
    case .resume: resume(at: .running)
    case .advanceOneStep: resume(at: .untilStep(position.step + 1))
    case .advanceOneEpoch: resume(at: .untilEpoch(position.epoch + 1))
    case .stop: pace = .stopping
    case .set(let setting, let value): change(setting, to: value)
    case .fork(let changes): fork(changing: changes)
    case .examine, .measureUncertainty: answer(command)
    }
  }

  /// Tells what a person asked of the network as it is now.
  private func answer(_ question: TrainingCommand) {
    takeThreads()
    let examination = NetworkExamination(
      network: network, seed: configuration.seed, images: dataset.test, team: team)
    if let event = examination.answer(question, at: position) { events.publish(event) }
    let isWaiting = pace == .paused || completedEpochs >= configuration.epochs
    if isWaiting { threads.giveBack(by: run) }
  }

  private func pause() {
    pace = .paused
    events.publish(.paused(position))
  }

  private func resume(at newPace: Pace) {
    guard pace == .paused else { return }
    pace = newPace
    events.publish(.resumed(position))
  }

  /// Makes the changes again that were made at this step, or before and not known to the settings.
  private func makeScheduledChanges() {
    while let change = schedule.changes.first, change.position.step <= position.step {
      schedule.changes.removeFirst()
      self.change(change.setting, to: change.newValue)
    }
  }

  /// Begins a further run that goes on from here; settings that it cannot have are ignored.
  private func fork(changing changes: GivenSettings) {
    guard let configuration = try? configuration.forked(with: changes) else { return }
    branches.add(
      RunPlan(
        name: configuration.nameOfFork(of: run, changing: changes), configuration: configuration,
        beginning: .checkpoint(checkpoint()), forkedFrom: ForkPoint(run: run, step: position.step)))
  }

  /// Begins the runs that were planned to go on from here.
  private func beginForks() {
    branches.begin(at: position.step) { checkpoint() }
  }

  private func saveCheckpoint(_ metrics: EpochMetrics? = nil) {
    guard let checkpoints else { return }
    lastCheckpoint = .now
    checkpoints.save(checkpoint(metrics))
  }

  private func checkpoint(_ metrics: EpochMetrics? = nil) -> Checkpoint {
    let place = CheckpointPlace(
      name: name, configuration: configuration, position: position, completedEpochs: completedEpochs,
      running: running, trainingSeconds: trainingSeconds, secondsBeforeEpoch: secondsBeforeEpoch,
      metrics: metrics, earlyStopping: earlyStopping?.place)
    return Checkpoint(
      place: place, weights: network.stateDictionary, optimizer: optimizer.state,
      bestWeights: earlyStopping?.weights ?? [])
  }

  /// Changes a setting from the next step on; a value out of its range is ignored.
  private func change(_ setting: LiveSetting, to value: Double) {
    if setting == .epochs, value < Double(position.epoch) { return }
    guard let oldValue = configuration.set(setting, to: value), oldValue != value else { return }
    switch setting {
    case .dropout(let layer): network.hiddenLayers[layer].dropout.probability = value
    case .weightDecay: optimizer.weightDecay = value
    case .epochs: earlyStopping?.goOn()
    case .learningRate, .l1, .labelSmoothing, .flip, .shift: break
    }
    events.publish(
      .settingChanged(
        SettingChanged(position: position, setting: setting, oldValue: oldValue, newValue: value)))
  }
}

extension StepsCompleted {
  /// No steps yet.
  fileprivate init(beginningAt position: RunPosition) {
    self.init(position: position, count: 0, samples: 0, lossSum: 0, correct: 0, trainingSeconds: 0)
  }
}
