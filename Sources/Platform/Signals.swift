/// What a process does about signals.
package enum Signals {
  /// A handler: it may do only what is safe at any instruction, which excludes allocation and locks.
  package typealias Handler = @convention(c) (Int32) -> Void

  /// Lets `handler` take the signal `number` from now on, unless whoever started the process had it ignored.
  ///
  /// A parent that started the program from a thread of its own may have left the signal blocked.
  package static func handle(_ number: Int32, _ handler: @escaping Handler) {
    guard !isIgnored(number) else { return }
    var action = sigaction()
    #if canImport(Darwin)
      action.__sigaction_u.__sa_handler = handler
    #else
      action.__sigaction_handler.sa_handler = handler
    #endif
    sigaction(number, &action, nil)
    var unblocked = sigset_t()
    sigemptyset(&unblocked)
    sigaddset(&unblocked, number)
    pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
  }

  /// Lets the signal `number` do nothing but interrupt; unlike one that is ignored, it is none for programs started later.
  package static func disarm(_ number: Int32) {
    handle(number) { _ in }
  }

  /// Lets SIGXCPU come before the limit of processor time ends the process without a word, though both were set to the same.
  package static func leaveTimeToEnd() {
    guard var limit = ResourceLimit.processorTime.current, limit.rlim_max != rlim_t.max,
      limit.rlim_cur >= limit.rlim_max
    else { return }
    // A second is hardly enough for many threads, and a tenth of a long time far more than is needed.
    let margin = min(max(limit.rlim_max / 10, 1), 10)
    guard limit.rlim_max > margin else { return }
    limit.rlim_cur = limit.rlim_max - margin
    ResourceLimit.processorTime.set(limit)
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    #if canImport(Darwin)
      return unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self) == 1
    #else
      return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    #endif
  }
}
