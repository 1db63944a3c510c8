public import Datasets
internal import Dispatch
internal import Synchronization
public import TrainingEvents

/// Makes runs side by side, each on a background queue of its own.
///
/// What happens is published to `events`; what a person wants is sent with `send`. Nothing else talks to training.
public final class TrainingEngine: EventSource {
  /// The most runs that an engine makes: as many as there are letters to name them by.
  public static let largestRunCount = 26

  private let runs: [RunPlan]
  private let dataset: Dataset
  private let threadCount: Int
  private let threads: SharedThreads
  private let events: EventQueue
  private let isWatched: Bool
  private let checkpoints: CheckpointSink?
  private let state: Mutex<State>
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
  /// the test images, and wait at their end for more epochs, until they are told to stop.
  public init(
    runs: [RunPlan], dataset: Dataset, threads: Int, events: EventQueue, isWatched: Bool = false,
    checkpoints: CheckpointSink? = nil
  ) {
    precondition(threads > 0, "training needs a thread")
    self.runs = runs
    self.dataset = dataset
    threadCount = threads
    self.threads = SharedThreads(count: threads)
    self.events = events
    self.isWatched = isWatched
    self.checkpoints = checkpoints
    state = Mutex(State(controls: runs.map { _ in RunControl() }))
  }

  /// Starts all runs and returns at once.
  ///
  /// To be called once.
  public func start() {
    let controls = state.withLock(\.controls)
    for (index, plan) in runs.enumerated() { begin(RunID(index), plan, controls[index], among: runs.count) }
  }

  /// Starts a further run while others train, or after they have ended, and returns at once.
  ///
  /// Returns the run's name, the next letter; or `nil` if there are `largestRunCount` runs already, or all were told to
  /// stop.
  @discardableResult
  public func add(_ plan: RunPlan) -> RunID? {
    state.withLock { state in
      guard state.controls.count < Self.largestRunCount, !state.isStopping else { return nil }
      let run = RunID(state.controls.count)
      let control = RunControl()
      state.controls.append(control)
      begin(run, plan, control, among: state.controls.count)
      return run
    }
  }

  private func begin(_ run: RunID, _ plan: RunPlan, _ control: RunControl, among count: Int) {
    let (dataset, threads, share, events) = (dataset, threads, max(1, threadCount / count), events)
    let (isWatched, checkpoints) = (isWatched, checkpoints)
    DispatchQueue(label: "run \(run.letter)").async(group: unfinished) {
      TrainingLoop(
        run: run, plan: plan, dataset: dataset, threads: threads, share: share, control: control,
        events: events, isWatched: isWatched, checkpoints: checkpoints
      ).train()
    }
  }

  /// Leaves a command for a run's next step boundary.
  public func send(_ command: TrainingCommand, to run: RunID) {
    state.withLock { state in
      guard state.controls.indices.contains(run.index) else { return }
      state.controls[run.index].send(command)
    }
  }

  /// Leaves a command for every run.
  public func sendToAll(_ command: TrainingCommand) {
    state.withLock { state in
      if command == .stop { state.isStopping = true }
      for control in state.controls { control.send(command) }
    }
  }

  /// Waits until every run has ended.
  public func waitUntilEnded() {
    unfinished.wait()
  }
}
