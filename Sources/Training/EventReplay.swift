internal import Dispatch
package import Experiment

/// Publishes recorded events at the times they were recorded, faster or slower if wanted.
///
/// It can be paused, advanced by a step or an epoch, and stopped; what would change a run has no effect.
package final class EventReplay: EventSource {
  private let recording: [TimedEvent]
  private let speed: Double
  private let events: EventQueue
  private let control = RunControl()
  private let unfinished = DispatchGroup()

  /// A replay `speed` times as fast as the recording was made.
  package init(_ recording: [TimedEvent], speed: Double, events: EventQueue) {
    precondition(speed > 0, "a replay moves forward")
    self.recording = recording
    self.speed = speed
    self.events = events
  }

  /// Starts and returns at once.
  package func start() {
    let (recording, speed, events, control) = (recording, speed, events, control)
    DispatchQueue(label: "replay").async(group: unfinished) {
      ReplayLoop(recording: recording, speed: speed, events: events, control: control).play()
    }
  }

  /// Leaves a command, which concerns all runs.
  package func send(_ command: TrainingCommand, to run: RunID) { control.send(command) }

  /// Leaves a command.
  package func sendToAll(_ command: TrainingCommand) { control.send(command) }

  /// Waits until the last event was published.
  package func waitUntilEnded() { unfinished.wait() }
}

/// The replay's loop, owned by the queue it runs on.
private final class ReplayLoop {
  private let recording: [TimedEvent]
  private let speed: Double
  private let events: EventQueue
  private let control: RunControl
  /// Where the runs are that have started and not ended.
  private var positions: [RunID: RunPosition] = [:]
  private var pace = Pace.running
  /// Recorded time that has been played.
  private var playedSeconds = 0.0
  /// When the replay began or went on, and how much had been played then.
  private var origin = (time: DispatchTime.now(), playedSeconds: 0.0)

  /// How the replay goes on.
  private enum Pace: Equatable {
    case running
    case paused
    /// Until each of these runs has made a step, or has been evaluated.
    case until(Set<RunID>, isEvaluated: Bool)
    case stopping
  }

  init(recording: [TimedEvent], speed: Double, events: EventQueue, control: RunControl) {
    self.recording = recording
    self.speed = speed
    self.events = events
    self.control = control
  }

  func play() {
    for recorded in recording {
      guard wait(until: recorded.time) else { return stop() }
      playedSeconds = recorded.time
      events.publish(recorded.event)
      follow(recorded.event)
    }
  }

  /// Obeys commands until an event is due; returns false if the replay is to stop.
  private func wait(until seconds: Double) -> Bool {
    for command in control.takeCommands() { obey(command) }
    while true {
      if pace == .stopping { return false }
      let isPaused = pace == .paused
      let due = origin.time + (seconds - origin.playedSeconds) / speed
      if !isPaused, due <= .now() { return true }
      for command in isPaused ? control.waitForCommands() : control.waitForCommands(until: due) {
        obey(command)
      }
    }
  }

  private func obey(_ command: TrainingCommand) {
    switch command {
    case .pause: if pace != .paused { pause() }
    case .resume: resume(at: .running)
    case .advanceOneStep: resume(at: .until(Set(positions.keys), isEvaluated: false))
    case .advanceOneEpoch: resume(at: .until(Set(positions.keys), isEvaluated: true))
    case .halt, .stop: pace = .stopping
    case .set, .fork, .observe, .examine, .measureUncertainty, .picture, .observeWeights: break
    }
  }

  private func pause() {
    pace = .paused
    publish(.paused(Paused()))
  }

  private func resume(at newPace: Pace) {
    guard pace == .paused else { return }
    pace = newPace
    origin = (.now(), playedSeconds)
    publish(.resumed(Resumed()))
  }

  /// Keeps track of the runs, and pauses once all have come as far as was asked for.
  private func follow(_ event: TrainingEvent) {
    var arrived: (run: RunID, isEvaluated: Bool)?
    switch event.kind {
    case .runStarted: positions[event.run] = event.position
    case .stepsCompleted:
      positions[event.run] = event.position
      arrived = (event.run, false)
    case .epochEvaluated:
      positions[event.run] = event.position
      arrived = (event.run, true)
    case .runEnded, .runRemoved: positions[event.run] = nil
    default: break
    }
    guard case .until(var runs, let isEvaluated) = pace else { return }
    if let arrived, arrived.isEvaluated == isEvaluated { runs.remove(arrived.run) }
    runs.formIntersection(positions.keys)
    pace = .until(runs, isEvaluated: isEvaluated)
    if runs.isEmpty { pause() }
  }

  /// Tells something of every run that is under way.
  private func publish(_ kind: TrainingEvent.Kind) {
    for position in positions.values.sorted(by: { $0.run < $1.run }) {
      events.publish(TrainingEvent(kind, at: position))
    }
  }

  private func stop() {
    publish(.runEnded(RunEnded(.stopped)))
  }
}
