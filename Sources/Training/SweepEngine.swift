package import Datasets
package import Experiment

/// Makes the runs of a sweep, each on one thread, so many at a time: the next begins when one ends.
///
/// It belongs to one thread, which asks it again and again to go on. No result depends on the order.
package final class SweepEngine {
  /// A run that is being made.
  fileprivate struct Slot {
    let run: SweepRun
    let events: EventQueue
    var engine: TrainingEngine?
    var totalSteps = 1
    var step = 0
    var seconds = 0.0
    /// What was measured, by epoch.
    var metrics: [Int: Measurements] = [:]
    var end: Positioned<RunEnded>?
  }

  /// Where long runs are kept while they are made.
  package struct Store: Sendable {
    /// How long a run goes on at most before it is kept.
    let interval: Duration
    let find: @Sendable (SweepRunKey) -> Checkpoint?
    let keep: @Sendable (SweepRunKey, Checkpoint) -> Void
    let remove: @Sendable (SweepRunKey) -> Void

    /// A store that finds, keeps and removes checkpoints by their run.
    package init(
      interval: Duration, find: @escaping @Sendable (SweepRunKey) -> Checkpoint?,
      keep: @escaping @Sendable (SweepRunKey, Checkpoint) -> Void,
      remove: @escaping @Sendable (SweepRunKey) -> Void
    ) {
      self.interval = interval
      self.find = find
      self.keep = keep
      self.remove = remove
    }
  }

  private let plan: SweepPlan
  private let store: Store?
  private let dataset: Dataset
  private let limit: Int
  private var waiting: ArraySlice<SweepRun>
  private var slots: [Slot] = []
  /// What wakes the owner: nothing is ever in it.
  private let wake = EventQueue(capacity: 1)
  /// The runs that went wrong in a way that is no result of their settings, and what happened.
  package private(set) var failures: [(run: SweepRun, message: String)] = []

  /// Whether the runs that are being made wait, and no other begins.
  package var isPaused = false {
    didSet {
      guard isPaused != oldValue else { return }
      for slot in slots { slot.engine?.sendToAll(isPaused ? .pause : .resume) }
    }
  }

  /// An engine that makes `runs` of `plan` in order, up to `limit` at a time.
  package init(_ plan: SweepPlan, runs: [SweepRun], dataset: Dataset, limit: Int, store: Store? = nil) {
    precondition(limit > 0, "training needs a thread")
    self.plan = plan
    self.store = store
    waiting = runs[...]
    self.dataset = dataset
    self.limit = limit
  }

  /// The runs that are being made.
  package var running: [SweepProgress.Running] {
    slots.map { .init(run: $0.run, share: Double($0.step) / Double($0.totalSteps)) }
  }

  /// Whether nothing is left to do.
  package var isIdle: Bool { slots.isEmpty && waiting.isEmpty }

  /// Waits until there may be something to take in, but not for longer than `seconds`.
  package func wait(seconds: Double) { _ = wake.waitForEvents(seconds: seconds) }

  /// Takes in what has happened, begins runs where there is room, and returns the results of those that are over.
  package func advance() -> [SweepResult] {
    for index in slots.indices { slots[index].takeEvents() }
    let over = slots.filter { $0.end != nil }
    slots.removeAll { $0.end != nil }
    while !isPaused, slots.count < limit, let run = waiting.popFirst() { slots.append(begin(run)) }
    for slot in over {
      if case .failed(let message) = slot.end?.reason { failures.append((slot.run, message)) }
    }
    return over.compactMap(\.result)
  }

  /// Stops the runs that are being made, and begins no other.
  package func stop() {
    waiting = []
    for slot in slots { slot.engine?.sendToAll(.stop) }
    for slot in slots { slot.engine?.waitUntilEnded() }
  }

  /// Forgets what was kept of a run whose result is safe.
  package func forget(_ key: SweepRunKey) { store?.remove(key) }

  private func begin(_ run: SweepRun) -> Slot {
    let events = EventQueue(capacity: 64, waking: wake)
    var plan = RunPlan(name: "sweep", configuration: plan.sweptConfiguration(of: run.key))
    var slot = Slot(run: run, events: events)
    if let checkpoint = store?.find(run.key) {
      plan.beginning = .checkpoint(checkpoint)
      slot.goOn(from: checkpoint.progress)
    }
    let sink = store.map { store in
      CheckpointSink(interval: store.interval) { store.keep(run.key, $0) }
    }
    slot.engine = TrainingEngine(
      runs: [plan], dataset: dataset, threads: 1, events: events, checkpoints: sink)
    slot.engine?.start()
    return slot
  }
}

extension SweepPlan {
  /// The settings that a run is made with: only the figures at the end count, and the best epoch where it may stop early.
  package func sweptConfiguration(of key: SweepRunKey) -> RunConfiguration {
    var configuration = configuration(of: key)
    if configuration.earlyStopping == nil { configuration.evaluationInterval = configuration.epochs }
    return configuration
  }
}

extension SweepEngine.Slot {
  /// Takes in what a checkpoint says of the run's past.
  mutating func goOn(from progress: CheckpointProgress) {
    step = progress.position.step
    seconds = progress.trainingSeconds
    if let best = progress.earlyStopping?.best { metrics[best.epoch] = best.metrics }
    if let metrics = progress.metrics { self.metrics[progress.completedEpochs] = metrics }
  }

  mutating func takeEvents() {
    for event in events.drain() {
      switch event.kind {
      case .runStarted(let start): totalSteps = max(1, start.totalSteps)
      case .stepsCompleted(let steps):
        step = event.position.step
        seconds = steps.trainingSeconds
      case .epochEvaluated(let epoch):
        metrics[event.position.epoch] = epoch.metrics
        seconds += epoch.evaluationSeconds
      case .runEnded(let end): self.end = Positioned(end, at: event.position)
      default: break
      }
    }
  }

  /// What became of the run; nothing if it was stopped.
  var result: SweepResult? {
    guard let end else { return nil }
    switch (end.reason, metrics[end.restoredEpoch ?? end.position.epoch]) {
    case (.completed, let metrics?):
      return SweepResult(
        key: run.key, step: end.position.step, epoch: end.position.epoch, seconds: seconds, metrics: metrics)
    case (.diverged(let message), _):
      return SweepResult(
        key: run.key, step: end.position.step, epoch: end.position.epoch, seconds: seconds,
        divergence: message)
    default: return nil
    }
  }
}
