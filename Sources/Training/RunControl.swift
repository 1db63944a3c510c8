internal import Dispatch
internal import Experiment
internal import Platform
internal import Synchronization

/// Carries commands to one run's loop.
final class RunControl: Sendable {
  private let commands = Guarded<[TrainingCommand]>([])
  private let arrived = DispatchSemaphore(value: 0)
  /// Spares the loop the lock on all the steps at which nothing was asked.
  private let hasCommands = Atomic<Bool>(false)

  /// Leaves a command for the next step boundary.
  func send(_ command: TrainingCommand) {
    commands.withLock { commands in
      commands.append(command)
      hasCommands.store(true, ordering: .releasing)
    }
    arrived.signal()
  }

  /// Lets the loop look whether it may go on, if it waits.
  func wake() { arrived.signal() }

  /// Takes the commands that have arrived, oldest first.
  func takeCommands() -> [TrainingCommand] {
    guard hasCommands.load(ordering: .acquiring) else { return [] }
    return commands.withLock { commands in
      let taken = commands
      commands = []
      hasCommands.store(false, ordering: .releasing)
      return taken
    }
  }

  /// Waits for commands until a time and takes them; may come back early with none.
  func waitForCommands(until deadline: DispatchTime) -> [TrainingCommand] {
    _ = arrived.wait(timeout: deadline)
    return takeCommands()
  }

  /// Waits for commands without using the processor and takes them; may come back with none.
  func waitForCommands() -> [TrainingCommand] {
    arrived.wait()
    return takeCommands()
  }
}
