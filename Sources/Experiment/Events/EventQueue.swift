internal import Dispatch
internal import Platform

/// Carries events from the training queues to one reader, without ever making training wait.
///
/// A reader that waits is woken by every event but steps, which come too often for it and can wait for the next look.
/// When the reader falls behind, neighbouring step events of a run are merged pairwise: no event is lost, the
/// figures stay exact sums, and memory stays bounded.
public final class EventQueue: Sendable {
  /// Events between two looks of a reader that keeps up.
  private static let usualCount = 256

  private let capacity: Int
  private let copy: Guarded<EventQueue?>
  private let events = Guarded<[TrainingEvent]>([])
  private let arrived: DispatchSemaphore

  /// A queue that merges step events once more than `capacity` events wait, and publishes all it gets to `copy` first.
  ///
  /// What arrives in it also wakes whoever waits for `other`.
  public init(capacity: Int = 4096, copyingTo copy: EventQueue? = nil, waking other: EventQueue? = nil) {
    self.capacity = capacity
    self.copy = Guarded(copy)
    arrived = other?.arrived ?? DispatchSemaphore(value: 0)
  }

  /// Publishes to another queue first from now on, or to none.
  public func copy(to queue: EventQueue?) { copy.withLock { $0 = queue } }

  /// Appends an event.
  public func publish(_ event: TrainingEvent) {
    copy.withLock(\.self)?.publish(event)
    events.withLock { events in
      if events.count >= capacity { events = Self.halvingSteps(of: events) }
      events.append(event)
    }
    if case .stepsCompleted = event.kind { return }
    arrived.signal()
  }

  /// Takes all waiting events, oldest first.
  public func drain() -> [TrainingEvent] {
    // Reserved by the reader, and before it locks: a step neither allocates memory nor waits for that.
    var drained: [TrainingEvent] = []
    drained.reserveCapacity(Self.usualCount)
    events.withLock { swap(&drained, &$0) }
    return drained
  }

  /// Waits until an event other than a step may have arrived; returns whether one did before `seconds` passed.
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
      guard case .stepsCompleted(let steps) = event.kind else {
        mergeable[event.run] = nil
        merged.append(event)
        continue
      }
      if let index = mergeable[event.run], case .stepsCompleted(let earlier) = merged[index].kind,
        merged[index].position.epoch == event.position.epoch
      {
        merged[index] = TrainingEvent(.stepsCompleted(earlier.merged(with: steps)), at: event.position)
        mergeable[event.run] = nil
      } else {
        mergeable[event.run] = merged.count
        merged.append(event)
      }
    }
    return merged
  }
}
