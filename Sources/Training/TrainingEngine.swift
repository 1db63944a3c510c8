public import Datasets
internal import Dispatch
public import TrainingEvents

/// Makes runs side by side, each on a background queue of its own.
///
/// What happens is published to `events`; what a person wants is sent with `send`. Nothing else talks to training.
public final class TrainingEngine: EventSource {
  private let runs: [RunPlan]
  private let dataset: Dataset
  private let threads: Int
  private let events: EventQueue
  private let isWatched: Bool
  private let checkpoints: CheckpointSink?
  private let controls: [RunControl]
  private let unfinished = DispatchGroup()

  /// An engine for `runs` (A, B, … in order) that share `threads` threads.
  ///
  /// With at least as many threads as runs each run has an equal share of its own; with fewer, the runs take turns,
  /// step by step. Runs that are watched also tell of their layers and of what they say of the test images, and wait at
  /// their end for more epochs, until they are told to stop.
  public init(
    runs: [RunPlan], dataset: Dataset, threads: Int, events: EventQueue, isWatched: Bool = false,
    checkpoints: CheckpointSink? = nil
  ) {
    precondition(threads > 0, "training needs a thread")
    self.runs = runs
    self.dataset = dataset
    self.threads = threads
    self.events = events
    self.isWatched = isWatched
    self.checkpoints = checkpoints
    controls = runs.map { _ in RunControl() }
  }

  /// Starts all runs and returns at once.
  ///
  /// To be called once.
  public func start() {
    let share = max(1, threads / max(1, runs.count))
    let turns = threads < runs.count ? DispatchSemaphore(value: threads) : nil
    for (index, plan) in runs.enumerated() {
      let (dataset, control, events, isWatched) = (dataset, controls[index], events, isWatched)
      let checkpoints = checkpoints
      DispatchQueue(label: "run \(RunID(index).letter)").async(group: unfinished) {
        TrainingLoop(
          run: RunID(index), plan: plan, dataset: dataset, threads: share, turns: turns, control: control,
          events: events, isWatched: isWatched, checkpoints: checkpoints
        ).train()
      }
    }
  }

  /// Leaves a command for a run's next step boundary.
  public func send(_ command: TrainingCommand, to run: RunID) {
    guard controls.indices.contains(run.index) else { return }
    controls[run.index].send(command)
  }

  /// Leaves a command for every run.
  public func sendToAll(_ command: TrainingCommand) {
    for control in controls { control.send(command) }
  }

  /// Waits until every run has ended.
  public func waitUntilEnded() {
    unfinished.wait()
  }
}
