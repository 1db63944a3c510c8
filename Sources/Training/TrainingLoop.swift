internal import Datasets
internal import Experiment
internal import NeuralNetwork

/// One run from its first step to its end: an ordinary synchronous loop, owned by the queue it runs on.
final class TrainingLoop {
  private let run: RunID
  private let name: String
  private let images: RunImages
  private var batches: Batches
  private var threads: RunThreads
  private let control: RunControl
  private let lockstep: Lockstep
  private let events: EventQueue
  /// Whether a person looks on: the run is observed in detail, and waits at its end for more epochs.
  private let isWatched: Bool
  private let measuresLayers: Bool
  /// The share of the threads that is the run's own at its start.
  private let share: Int

  private var state: TrainingState
  private var pass: Pass
  private var evaluation: Evaluation
  private var layerObserver: LayerObserver
  /// Whether a step was made since the layers were last told of.
  private var isUnobserved = false
  private var labeledBatch = LabeledBatch()
  private var scores = SampleScores()
  private var pace = Pace()
  /// Live changes that are still to be made again, and the step to stop at.
  private var schedule: RunPlan.Schedule
  private let forkedFrom: ForkPoint?
  private var branches: Branches
  private let checkpoints: CheckpointSink?
  private var lastCheckpoint = ContinuousClock.now
  /// Why the run cannot begin, if it cannot.
  private var obstacle: StateDictionaryError?

  init(
    run: RunID, plan: RunPlan, dataset: Dataset, threads: SharedThreads, share: Int, control: RunControl,
    lockstep: Lockstep, events: EventQueue, isWatched: Bool, measuresLayers: Bool, branches: Branches,
    checkpoints: CheckpointSink?
  ) {
    self.run = run
    name = plan.name
    let configuration = plan.configuration
    images = RunImages(of: dataset, for: configuration)
    self.threads = RunThreads(of: run, from: threads)
    self.share = share
    self.control = control
    self.lockstep = lockstep
    self.events = events
    self.isWatched = isWatched
    self.measuresLayers = measuresLayers
    self.branches = branches
    self.checkpoints = checkpoints
    forkedFrom = plan.forkedFrom
    schedule = plan.schedule
    for index in schedule.changes.indices { schedule.changes[index].position.run = run }
    batches = Batches(count: images.trainIndices.count, batchSize: configuration.batchSize)
    let network: Network
    do {
      network = try plan.beginning.network(of: configuration, sample: images.sample, classes: images.classes)
    } catch {
      obstacle = error
      network =
        (try? configuration.makeNetwork(sample: images.sample, classes: images.classes))
        ?? Network(input: images.sample)
    }
    state = TrainingState(run, configuration: configuration, network: network)
    pass = Pass(for: network)
    let normalization = configuration.normalization.ofPixels
    evaluation = Evaluation(for: network, Objective(configuration), normalization: normalization)
    layerObserver = LayerObserver(for: network, normalization: normalization)
    if case .checkpoint(let checkpoint) = plan.beginning {
      state.goOn(from: checkpoint)
      batches = Batches(count: images.trainIndices.count, batchSize: state.epochConfiguration.batchSize)
    }
  }

  /// Makes the whole run.
  func train() {
    publish(.runStarted(description))
    // Of a run that is gone on with at its end no step tells.
    if isWatched, state.isComplete, obstacle == nil { answer(.observe) }
    branches.giveUp(before: state.position.step)
    var reason: RunEnded.Reason
    repeat {
      do {
        reason = try trainEpochs() ? .completed : .stopped
        if isWatched { observeLayersAtEnd() }
      } catch let divergence as Divergence {
        reason = .diverged(message: divergence.message)
      } catch {
        reason = .failed(message: "\(error)")
      }
      threads.giveBack()
      lockstep.leave(run, hasEnded: pace.way != .halting)
      publish(.runEnded(RunEnded(reason, restoredEpoch: state.restoredEpoch)))
    } while (reason == .completed || pace.way == .halting) && isWatched && waitToGoOn()
    lockstep.leave(run, hasEnded: true)
    branches.giveUpAll()
  }

