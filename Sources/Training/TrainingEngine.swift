package import Datasets
internal import Dispatch
package import Experiment
internal import Messages
internal import Platform

/// Makes runs side by side, each on a background queue of its own.
///
/// What happens is published to `events`; what a person wants is sent with `send`. Nothing else talks to training.
package final class TrainingEngine: EventSource {
  private let runs: [RunPlan]
  private let dataset: Dataset
  private let threadCount: Int
  private let threads: SharedThreads
  private let lockstep: Lockstep
  private let events: EventQueue
  private let isWatched: Bool
  private let measuresLayers: Bool
  private let timeLimit: Duration?
  private let checkpoints: CheckpointSink?
  private let state: Guarded<State>
  private let unfinished = DispatchGroup()

  private struct State {
    /// The way to each run.
    var controls: [RunControl]
    /// Whether all runs were told to stop, so that no further one may begin.
    var isStopping = false
  }

  /// An engine for `runs` (A, B, … in order) that share `threads` threads.
  ///
  /// Runs that compute have equal shares of the threads, or take turns where there are fewer threads than runs; what a
  /// paused or ended run leaves is the others'. Runs that are watched also tell of their layers and of what they say of
  /// the test images, and wait at their end for more epochs, until they are told to stop. In lockstep no run is more than a
  /// step ahead of another.
  /// Gradients and activations are told as `LayersMeasured` of runs that are watched or where `measuresLayers` asks for it:
  /// they cost memory and a little time. After `timeLimit` all runs are stopped.
  package init(
    runs: [RunPlan], dataset: Dataset, threads: Int, events: EventQueue, isWatched: Bool = false,
    measuresLayers: Bool = false, isLockstep: Bool = false, timeLimit: Duration? = nil,
    checkpoints: CheckpointSink? = nil
  ) {
    precondition(threads > 0, "training needs a thread")
    self.runs = runs
    self.dataset = dataset
    threadCount = threads
    self.threads = SharedThreads(count: threads)
    lockstep = Lockstep(isOn: isLockstep)
    self.events = events
    self.isWatched = isWatched
    self.measuresLayers = isWatched || measuresLayers
    self.timeLimit = timeLimit
    self.checkpoints = checkpoints
    state = Guarded(State(controls: runs.map { _ in RunControl() }))
  }

  /// Starts all runs and returns at once.
  ///
  /// To be called once.
  package func start() {
    if let timeLimit {
      DispatchQueue.global().asyncAfter(deadline: .now() + timeLimit.inSeconds) { [weak self] in
        // What a person watches waits at its end, and can go on.
        self?.sendToAll(self?.isWatched == true ? .halt : .stop)
      }
    }
    for (index, plan) in runs.enumerated() where !plan.isRemoved && plan.forkedFrom == nil {
      lockstep.reach(0, by: RunID(index))
    }
    for (index, plan) in runs.enumerated() {
      if plan.isRemoved {
        for branch in branches(of: RunID(index)).planned { branch.giveUp(.stopped) }
        continue
      }
      if case .fork = plan.beginning { continue }
      begin(RunID(index), plan)
    }
  }

  /// Starts a further run while others train, or after they have ended, and returns at once; it waits before its first
  /// step if `isPaused`.
  ///
  /// Returns the run's name, the next letter; or `nil` if there are `RunID.largestCount` runs already, or all were told to
  /// stop.
  @discardableResult
  package func add(_ plan: RunPlan, isPaused: Bool = false) -> RunID? {
    state.withLock { state in
      guard state.controls.count < RunID.largestCount, !state.isStopping else { return nil }
      let run = RunID(state.controls.count)
      state.controls.append(RunControl())
      if isPaused { state.controls[run.index].send(.pause) }
      begin(run, plan, state)
      return run
    }
  }

  private func begin(_ run: RunID, _ plan: RunPlan) { state.withLock { begin(run, plan, $0) } }

  private func begin(_ run: RunID, _ plan: RunPlan, _ state: State) {
    let plan = keepBeginning(of: run, plan)
    let control = state.controls[run.index]
    lockstep.reach(0, by: run)
    let (dataset, threads, lockstep, events) = (dataset, threads, lockstep, events)
    let share = max(1, threadCount / state.controls.count)
    let (isWatched, measuresLayers) = (isWatched, measuresLayers)
    let (branches, checkpoints) = (branches(of: run), checkpoints)
    DispatchQueue(label: "run \(run.letter)").async(group: unfinished) {
      // What a run tells is kept in files, which are the same in all languages.
      Language.$scoped.withValue(.english) {
        TrainingLoop(
          run: run, plan: plan, dataset: dataset, threads: threads, share: share, control: control,
          lockstep: lockstep, events: events, isWatched: isWatched, measuresLayers: measuresLayers,
          branches: branches, checkpoints: checkpoints
        ).train()
      }
    }
  }

  /// Gives a fork a beginning of its own, and keeps it before the run that it branches off goes on: whoever resumes the
  /// session finds the fork where it began.
  private func keepBeginning(of run: RunID, _ plan: RunPlan) -> RunPlan {
    guard case .checkpoint(let checkpoint) = plan.beginning, checkpoint.progress.position.run != run else {
      return plan
    }
    var plan = plan
    let beginning = checkpoint.beginning(run, of: plan)
    checkpoints?.save(beginning)
    plan.beginning = .checkpoint(beginning)
    return plan
  }

  /// The runs that go on from where a run is.
  private func branches(of parent: RunID) -> Branches {
    let forks = runs.enumerated().compactMap { index, plan -> Branches.Planned? in
      guard case .fork = plan.beginning, !plan.isRemoved, let fork = plan.forkedFrom, fork.run == parent
      else {
        return nil
      }
      return Branches.Planned(
        step: fork.step,
        begin: { checkpoint in
          var plan = plan
          plan.beginning = .checkpoint(checkpoint)
          self.begin(RunID(index), plan)
        },
        giveUp: { self.giveUp(RunID(index), $0) })
    }
    return Branches(planned: forks) { self.add($0, isPaused: $1) }
  }

  private func giveUp(_ run: RunID, _ reason: RunEnded.Reason) {
    events.publish(TrainingEvent(.runEnded(RunEnded(reason)), at: .beginning(of: run)))
    for branch in branches(of: run).planned { branch.giveUp(reason) }
  }

  /// Leaves a command for a run's next step boundary.
  package func send(_ command: TrainingCommand, to run: RunID) {
    state.withLock { state in
      guard state.controls.indices.contains(run.index) else { return }
      state.controls[run.index].send(command)
    }
  }

  /// Leaves a command for every run.
  package func sendToAll(_ command: TrainingCommand) {
    state.withLock { state in
      if command == .stop { state.isStopping = true }
      switch command {
      case .pause, .halt: lockstep.haltAll()
      case .resume, .advanceOneStep, .advanceOneEpoch: lockstep.goOnAll()
      default: break
      }
      for control in state.controls { control.send(command) }
    }
  }

  /// Lets runs wait for each other from now on, or no longer.
  package func setLockstep(_ isOn: Bool) { lockstep.isOn = isOn }

  /// Waits until every run has ended.
  package func waitUntilEnded() {
    unfinished.wait()
  }
}
