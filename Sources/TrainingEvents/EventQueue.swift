internal import Dispatch
internal import Synchronization

/// Carries events from the training queues to one reader, without ever making training wait.
///
/// When the reader falls behind, neighbouring step events of a run are merged pairwise: no event is lost, the
/// figures stay exact sums, and memory stays bounded.
public final class EventQueue: Sendable {
  private let capacity: Int
  private let events = Mutex<[TrainingEvent]>([])
  private let arrived = DispatchSemaphore(value: 0)

  /// A queue that merges step events once more than `capacity` events wait.
  public init(capacity: Int = 4096) {
    self.capacity = capacity
  }

  /// Appends an event.
  public func publish(_ event: TrainingEvent) {
    let wasEmpty = events.withLock { events in
      let wasEmpty = events.isEmpty
      if events.count >= capacity { events = Self.halvingSteps(of: events) }
      events.append(event)
      return wasEmpty
    }
    if wasEmpty { arrived.signal() }
  }

  /// Takes all waiting events, oldest first.
  public func drain() -> [TrainingEvent] {
    events.withLock { events in
      let drained = events
      events = []
      return drained
    }
  }

  /// Waits until an event may have arrived; returns whether one did before `seconds` passed.
  ///
  /// A reader drains after every wait: a wake-up can find the queue already drained.
  public func waitForEvents(seconds: Double) -> Bool {
    arrived.wait(timeout: .now() + seconds) == .success
  }

  /// The same events with every other pair of neighbouring step events of a run's epoch merged into one.
  static func halvingSteps(of events: [TrainingEvent]) -> [TrainingEvent] {
    var merged: [TrainingEvent] = []
    var mergeable: [RunID: Int] = [:]
    for event in events {
      guard case .stepsCompleted(let steps) = event else {
        mergeable[event.run] = nil
        merged.append(event)
        continue
      }
      if let index = mergeable[event.run], case .stepsCompleted(let earlier) = merged[index],
        earlier.position.epoch == steps.position.epoch
      {
        merged[index] = .stepsCompleted(earlier.merged(with: steps))
        mergeable[event.run] = nil
      } else {
        mergeable[event.run] = merged.count
        merged.append(event)
      }
    }
    return merged
  }
}