  /// Makes the epochs that are left; returns false if it was stopped before the end.
  private func trainEpochs() throws -> Bool {
    if let obstacle { throw obstacle }
    makeScheduledChanges()
    while !state.isComplete {
      state.beginEpochIfDue()
      let order = state.configuration.order(of: images.trainIndices, epoch: state.position.epoch)
      while state.position.batch == 0 || state.position.batch < batches.count {
        guard obeyCommands() else {
          saveCheckpoint()
          return false
        }
        state.fixEpochSettings()
        batches = Batches(count: images.trainIndices.count, batchSize: state.epochConfiguration.batchSize)
        threads.take()
        let step = try makeStep(order[batches.range(of: state.position.batch)])
        publish(.stepsCompleted(step))
        if let layers = state.layers { publish(.layersMeasured(layers)) }
        isUnobserved = true
        if isWatched { observeLayersIfDue() }
        if let checkpoints, lastCheckpoint.duration(to: .now) >= checkpoints.interval { saveCheckpoint() }
      }
      let metrics = state.configuration.isEvaluated(epoch: state.position.epoch) ? try evaluate() : nil
      saveCheckpoint(try state.completeEpoch(metrics))
      makeScheduledChanges()
    }
    // Epochs that were to follow may have been given up after one that was not to be measured.
    if state.lacksFigures { saveCheckpoint(try state.completeEpoch(evaluate())) }
    beginForks()
    return true
  }

  /// Learns from one batch.
  private func makeStep(_ indices: ArraySlice<Int32>) throws -> StepsCompleted {
    let clock = ContinuousClock()
    let start = clock.now
    pass.resize(rows: indices.count)
    labeledBatch.take(indices, of: images.learned)
    images.gather(
      labeledBatch.samples, state.configuration, epoch: state.position.epoch, into: &pass.input,
      team: threads.team)
    try state.learn(
      from: labeledBatch, pass: &pass, scores: &scores, stepsPerEpoch: batches.count,
      measuresLayers: measuresLayers, team: threads.team)
    return state.countStep(scores, seconds: (clock.now - start).inSeconds)
  }

  /// Measures the epoch's final weights with dropout off.
  private func evaluate() throws -> Measurements {
    let clock = ContinuousClock()
    let start = clock.now
    var waited = Duration.zero
    let takeTeam = {
      waited += clock.measure { self.threads.take() }
      return self.threads.team
    }
    var metrics = state.running.measurements
    let notesClasses = isWatched && state.configuration.dataset.task.kind == .classification
    var predicted = TestPredicted(
      count: notesClasses ? images.test.count : 0, classes: state.network.outputs)
    metrics.add(
      images.measure(state.network, by: &evaluation, takeTeam: takeTeam) { samples, logits in
        if notesClasses { predicted.set(logits, of: samples) }
      })
    metrics.measureWeights(of: state.network)
    try state.expectFinite(metrics)
    metrics.add(state.lastStep)
    publish(
      .epochEvaluated(
        EpochEvaluated(
          metrics: metrics, trainedSamples: state.running.samples, trainingSeconds: state.secondsOfEpoch,
          evaluationSeconds: (clock.now - start - waited).inSeconds)))
    if notesClasses {
      publish(.testPredicted(predicted))
    } else if isWatched {
      publish(
        .samplesFitted(
          SamplesFitted(state.network, state.configuration, test: images.test, team: threads.team)))
    }
    return metrics
  }

  /// Tells of the layers a few times a second, and after every step that a person asked for.
  private func observeLayersIfDue() {
    let isSingleStep = pace.way == .untilStep(state.position.step)
    if isSingleStep || layerObserver.isDue { observeLayers() }
  }

  /// Tells of the layers as the last step left them: what is looked at from then on must not be of some step before.
  private func observeLayersAtEnd() {
    guard isUnobserved else { return }
    threads.take()
    observeLayers()
  }

  private func observeLayers() {
    isUnobserved = false
    let layers = layerObserver.observe(
      state.network, on: images.test,
      masks: RandomDropoutMasks(seed: state.configuration.seed, step: state.position.step - 1),
      team: threads.team)
    publish(.layersObserved(LayersObserved(layers: layers)))
  }

  private var description: RunStarted {
    RunStarted(
      name: name, configuration: state.configuration, parameterCount: state.network.parameterCount,
      trainCount: images.trainIndices.count, testCount: images.test.count, stepsPerEpoch: batches.count,
      threads: share, forkedFrom: forkedFrom, scheduled: schedule.changes)
  }

  private func publish(_ kind: TrainingEvent.Kind) {
    events.publish(TrainingEvent(kind, at: state.position))
  }
}

// MARK: - Commands

extension TrainingLoop {
  /// Obeys what was asked, and waits while paused; returns false if the run is to stop.
  private func obeyCommands() -> Bool {
    makeScheduledChanges()
    beginForks()
    if schedule.stop == state.position.step { return false }
    lockstep.reach(state.position.step, by: run)
    if pace.way == .untilStep(state.position.step) || pace.way == .untilEpoch(state.position.epoch) {
      pause()
    }
    // Before the commands are taken: whoever is told to pause then knows of the step.
    var begins = lockstep.begins(run, wakes: control)
    for command in control.takeCommands() { obey(command) }
    arrive()
    while !begins, !pace.isPaused, !pace.ends {
      threads.giveBack()
      for command in control.waitForCommands() { obey(command) }
      begins = lockstep.begins(run, wakes: control)
      arrive()
    }
    guard pace.isPaused else { return !pace.ends }
    while pace.isPaused {
      for command in control.waitForCommands() { obey(command) }
    }
    // Its next step is one that it may have to wait for, too.
    return !pace.ends && obeyCommands()
  }

