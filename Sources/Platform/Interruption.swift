import CNcurses
import Synchronization

/// The signals by which a person or the system asks the program to end.
///
/// The first one is only noted, so that the program can end in order. A later one ends it at once; one within
/// a tenth of a second counts as the same request, because `timeout` and terminals can deliver it twice.
package enum Interruption {
  private static let state = State()

  private struct State: ~Copyable, Sendable {
    package let signal = Atomic<Int32>(0)
    package let nanoseconds = Atomic<Int64>(0)
  }

  /// The signal that asked for the end, if one did.
  package static var signal: Int32? {
    let number = state.signal.load(ordering: .acquiring)
    return number == 0 ? nil : number
  }

  /// The exit status that tells of `signal`.
  package static func status(of signal: Int32) -> ProgramStatus {
    ProgramStatus(rawValue: 128 + signal) ?? .interrupted
  }

  /// Catches Ctrl-C, SIGTERM, SIGHUP and the end of the processor time from now on, but none that was ignored at the
  /// start: SIGHUP is under `nohup`, SIGINT for what a script starts in the background.
  package static func install() {
    state.signal.store(0, ordering: .releasing)
    Signals.leaveTimeToEnd()
    for number in [SIGINT, SIGTERM, SIGHUP, SIGXCPU] { Signals.handle(number, note) }
  }

  /// Catches also SIGUSR1, by which a cluster's scheduler tells that a job's time is nearly over, and however many signals
  /// come: a scheduler sends several within moments, and ends the process itself when its patience is over.
  package static func installForJob() {
    install()
    for number in [SIGINT, SIGTERM, SIGHUP, SIGXCPU, SIGUSR1] {
      Signals.handle(number) { Interruption.request($0) }
    }
  }

  /// Asks for the end as the signal `number` would.
  package static func request(_ number: Int32) {
    _ = state.signal.compareExchange(expected: 0, desired: number, ordering: .acquiringAndReleasing)
  }

  /// The handler: it may do only what is safe at any instruction, which excludes allocation and locks.
  private static let note: Signals.Handler = { number in
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let now = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    if state.signal.compareExchange(expected: 0, desired: number, ordering: .acquiringAndReleasing).exchanged
    {
      state.nanoseconds.store(now, ordering: .releasing)
    } else if number != SIGXCPU, now - state.nanoseconds.load(ordering: .acquiring) > 100_000_000 {
      // The system tells of used up processor time every second.
      terminal_abandon()
      _exit(128 + number)
    }
  }
}
