import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The signals by which a person or the system asks the program to end.
///
/// The first one is only noted, so that the program can end in order. A later one ends it at once; one within
/// a tenth of a second counts as the same request, because `timeout` and terminals can deliver it twice.
enum Interruption {
  private static let state = State()

  private struct State: ~Copyable, Sendable {
    let signal = Atomic<Int32>(0)
    let nanoseconds = Atomic<Int64>(0)
  }

  /// The signal that asked for the end, if one did.
  static var signal: Int32? {
    let number = state.signal.load(ordering: .acquiring)
    return number == 0 ? nil : number
  }

  /// The exit status that tells of `signal`.
  static func status(of signal: Int32) -> ProgramStatus {
    ProgramStatus(rawValue: 128 + signal) ?? .interrupted
  }

  /// Catches Ctrl-C, SIGTERM and SIGHUP from now on; SIGHUP stays ignored under `nohup`.
  ///
  /// A parent that started the program from a thread of its own may have left the signals blocked.
  static func install() {
    state.signal.store(0, ordering: .releasing)
    var action = sigaction()
    var unblocked = sigset_t()
    sigemptyset(&unblocked)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      if number == SIGHUP, sigaction(number, nil, &action) == 0, isIgnored(action) { continue }
      action = sigaction()
      #if canImport(Darwin)
        action.__sigaction_u.__sa_handler = note
      #else
        action.__sigaction_handler.sa_handler = note
      #endif
      sigaction(number, &action, nil)
      sigaddset(&unblocked, number)
    }
    pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
  }

  /// The handler: it may do only what is safe at any instruction, which excludes allocation and locks.
  private static let note: @convention(c) (Int32) -> Void = { number in
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let now = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    if state.signal.compareExchange(expected: 0, desired: number, ordering: .acquiringAndReleasing).exchanged
    {
      state.nanoseconds.store(now, ordering: .releasing)
    } else if now - state.nanoseconds.load(ordering: .acquiring) > 100_000_000 {
      _exit(128 + number)
    }
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    #if canImport(Darwin)
      unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 1
    #else
      unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    #endif
  }
}