  /// Waits at the end until epochs are added, or where it was stopped until it is to go on; returns false if there is
  /// nothing more to come.
  private func waitToGoOn() -> Bool {
    var isHalted = pace.way == .halting
    pace.beginAgain()
    while state.isComplete || isHalted {
      for command in control.waitForCommands() {
        switch command {
        case .stop: return false
        case .resume: isHalted = false
        case .set(let change) where change.setting == .epochs:
          self.change(change)
          isHalted = false
        case .fork(let changes): fork(changing: changes)
        case .observe, .examine, .measureUncertainty, .picture, .observeWeights: answer(command)
        default: break
        }
      }
    }
    lockstep.goOn(run, from: state.position.step)
    publish(.resumed(Resumed()))
    return true
  }

  private func obey(_ command: TrainingCommand) {
    guard pace.way != .stopping else { return }
    switch command {
    case .pause: if !pace.isPaused { wait(as: .paused) }
    case .resume:
      if pace.takeBackPause() { lockstep.goOnInsteadOfHalting(run) }
      resume(at: .running)
    case .advanceOneStep:
      // Steps that are asked for while one is made add up.
      if case .untilStep(let step) = pace.way { pace.goOn(.untilStep(step + 1)) }
      resume(at: .untilStep(state.position.step + 1))
    case .advanceOneEpoch:
      if case .untilEpoch(let epoch) = pace.way { pace.goOn(.untilEpoch(epoch + 1)) }
      resume(at: .untilEpoch(state.position.epoch + 1))
    case .halt: wait(as: .halting)
    case .stop: pace.stop()
    case .set(let change): self.change(change)
    case .fork(let changes): fork(changing: changes)
    case .observe, .examine, .measureUncertainty, .picture, .observeWeights: answer(command)
    }
  }

  /// Tells what a person asked of the network as it is now.
  private func answer(_ question: TrainingCommand) {
    threads.take()
    let examination = NetworkExamination(
      network: state.network, configuration: state.configuration, images: images.test, team: threads.team)
    for answer in examination.answers(to: question, step: state.position.step) { publish(answer) }
    if pace.isPaused || state.isComplete { threads.giveBack() }
  }

  /// Waits from now on, or from the step on that the other runs of the lockstep have begun.
  private func wait(as way: Pace.Way) {
    pace.wait(as: way)
    if !pace.isPaused { lockstep.halt(run) }
    arrive()
  }

  /// Begins to wait if it is to and all runs that do so come no further.
  private func arrive() {
    guard pace.isPaused || lockstep.hasArrived(run), pace.arrive() == .paused else { return }
    pause()
  }

  private func pause() {
    pace.pause()
    threads.giveBack()
    // Before it is told: who then lets all go on finds them all waiting.
    lockstep.leave(run, hasEnded: false)
    publish(.paused(Paused()))
  }

  private func resume(at way: Pace.Way) {
    guard pace.isPaused else { return }
    pace.goOn(way)
    lockstep.goOn(run, from: state.position.step)
    publish(.resumed(Resumed()))
  }

  /// Makes the changes again that were made at this step, or before and not known to the settings.
  private func makeScheduledChanges() {
    while let change = schedule.changes.first, change.position.step <= state.position.step {
      schedule.changes.removeFirst()
      self.change(change.change)
    }
  }

  /// Begins a further run that goes on from here; settings that it cannot have are ignored.
  private func fork(changing changes: GivenSettings) {
    guard let configuration = try? state.configuration.forked(with: changes) else { return }
    branches.add(
      RunPlan(
        name: configuration.nameOfFork(of: run, changing: changes), configuration: configuration,
        beginning: .checkpoint(state.checkpoint(name: name, metrics: nil)),
        forkedFrom: ForkPoint(run: run, step: state.position.step)), pace.isPaused)
  }

  /// Begins the runs that were planned to go on from here.
  private func beginForks() {
    branches.begin(at: state.position.step) { state.checkpoint(name: name, metrics: nil) }
  }

  private func saveCheckpoint(_ metrics: Measurements? = nil) {
    guard let checkpoints else { return }
    lastCheckpoint = .now
    checkpoints.save(state.checkpoint(name: name, metrics: metrics))
  }

  /// Changes a setting from the next step on; what the run cannot have is ignored.
  private func change(_ change: SettingChange) {
    guard let oldValue = state.change(change, trainingImages: images.available) else { return }
    publish(
      .settingChanged(
        SettingChanged(change.setting, layer: change.layer, from: oldValue, to: change.value)))
  }
}
